import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cataloguePath } from '../../feed/layout.ts'
import { locationOf } from '../store/testing/feed.ts'
import { ids, openBench, type Bench } from './testing/bench.ts'

let bench: Bench

beforeEach(async () => {
  bench = await openBench()
  await bench.firstSync()
})

afterEach(() => bench.close())

/** Changes one byte of a served file. */
function corrupt(path: string): void {
  const bytes = bench.repo.files.get(path)
  if (!bytes) throw new Error(`not served: ${path}`)
  const at = Math.floor(bytes.length / 2)
  bench.repo.files.set(path, bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)))
}

/** The files that only the next edition has, or has anew. */
const nextFiles: readonly [string, () => string][] = [
  ['timestamp', () => 'metadata/timestamp.json'],
  ['snapshot', () => `metadata/${bench.repo.fileName('snapshot')}`],
  ['a role', () => `metadata/${bench.repo.fileName('city')}`],
  ['a catalogue', () => locationOf(bench.repo, 'city', cataloguePath('city'))],
  ['a pack', () => locationOf(bench.repo, 'city', 'city/base-e1-00.json.gz')],
]

describe('a box that has an edition', () => {
  it.each(nextFiles)('keeps it, and says so, when one byte of %s was changed on the way', async (_, path) => {
    bench.publishNext()
    const sound = new Map(bench.repo.files)
    corrupt(path())
    const { library, sync, checked } = await bench.box()
    const before = library.edition
    expect(await checked()).toMatchObject({ problem: 'refused', reachable: true })
    expect(library.edition).toBe(before)
    expect((await library.open('c9')).id).toBe('c9')
    expect(sync.events.map((event) => event.what)).toContain('refused')
    sync.stop()

    const restarted = await bench.box()
    expect(restarted.library.edition).toEqual(before)
    sound.forEach((bytes, name) => bench.repo.files.set(name, bytes))
    expect(await restarted.checked()).toMatchObject({ problem: null })
    expect(ids(restarted.library.edition)?.[0]).toBe('c10')
  })

  it.each(nextFiles)('is not held up by a cache on the way that has a broken copy of %s', async (_, path) => {
    bench.publishNext()
    const broken = path()
    bench.server.intercept = (asked, req, res) => {
      if (asked !== broken) return false
      // It keeps what it was asked for while the line was bad, under each name.
      const name = req.url ?? ''
      if (bad) cached.add(name)
      const bytes = bench.repo.files.get(asked) ?? new Uint8Array(0)
      res.end(bytes.map((byte, i) => (i === 40 && cached.has(name) ? byte ^ 1 : byte)))
      return true
    }
    const cached = new Set<string>()
    let bad = true
    const { library, checked } = await bench.box()
    expect(await checked()).toMatchObject({ problem: 'refused' })
    expect(cached.size).toBe(2)
    bad = false
    expect(await checked()).toMatchObject({ problem: null })
    expect(ids(library.edition)?.[0]).toBe('c10')
    expect(bench.server.requests).toContain(`${broken}? 200`)
  })

  it.each(nextFiles.slice(1))('keeps it when %s is not to be had', async (_, path) => {
    bench.publishNext()
    bench.repo.files.delete(path())
    const { library, checked } = await bench.box()
    expect(await checked()).toMatchObject({ problem: 'unreachable', reachable: false })
    expect(library.edition?.byId.has('c10')).toBe(false)
  })

  it('cannot be led back behind what it has seen, not even by a sync that failed', async () => {
    const old = new Map(bench.repo.files)
    bench.publishNext()
    const pack = locationOf(bench.repo, 'city', 'city/base-e1-00.json.gz')
    bench.repo.files.delete(pack)
    const first = await bench.box()
    expect(await first.checked()).toMatchObject({ problem: 'unreachable' })
    first.sync.stop()
    bench.repo.files.set('metadata/timestamp.json', old.get('metadata/timestamp.json')!)
    const second = await bench.box()
    expect(await second.checked()).toMatchObject({ problem: 'refused' })
    expect(second.sync.events.map((event) => event.reason).join()).toContain('timestamp')
  })

  it('says that the feed is expired, and shows what it has', async () => {
    const { library, checked } = await bench.box({ now: () => Date.parse('2031-01-01T00:00:00Z') })
    expect(await checked()).toMatchObject({ problem: 'expired', reachable: true })
    expect(ids(library.edition)).toHaveLength(5)
  })

  it('does not believe a clock that runs far ahead', async () => {
    const { checked } = await bench.box({ now: () => Date.parse('2099-01-01T00:00:00Z') })
    expect(await checked()).toMatchObject({ problem: null })
  })

  it('says that the feed cannot be reached', async () => {
    await bench.server.close()
    const { library, checked } = await bench.box()
    const status = await checked()
    expect(status).toMatchObject({ problem: 'unreachable', reachable: false, lastSuccess: '2026-03-05T12:00:00.000Z' })
    expect(ids(library.edition)).toHaveLength(5)
  })
})
