import { filter, firstValueFrom, map, skip, Subject, take, toArray } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cataloguePath } from '../../feed/layout.ts'
import { TestRepository } from '../../feed/tuf/testing/repository.ts'
import { keptBlobs } from '../store/blobs.ts'
import type { Edition } from '../store/edition.ts'
import type { Keeping } from '../store/keeping.ts'
import { layered } from '../store/layers.ts'
import { openLibrary } from '../store/library.ts'
import { localStorageBackend } from '../store/local-storage.ts'
import { memoryBackend } from '../store/memory.ts'
import { locationOf, publishRole, type Item } from '../store/testing/feed.ts'
import { faulty, QuotaStorage } from '../store/testing/places.ts'
import { openValues } from '../store/values.ts'
import { createSync, type Sync, type SyncOptions } from './sync.ts'
import { serveFeed, type FeedServer } from './testing/server.ts'

const roles = ['province', 'city']
const now = Date.parse('2026-03-05T12:00:00Z')

const item = (id: string, day: number): Item => ({ id, published: `2026-03-0${day}` })
const cityPacks = [[item('c9', 4)], [item('c5', 3), item('c4', 3)], [item('c1', 1)]]

let repo: TestRepository
let server: FeedServer
let keeping: Keeping
let running: Sync[]

beforeEach(async () => {
  repo = new TestRepository({ asOf: '2026-03-05T08:00:00Z' })
  publishRole(repo, 'province', [[item('p1', 2)]])
  publishRole(repo, 'city', cityPacks)
  repo.publish('targets', 'province', 'city')
  server = await serveFeed(repo.files)
  keeping = freshKeeping()
  running = []
})

afterEach(async () => {
  running.forEach((sync) => sync.stop())
  await server.close()
})

/** The whole of a box's storage; keep it over a `box` to restart that box. */
const freshKeeping = () =>
  layered([faulty(memoryBackend(Infinity), 'indexeddb'), memoryBackend()], () => undefined)

const settings = (...bases: string[]): SyncOptions['settings'] => ({
  feed: { bases },
  sync: {
    periodMinutes: 240,
    bootSpreadMinutes: 30,
    retryFirstSeconds: 3000,
    retryMostMinutes: 60,
    pauseAfterKeyMilliseconds: 30,
    requestTimeoutSeconds: 5,
  },
})

/** A box that has just been switched on. */
async function box(more: Partial<SyncOptions> = {}) {
  const tuf = { trustedRoot: repo.trustedRoot }
  const values = await openValues(keeping)
  const library = await openLibrary({ keeping, ...tuf })
  const sync = createSync({
    settings: settings(server.base),
    ...{ tuf, library, keeping, values },
    roles: () => roles,
    page: server.base,
    builtAt: '2026-01-01T00:00:00Z',
    now: () => now,
    random: () => 0.5,
    ...more,
  })
  running.push(sync)
  const status = () => firstValueFrom(sync.status$)
  /** Checks now, and returns the status once the check has ended. */
  const checked = async () => {
    const ended = firstValueFrom(
      sync.status$.pipe(
        skip(1),
        filter(({ phase }) => phase === 'idle'),
      ),
    )
    sync.start()
    sync.checkNow()
    return ended
  }
  return { library, sync, values, status, checked }
}

const ids = (edition: Edition | null) => edition?.entries.map((entry) => entry.id)
const metadataOnly = (request: string) => request.indexOf('metadata/') === 0
const targetsAsked = () => server.requests.filter((request) => !metadataOnly(request)).length

/** Changes one byte of a served file. */
function corrupt(path: string) {
  const bytes = repo.files.get(path)
  if (!bytes) throw new Error(`not served: ${path}`)
  const at = Math.floor(bytes.length / 2)
  repo.files.set(path, bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)))
}

/** The next edition: the newest pack changed, two stay. */
function publishNext(asOf = '2026-03-05T11:00:00Z') {
  repo.asOf = asOf
  publishRole(repo, 'city', [[item('c10', 5), item('c9', 4)], ...cityPacks.slice(1)])
  repo.publish('city')
}

describe('an empty box', () => {
  it('shows the lists first, then fetches the packs, newest first, and reads on without network', async () => {
    const { library, sync, checked } = await box()
    const states: (string | undefined)[] = []
    const editions = firstValueFrom(sync.edition$.pipe(take(2), toArray()))
    sync.edition$.subscribe(() => states.push(library.shown?.state))
    const status = await checked()
    expect((await editions).map(ids)).toEqual([undefined, ['c9', 'c5', 'c4', 'p1', 'c1']])
    expect(states).toEqual([undefined, 'arriving'])
    expect(status).toEqual({
      phase: 'idle',
      done: 0,
      total: 0,
      reachable: true,
      lastSuccess: '2026-03-05T12:00:00.000Z',
      problem: null,
    })
    const packs = server.requests.filter((request) => request.indexOf('base-') >= 0)
    expect(packs[0]).toContain('base-e1-00')

    await server.close()
    const { library: again } = await box()
    expect(again.shown?.state).toBe('whole')
    expect(ids(again.edition)).toEqual(['c9', 'c5', 'c4', 'p1', 'c1'])
    expect((await again.open('c1')).id).toBe('c1')
  })

  it('starts at once by itself, and tells how far it is', async () => {
    const { sync } = await box()
    const seen: string[] = []
    sync.status$.subscribe(({ phase, done, total }) => seen.push(`${phase} ${total > 0 ? done / total : ''}`))
    sync.start()
    await firstValueFrom(sync.status$.pipe(filter(({ lastSuccess }) => lastSuccess !== null)))
    expect(seen.slice(0, 3)).toEqual(['idle ', 'checking ', 'fetching 0'])
    expect(seen).toContain('fetching 1')
    expect(seen[seen.length - 1]).toBe('idle ')
  })

  it('goes on with the packs that are missing after a restart in the middle', async () => {
    const late = locationOf(repo, 'city', 'city/base-e1-02.json.gz')
    server.intercept = (path, _, res) => path === late && res.writeHead(500).end() !== undefined
    const first = await box()
    expect(await first.checked()).toMatchObject({ problem: 'unreachable', lastSuccess: null })
    expect(first.library.shown?.state).toBe('arriving')
    first.sync.stop()

    server.intercept = null
    server.requests.length = 0
    const second = await box()
    expect(ids(second.library.edition)).toHaveLength(5)
    second.sync.start()
    await firstValueFrom(second.sync.status$.pipe(filter(({ lastSuccess }) => lastSuccess !== null)))
    expect(second.library.shown?.state).toBe('whole')
    expect(server.requests).toEqual(['metadata/timestamp.json 304', `${late} 200`])
  })

  it('fetches the pack of a record that somebody opens, ahead of the others', async () => {
    const wanted = locationOf(repo, 'city', 'city/base-e1-02.json.gz')
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    server.intercept = (path, _, res) => {
      if (path.indexOf('base-') < 0 || path === wanted) return false
      void held.then(() => res.end(repo.files.get(path)))
      return true
    }
    const { library, sync } = await box()
    sync.start()
    await firstValueFrom(sync.edition$.pipe(filter((edition) => edition !== null)))
    expect((await library.open('c1')).id).toBe('c1')
    expect(await firstValueFrom(sync.status$)).toMatchObject({ phase: 'fetching' })
    release()
    await firstValueFrom(sync.status$.pipe(filter(({ lastSuccess }) => lastSuccess !== null)))
    expect(server.requests.filter((request) => request.indexOf(wanted) === 0)).toHaveLength(1)
  })

  it('waits while keys are pressed', async () => {
    const keys = new Subject<void>()
    const { sync } = await box({ keys$: keys })
    const pressing = setInterval(() => keys.next(), 5)
    keys.next()
    sync.start()
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(targetsAsked()).toBe(0)
    clearInterval(pressing)
    await firstValueFrom(sync.status$.pipe(filter(({ lastSuccess }) => lastSuccess !== null)))
    expect(targetsAsked()).toBeGreaterThan(0)
  })
})

describe('a box that has an edition', () => {
  beforeEach(async () => {
    const { sync, checked } = await box()
    await checked()
    sync.stop()
    server.requests.length = 0
    server.sent = 0
  })

  it('asks once, and gets no byte, when there is nothing new', async () => {
    const { checked } = await box()
    expect(await checked()).toMatchObject({ problem: null, reachable: true })
    expect(server.requests).toEqual(['metadata/timestamp.json 304'])
    expect(server.sent).toBe(0)
  })

  it('fetches only what changed, and switches when everything is here', async () => {
    publishNext()
    const last = locationOf(repo, 'city', 'city/base-e1-00.json.gz')
    let release: () => void = () => undefined
    const asked = new Promise<void>((resolve) => {
      server.intercept = (path, _, res) => {
        if (path !== last) return false
        release = () => res.end(repo.files.get(last))
        resolve()
        return true
      }
    })
    const { library, sync, checked } = await box()
    const before = library.edition
    const done = checked()
    await asked
    expect(library.edition).toBe(before)
    expect((await library.open('c9')).id).toBe('c9')
    release()
    expect(await done).toMatchObject({ problem: null })
    expect(ids(library.edition)?.[0]).toBe('c10')
    expect(await firstValueFrom(sync.edition$)).toBe(library.edition)
    expect(targetsAsked()).toBe(2)
    // What only the old edition named is gone.
    expect((await keptBlobs(keeping)).size).toBe(6)
  })

  it('shows a new time when only that was signed anew', async () => {
    repo.asOf = '2026-03-05T11:30:00Z'
    repo.publish()
    const { library, checked } = await box()
    await checked()
    expect(library.edition?.asOf).toBe('2026-03-05T11:30:00Z')
    expect(targetsAsked()).toBe(0)
    expect((await box()).library.edition?.asOf).toBe('2026-03-05T11:30:00Z')
  })

  const nextFiles: readonly [string, () => string][] = [
    ['timestamp', () => 'metadata/timestamp.json'],
    ['snapshot', () => `metadata/${repo.fileName('snapshot')}`],
    ['a role', () => `metadata/${repo.fileName('city')}`],
    ['a catalogue', () => locationOf(repo, 'city', cataloguePath('city'))],
    ['a pack', () => locationOf(repo, 'city', 'city/base-e1-00.json.gz')],
  ]
  it.each(nextFiles)('keeps it, and says so, when one byte of %s was changed on the way', async (_, path) => {
    publishNext()
    const sound = new Map(repo.files)
    corrupt(path())
    const { library, sync, checked } = await box()
    const before = library.edition
    expect(await checked()).toMatchObject({ problem: 'refused', reachable: true })
    expect(library.edition).toBe(before)
    expect((await library.open('c9')).id).toBe('c9')
    expect(sync.events.map((event) => event.what)).toContain('refused')
    sync.stop()

    const restarted = await box()
    expect(restarted.library.edition).toEqual(before)
    sound.forEach((bytes, name) => repo.files.set(name, bytes))
    expect(await restarted.checked()).toMatchObject({ problem: null })
    expect(ids(restarted.library.edition)?.[0]).toBe('c10')
  })

  it.each(nextFiles)('is not held up by a cache on the way that has a broken copy of %s', async (_, path) => {
    publishNext()
    const broken = path()
    server.intercept = (asked, req, res) => {
      if (asked !== broken) return false
      // It keeps what it was asked for while the line was bad, under each name.
      const name = req.url ?? ''
      if (bad) cached.add(name)
      const bytes = repo.files.get(asked) ?? new Uint8Array(0)
      res.end(bytes.map((byte, i) => (i === 40 && cached.has(name) ? byte ^ 1 : byte)))
      return true
    }
    const cached = new Set<string>()
    let bad = true
    const { library, checked } = await box()
    expect(await checked()).toMatchObject({ problem: 'refused' })
    expect(cached.size).toBe(2)
    bad = false
    expect(await checked()).toMatchObject({ problem: null })
    expect(ids(library.edition)?.[0]).toBe('c10')
    expect(server.requests).toContain(`${broken}? 200`)
  })

  it.each(nextFiles.slice(1))('keeps it when %s is not to be had', async (_, path) => {
    publishNext()
    repo.files.delete(path())
    const { library, checked } = await box()
    expect(await checked()).toMatchObject({ problem: 'unreachable', reachable: false })
    expect(library.edition?.byId.has('c10')).toBe(false)
  })

  it('does not fetch again what an interrupted sync has brought', async () => {
    publishRole(repo, 'city', [[item('d1', 5)], [item('d2', 5)], [item('d3', 5)], [item('d4', 5)]], 'e2')
    repo.publish('city')
    const broken = locationOf(repo, 'city', 'city/base-e2-03.json.gz')
    server.intercept = (path, _, res) => path === broken && res.writeHead(404).end() !== undefined
    const first = await box()
    await first.checked()
    first.sync.stop()
    server.intercept = null
    server.requests.length = 0
    const second = await box()
    await second.checked()
    expect(server.requests.filter((request) => !metadataOnly(request))).toEqual([`${broken} 200`])
    expect(ids(second.library.edition)).toContain('d4')
  })

  it('cannot be led back behind what it has seen, not even by a sync that failed', async () => {
    const old = new Map(repo.files)
    publishNext()
    const pack = locationOf(repo, 'city', 'city/base-e1-00.json.gz')
    repo.files.delete(pack)
    const first = await box()
    expect(await first.checked()).toMatchObject({ problem: 'unreachable' })
    first.sync.stop()
    repo.files.set('metadata/timestamp.json', old.get('metadata/timestamp.json')!)
    const second = await box()
    expect(await second.checked()).toMatchObject({ problem: 'refused' })
    expect(second.sync.events.map((event) => event.reason).join()).toContain('timestamp')
  })

  it('says that the feed is expired, and shows what it has', async () => {
    const { library, checked } = await box({ now: () => Date.parse('2031-01-01T00:00:00Z') })
    expect(await checked()).toMatchObject({ problem: 'expired', reachable: true })
    expect(ids(library.edition)).toHaveLength(5)
  })

  it('does not believe a clock that runs far ahead', async () => {
    const { checked } = await box({ now: () => Date.parse('2099-01-01T00:00:00Z') })
    expect(await checked()).toMatchObject({ problem: null })
  })

  it('says that the feed cannot be reached', async () => {
    await server.close()
    const { library, checked } = await box()
    const status = await checked()
    expect(status).toMatchObject({ problem: 'unreachable', reachable: false, lastSuccess: '2026-03-05T12:00:00.000Z' })
    expect(ids(library.edition)).toHaveLength(5)
  })

  it('turns to the next address when one fails, or lies', async () => {
    publishNext()
    const liar = await serveFeed(new Map(repo.files).set('metadata/timestamp.json', new Uint8Array(100)))
    const { library, checked } = await box({ settings: settings('http://127.0.0.1:9/', liar.base, server.base) })
    expect(await checked()).toMatchObject({ problem: null })
    expect(ids(library.edition)?.[0]).toBe('c10')
    expect(liar.requests).not.toEqual([])
    await liar.close()
  })

  it('follows the district that the household chooses, and shows the old one until the new one is here', async () => {
    publishRole(repo, 'district-450105', [[item('d1', 5)]])
    repo.publish('targets', 'district-450105')
    let following = roles
    const { library, checked } = await box({ roles: () => following })
    await checked()
    following = [...roles, 'district-450105']
    expect(library.edition?.byId.has('d1')).toBe(false)
    expect(await checked()).toMatchObject({ problem: null })
    expect(ids(library.edition)).toEqual(['d1', 'c9', 'c5', 'c4', 'p1', 'c1'])
    following = roles
    await checked()
    expect(library.edition?.byId.has('d1')).toBe(false)
  })

  it('checks again after a check in the middle of which it was asked to', async () => {
    const { sync } = await box()
    const phases = firstValueFrom(
      sync.status$.pipe(
        map(({ phase }) => phase),
        take(5),
        toArray(),
      ),
    )
    sync.start()
    sync.checkNow()
    await firstValueFrom(sync.status$.pipe(filter(({ phase }) => phase === 'checking')))
    sync.checkNow()
    sync.checkNow()
    expect(await phases).toEqual(['idle', 'checking', 'idle', 'checking', 'idle'])
    expect(server.requests).toEqual(['metadata/timestamp.json 304', 'metadata/timestamp.json 304'])
  })

  it('replaces what was changed in its own storage, and does not delete it before', async () => {
    const [current] = (await keeping.getEverywhere('current')) as { files: [string, Uint8Array][] }[]
    const city = current?.files.find(([name]) => name === 'city.json')
    if (city) city[1] = city[1].map((byte, i) => (i === 200 ? byte ^ 1 : byte))
    await keeping.setEverywhere([['current', current]])
    server.intercept = (_path, _req, res) => res.writeHead(503, { 'Retry-After': '7' }).end() !== undefined

    const offline = await box()
    expect(offline.library.edition).toBeNull()
    expect(await offline.status()).toMatchObject({ problem: 'refused' })
    await offline.checked()
    offline.sync.stop()
    expect(await keeping.getEverywhere('current')).toHaveLength(1)

    server.intercept = null
    server.requests.length = 0
    const online = await box()
    expect(await online.checked()).toMatchObject({ problem: null })
    expect(ids(online.library.edition)).toHaveLength(5)
    // The packs are still good.
    expect(targetsAsked()).toBe(0)
  })

  it('fetches a pack anew that was damaged, although nothing is new', async () => {
    const { library, checked } = await box()
    const target = library.shown?.trusted.target('city/base-e1-02.json.gz')
    await keeping.setMany([[`blob:${target?.sha256}`, new Uint8Array(5)]])
    expect(await library.open('c1').catch((error: Error) => error.message)).toMatchObject({ id: 'c1' })
    expect(targetsAsked()).toBe(1)
    expect(await checked()).toMatchObject({ problem: null })
  })
})

describe('a box without room', () => {
  /** Eight packs of 4.4 KB each. */
  const big = (epoch: string) =>
    Array.from({ length: 8 }, (_, n) => [
      { id: `${epoch}-${n}`, published: '2026-03-05', text: randomText(n + (epoch === 'a' ? 0 : 100)) },
    ])
  /** Text that gzip cannot make small. */
  const randomText = (seed: number): string => {
    let state = seed * 7919 + 1
    let text = ''
    for (let i = 0; i < 2000; i++) {
      state = (state * 1103515245 + 12345) % 2147483648
      text += String.fromCharCode(0x4e00 + (Math.floor(state / 65536) % 8000))
    }
    return text
  }

  beforeEach(() => {
    publishRole(repo, 'city', big('a'), 'a')
    cityPacks.forEach((_, n) => repo.removeTarget('city', `city/base-e1-0${n}.json.gz`))
    repo.publish('city')
  })

  const publishRebased = () => {
    publishRole(repo, 'city', big('b'), 'b')
    big('a').forEach((_, n) => repo.removeTarget('city', `city/base-a-0${n}.json.gz`))
    repo.publish('city')
  }

  it('shows the lists, keeps what fits, fetches the rest when it is opened, and says so', async () => {
    const storage = new QuotaStorage()
    const places = () => layered([localStorageBackend(storage, 60_000, 20_000), memoryBackend(10_000)], () => undefined)
    keeping = places()
    const { library, checked, sync } = await box()
    expect(await checked()).toMatchObject({ problem: 'storage', reachable: true })
    expect(library.shown?.state).toBe('no-room')
    for (let n = 0; n < 8; n++) expect((await library.open(`a-${n}`)).id).toBe(`a-${n}`)
    sync.stop()

    keeping = places()
    server.requests.length = 0
    const second = await box()
    expect(ids(second.library.edition)).toHaveLength(9)
    expect((await second.library.open('a-0')).id).toBe('a-0')
    expect(server.requests).toEqual([])
    const kept = (await keptBlobs(keeping)).size
    expect(kept).toBeGreaterThan(4)
    expect(kept).toBeLessThan(11)
    // Whether there is more room now is tried once in a session.
    expect(await second.checked()).toMatchObject({ problem: 'storage' })
    server.requests.length = 0
    expect(await second.checked()).toMatchObject({ problem: 'storage' })
    expect(server.requests).toEqual(['metadata/timestamp.json 304'])

    publishRebased()
    expect(await second.checked()).toMatchObject({ problem: 'storage' })
    expect(second.library.edition?.byId.has('b-0')).toBe(true)
    expect((await second.library.open('b-7')).id).toBe('b-7')
  })

  it('moves to the next edition also where two have no room side by side', async () => {
    const best = memoryBackend(60_000)
    keeping = layered([faulty(best, 'indexeddb'), memoryBackend(1000)], () => undefined)
    const { library, sync, checked } = await box()
    expect(await checked()).toMatchObject({ problem: null })
    expect(library.shown?.state).toBe('whole')
    publishRebased()
    const states: string[] = []
    sync.edition$.subscribe(() => states.push(library.shown?.state ?? ''))
    expect(await checked()).toMatchObject({ problem: null })
    expect(states).toEqual(['whole', 'arriving'])
    expect(library.shown?.state).toBe('whole')
    await server.close()
    expect((await library.open('b-7')).id).toBe('b-7')
  })

  it('does not fetch everything again when the place that has it is only away', async () => {
    const best = faulty(memoryBackend(Infinity), 'indexeddb')
    keeping = layered([best, localStorageBackend(new QuotaStorage()), memoryBackend()], () => undefined)
    const { library, checked } = await box()
    await checked()
    server.requests.length = 0
    best.fail('lost')
    expect(await checked()).toMatchObject({ problem: 'storage' })
    expect(targetsAsked()).toBe(0)
    expect(ids(library.edition)).toHaveLength(9)
    best.fail(null)
    expect(await checked()).toMatchObject({ problem: null })
    expect(targetsAsked()).toBe(0)
  })
})
