import { firstValueFrom } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cataloguePath } from '../../feed/layout.ts'
import { keptBlobs } from '../store/blobs.ts'
import { layered } from '../store/layers.ts'
import { localStorageBackend } from '../store/local-storage.ts'
import { memoryBackend } from '../store/memory.ts'
import { publishRole } from '../store/testing/feed.ts'
import { faulty, QuotaStorage } from '../store/testing/places.ts'
import { cityPacks, ids, openBench, type Bench } from './testing/bench.ts'

let bench: Bench

beforeEach(async () => {
  bench = await openBench()
})

afterEach(() => bench.close())

describe('a box whose storage was changed', () => {
  beforeEach(() => bench.firstSync())

  it('replaces what was changed in its own storage, and does not delete it before', async () => {
    const [current] = (await bench.keeping.getEverywhere('current')) as { files: [string, Uint8Array][] }[]
    const city = current?.files.find(([name]) => name === 'city.json')
    if (city) city[1] = city[1].map((byte, i) => (i === 200 ? byte ^ 1 : byte))
    await bench.keeping.setEverywhere([['current', current]])
    bench.server.intercept = (_path, _req, res) => res.writeHead(503, { 'Retry-After': '7' }).end() !== undefined

    const offline = await bench.box()
    expect(offline.library.edition).toBeNull()
    expect(await firstValueFrom(offline.sync.status$)).toMatchObject({ problem: 'refused' })
    await offline.checked()
    offline.sync.stop()
    expect(await bench.keeping.getEverywhere('current')).toHaveLength(1)

    bench.server.intercept = null
    bench.server.requests.length = 0
    const online = await bench.box()
    expect(await online.checked()).toMatchObject({ problem: null })
    expect(ids(online.library.edition)).toHaveLength(5)
    // The packs are still good.
    expect(bench.targetsAsked()).toBe(0)
  })

  it('shows all lists again after one was lost', async () => {
    const sha256 = (await bench.box()).library.shown?.trusted.target(cataloguePath('city'))?.sha256
    await bench.keeping.delMany([`blob:${sha256}`])
    const { library, sync, checked } = await bench.box()
    expect(ids(await firstValueFrom(sync.edition$))).toEqual(['p1'])
    expect(await checked()).toMatchObject({ problem: null })
    expect(ids(await firstValueFrom(sync.edition$))).toHaveLength(5)
    expect(library.shown?.state).toBe('whole')
    expect(bench.targetsAsked()).toBe(1)
  })

  it('fetches a pack anew that was damaged, although nothing is new', async () => {
    const { library, checked } = await bench.box()
    const target = library.shown?.trusted.target('city/base-e1-02.json.gz')
    await bench.keeping.setMany([[`blob:${target?.sha256}`, new Uint8Array(5)]])
    expect(await library.open('c1').catch((error: Error) => error.message)).toMatchObject({ id: 'c1' })
    expect(bench.targetsAsked()).toBe(1)
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
    publishRole(bench.repo, 'city', big('a'), 'a')
    cityPacks.forEach((_, n) => bench.repo.removeTarget('city', `city/base-e1-0${n}.json.gz`))
    bench.repo.publish('city')
  })

  const publishRebased = () => {
    publishRole(bench.repo, 'city', big('b'), 'b')
    big('a').forEach((_, n) => bench.repo.removeTarget('city', `city/base-a-0${n}.json.gz`))
    bench.repo.publish('city')
  }

  it('shows the lists, keeps what fits, fetches the rest when it is opened, and says so', async () => {
    const storage = new QuotaStorage()
    const places = () => layered([localStorageBackend(storage, 60_000, 20_000), memoryBackend(10_000)], () => undefined)
    bench.keeping = places()
    const { library, checked, sync } = await bench.box()
    expect(await checked()).toMatchObject({ problem: 'storage', reachable: true })
    expect(library.shown?.state).toBe('no-room')
    for (let n = 0; n < 8; n++) expect((await library.open(`a-${n}`)).id).toBe(`a-${n}`)
    sync.stop()

    bench.keeping = places()
    bench.server.requests.length = 0
    const second = await bench.box()
    expect(ids(second.library.edition)).toHaveLength(9)
    expect((await second.library.open('a-0')).id).toBe('a-0')
    expect(bench.server.requests).toEqual([])
    const kept = (await keptBlobs(bench.keeping)).size
    expect(kept).toBeGreaterThan(4)
    expect(kept).toBeLessThan(11)
    // Whether there is more room now is tried once in a session.
    expect(await second.checked()).toMatchObject({ problem: 'storage' })
    bench.server.requests.length = 0
    expect(await second.checked()).toMatchObject({ problem: 'storage' })
    expect(bench.server.requests).toEqual(['metadata/timestamp.json 304'])

    publishRebased()
    expect(await second.checked()).toMatchObject({ problem: 'storage' })
    expect(second.library.edition?.byId.has('b-0')).toBe(true)
    expect((await second.library.open('b-7')).id).toBe('b-7')
  })

  it('moves to the next edition also where two have no room side by side', async () => {
    const best = memoryBackend(60_000)
    bench.keeping = layered([faulty(best, 'indexeddb'), memoryBackend(1000)], () => undefined)
    const { library, sync, checked } = await bench.box()
    expect(await checked()).toMatchObject({ problem: null })
    expect(library.shown?.state).toBe('whole')
    publishRebased()
    const states: string[] = []
    sync.edition$.subscribe(() => states.push(library.shown?.state ?? ''))
    expect(await checked()).toMatchObject({ problem: null })
    expect(states).toEqual(['whole', 'arriving'])
    expect(library.shown?.state).toBe('whole')
    await bench.server.close()
    expect((await library.open('b-7')).id).toBe('b-7')
  })

  it('does not fetch everything again when the place that has it is only away', async () => {
    const best = faulty(memoryBackend(Infinity), 'indexeddb')
    bench.keeping = layered([best, localStorageBackend(new QuotaStorage()), memoryBackend()], () => undefined)
    const { library, checked } = await bench.box()
    await checked()
    bench.server.requests.length = 0
    best.fail('lost')
    expect(await checked()).toMatchObject({ problem: 'storage' })
    expect(bench.targetsAsked()).toBe(0)
    expect(ids(library.edition)).toHaveLength(9)
    best.fail(null)
    expect(await checked()).toMatchObject({ problem: null })
    expect(bench.targetsAsked()).toBe(0)
  })
})
