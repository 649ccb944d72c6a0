import { beforeEach, describe, expect, it } from 'vitest'
import { cataloguePath } from '../../feed/layout.ts'
import { verifyKept, type TrustedMetadata } from '../../feed/tuf/index.ts'
import { TestRepository } from '../../feed/tuf/testing/repository.ts'
import { dropBlobs, keepBlobs, keepVitalBlobs, keptBlobs } from './blobs.ts'
import type { EditionState } from './current.ts'
import { collectGarbage } from './gc.ts'
import type { Keeping } from './keeping.ts'
import { layered } from './layers.ts'
import { openLibrary, type LibraryReport } from './library.ts'
import { localStorageBackend } from './local-storage.ts'
import { memoryBackend } from './memory.ts'
import { publishRole } from './testing/feed.ts'
import { faulty, QuotaStorage, type FaultyBackend } from './testing/places.ts'

const roles = ['province', 'city', 'district-450103']
const [day1, day2, day3] = ['2026-03-01', '2026-03-02', '2026-03-03']

let repo: TestRepository
let best: FaultyBackend
let storage: QuotaStorage
let keeping: Keeping
let reports: LibraryReport[]

beforeEach(() => {
  repo = new TestRepository({ asOf: '2026-03-05T08:00:00Z' })
  publishRole(repo, 'province', [[{ id: 'p1', published: day2 }]])
  publishRole(repo, 'city', [
    [
      { id: 'c3', published: day3 },
      { id: 'c2', published: day2 },
    ],
    [{ id: 'c1', published: day1 }],
  ])
  repo.addTarget('city', 'city/images/map.png', new Uint8Array([1, 2, 3]))
  repo.publish('targets', 'province', 'city')
  best = faulty(memoryBackend(Infinity), 'indexeddb')
  storage = new QuotaStorage()
  keeping = layered([best, localStorageBackend(storage), memoryBackend()], () => undefined)
  reports = []
})

const open = (from = keeping) =>
  openLibrary({ keeping: from, trustedRoot: repo.trustedRoot, onReport: (report) => reports.push(report) })

/** What the repository publishes now; verifying takes its time, so only once for each edition. */
const trustedNow = () => {
  if (verified?.timestamp !== repo.metadata('timestamp')) {
    const kept = repo.keptFiles('province', 'city')
    const trusted = verifyKept({ trustedRoot: repo.trustedRoot, kept, roles })
    verified = { timestamp: repo.metadata('timestamp'), trusted }
  }
  return verified.trusted
}
let verified: { timestamp: Uint8Array; trusted: TrustedMetadata } | undefined

const bytesAt = (path: string): Uint8Array => {
  const target = trustedNow().target(path)
  const slash = path.lastIndexOf('/') + 1
  return repo.files.get(`targets/${path.slice(0, slash)}${target?.sha256}.${path.slice(slash)}`)!
}
const blobAt = (path: string) => ({ sha256: trustedNow().target(path)!.sha256, bytes: bytesAt(path) })

/** What a sync does, without the network. */
async function keepEdition(state: EditionState = 'whole', paths?: readonly string[]) {
  const trusted = trustedNow()
  const all = roles.flatMap((role) => trusted.targetsOf(role)).map((target) => target.path)
  const lists = roles.map(cataloguePath).filter((path) => trusted.target(path))
  await keepVitalBlobs(keeping, lists.map(blobAt))
  await keepBlobs(keeping, (paths ?? all).map(blobAt))
  const library = await open()
  await library.switchTo(await library.prepare(trusted, roles), state)
  return library
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { failure?: string }) => error.failure,
  )

describe('an edition', () => {
  it('is the entries of all followed roles, newest first, and opens after a restart without network', async () => {
    await keepEdition()
    const library = await open()
    const { edition } = library
    expect(edition?.entries.map((entry) => entry.id)).toEqual(['c3', 'p1', 'c2', 'c1'])
    expect(edition?.asOf).toBe('2026-03-05T08:00:00Z')
    expect(edition?.version).toBe(trustedNow().versions.get('snapshot'))
    expect(edition?.byId.get('c1')?.title).toBe('第c1号')
    expect([...(edition?.units.keys() ?? [])]).toEqual(['province-office', 'city-office'])
    expect(await library.open('c1')).toMatchObject({ id: 'c1', body: [{ type: 'paragraph', text: ['city c1'] }] })
    expect(await library.open('p1')).toMatchObject({ id: 'p1' })
    expect(await library.image('city/images/map.png')).toEqual(new Uint8Array([1, 2, 3]))
    expect(library.trouble).toBeNull()
  })

  it('gives the wider role the word where two use one id', async () => {
    publishRole(repo, 'district-450103', [[{ id: 'c1', published: day3, title: '冒名' }]])
    repo.publish('targets', 'district-450103')
    const trusted = verifyKept({ trustedRoot: repo.trustedRoot, kept: repo.keptFiles(...roles), roles })
    await keepVitalBlobs(
      keeping,
      roles.map((role) => {
        const target = trusted.target(cataloguePath(role))!
        return { sha256: target.sha256, bytes: repo.files.get(`targets/${role}/${target.sha256}.catalog.json.gz`)! }
      }),
    )
    const prepared = await (await open()).prepare(trusted, roles)
    expect(prepared.edition.byId.get('c1')?.title).toBe('第c1号')
    expect(prepared.edition.entries).toHaveLength(4)
  })

  it('takes a new time for the same lists without reading them again', async () => {
    const library = await keepEdition()
    const before = library.edition
    repo.asOf = '2026-03-06T08:00:00Z'
    repo.publish()
    const prepared = await library.prepare(trustedNow(), roles)
    expect(prepared.edition.asOf).toBe('2026-03-06T08:00:00Z')
    expect(prepared.edition.entries).toBe(before?.entries)
  })

  it('is not switched to without all of its lists', async () => {
    const library = await keepEdition()
    const before = library.edition
    publishRole(repo, 'city', [[{ id: 'new', published: day3 }]], 'e2')
    repo.publish('city')
    await expect(library.prepare(trustedNow(), roles)).rejects.toThrow('city/catalog.json.gz')
    expect(library.edition).toBe(before)
  })
})

describe('opening', () => {
  it('says what is not in the edition', async () => {
    const library = await keepEdition()
    expect(await failure(library.open('nothing'))).toBe('unknown')
    expect(await failure(library.image('city/images/none.png'))).toBe('unknown')
    expect(await failure((await openLibrary({ keeping: emptyKeeping(), trustedRoot: repo.trustedRoot })).open('c1'))).toBe(
      'unknown',
    )
  })

  it('asks for a pack that has not come yet, once for all who wait', async () => {
    const library = await keepEdition('arriving', [])
    expect(await failure(library.open('c1'))).toBe('not-here-yet')
    const asked: string[] = []
    library.fetchWith(async (target) => {
      asked.push(target.path)
      return bytesAt(target.path)
    })
    const [c2, c3] = await Promise.all([library.open('c2'), library.open('c3')])
    expect([c2.id, c3.id]).toEqual(['c2', 'c3'])
    expect(asked).toEqual(['city/base-e1-00.json.gz'])
  })

  it('throws a damaged pack away, and fetches it anew where that is possible', async () => {
    const library = await keepEdition()
    const { sha256 } = blobAt('city/base-e1-01.json.gz')
    const damage = () => keepBlobs(keeping, [{ sha256, bytes: bytesAt('city/base-e1-01.json.gz').map((b, i) => (i === 9 ? b ^ 1 : b)) }])
    await damage()
    expect(await failure(library.open('c1'))).toBe('damaged')
    expect((await keptBlobs(keeping)).has(sha256)).toBe(false)
    expect(reports.map((report) => report.what)).toEqual(['damaged'])
    await damage()
    library.fetchWith(async (target) => bytesAt(target.path))
    expect((await library.open('c1')).id).toBe('c1')
  })

  it('uses the sound one of two copies', async () => {
    const library = await keepEdition()
    const blob = blobAt('city/base-e1-01.json.gz')
    await localStorageBackend(storage).setMany([[`blob:${blob.sha256}`, blob.bytes]], true)
    await best.setMany([[`blob:${blob.sha256}`, new Uint8Array(3)]], true)
    expect((await library.open('c1')).id).toBe('c1')
  })

  it('does not open what is signed but cannot be read', async () => {
    repo.addGzipTarget('city', 'city/base-e1-01.json.gz', '{"format":2,"records":[]}')
    repo.publish('city')
    const library = await keepEdition()
    expect(await failure(library.open('c1'))).toBe('unreadable')
    expect((await library.open('c2')).id).toBe('c2')
  })

  it('fetches what a broken place does not give, and does not call it damaged', async () => {
    const library = await keepEdition()
    best.fail('lost')
    expect(await failure(library.open('c1'))).toBe('not-here-yet')
    library.fetchWith(async (target) => bytesAt(target.path))
    expect((await library.open('c1')).id).toBe('c1')
  })
})

const emptyKeeping = () => layered([memoryBackend()], () => undefined)

describe('the kept edition at the next start', () => {
  /** Changes what is kept as current in every place. */
  async function tamper(change: (current: { files: [string, Uint8Array][] }) => void) {
    const [current] = (await keeping.getEverywhere('current')) as { files: [string, Uint8Array][] }[]
    change(current!)
    await keeping.setEverywhere([['current', current]])
  }

  it.each(['timestamp.json', 'snapshot.json', 'targets.json', 'city.json'])(
    'is refused, but not deleted, when one byte of %s was changed',
    async (name) => {
      await keepEdition()
      await tamper(({ files }) => {
        const file = files.find(([n]) => n === name)!
        file[1] = file[1].map((byte, i) => (i === file[1].length - 30 ? byte ^ 1 : byte))
      })
      const library = await open()
      expect(library.edition).toBeNull()
      expect(library.trouble).toBe('refused')
      expect(reports[0]?.what).toBe('refused')
      expect(await keeping.getEverywhere('current')).toHaveLength(2)
      expect((await keptBlobs(keeping)).size).toBe(6)
    },
  )

  it('is refused when another root signed it', async () => {
    await keepEdition()
    const stranger = new TestRepository()
    stranger.rotate('timestamp')
    stranger.publish('root')
    const library = await openLibrary({ keeping, trustedRoot: stranger.files.get('metadata/2.root.json')! })
    expect(library.edition).toBeNull()
    expect(library.trouble).toBe('refused')
  })

  it('is refused when it is not what it should be', async () => {
    await keeping.setEverywhere([['current', { generation: 'x' }]])
    expect(await open()).toMatchObject({ edition: null, trouble: 'refused' })
  })

  it('shows the lists that are left when one was lost, and asks for the rest', async () => {
    await keepEdition()
    await dropBlobs(keeping, [blobAt(cataloguePath('city')).sha256])
    const library = await open()
    expect(library.edition?.entries.map((entry) => entry.id)).toEqual(['p1'])
    expect(library.shown?.state).toBe('arriving')
  })

  it('comes from the copy when the best place is broken: never an empty home', async () => {
    await keepEdition()
    best.fail('lost')
    const library = await open()
    expect(library.edition?.entries).toHaveLength(4)
    expect(library.trouble).toBeNull()
  })

  it('is not taken for an empty box when no place can be read', async () => {
    await keepEdition()
    storage.clear()
    best.fail('lost')
    expect(await open()).toMatchObject({ edition: null, trouble: 'storage' })
  })

  it('is the newer one where two places differ, or the older where the newer has nothing to show', async () => {
    await keepEdition()
    const old = await best.getMany(['current'])
    publishRole(repo, 'city', [[{ id: 'new', published: day3 }]], 'e2')
    repo.publish('city')
    await keepEdition()
    await best.setMany([['current', old[0]]], true)
    expect((await open()).edition?.byId.has('new')).toBe(true)
    // The power went before the newer edition's lists reached the flash memory.
    await dropBlobs(keeping, [blobAt(cataloguePath('city')).sha256])
    expect((await open()).edition?.byId.has('c1')).toBe(true)
  })
})

describe('garbage collection', () => {
  it('deletes what no target of the edition names, in every place', async () => {
    await keepEdition()
    await keepBlobs(keeping, [{ sha256: 'ab', bytes: new Uint8Array(1) }])
    await localStorageBackend(storage).setMany([['blob:cd', new Uint8Array(1)]], true)
    const needed = new Set(roles.flatMap((role) => trustedNow().targetsOf(role)).map((target) => target.sha256))
    expect(await collectGarbage(keeping, needed)).toBe(2)
    expect([...(await keptBlobs(keeping))].sort()).toEqual([...needed].sort())
    expect((await open()).edition?.entries).toHaveLength(4)
  })
})
