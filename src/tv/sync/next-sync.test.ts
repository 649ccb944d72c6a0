import { filter, firstValueFrom, map, take, toArray } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keptBlobs } from '../store/blobs.ts'
import { locationOf, publishRole } from '../store/testing/feed.ts'
import { serveFeed } from './testing/server.ts'
import { commonRoles, ids, isMetadata, item, openBench, settingsFor, type Bench } from './testing/bench.ts'

let bench: Bench

beforeEach(async () => {
  bench = await openBench()
  await bench.firstSync()
})

afterEach(() => bench.close())

describe('a box that has an edition', () => {
  it('asks once, and gets no byte, when there is nothing new', async () => {
    const { checked } = await bench.box()
    expect(await checked()).toMatchObject({ problem: null, reachable: true })
    expect(bench.server.requests).toEqual(['metadata/timestamp.json 304'])
    expect(bench.server.sent).toBe(0)
  })

  it('fetches only what changed, and switches when everything is here', async () => {
    bench.publishNext()
    const last = locationOf(bench.repo, 'city', 'city/base-e1-00.json.gz')
    let release: () => void = () => undefined
    const asked = new Promise<void>((resolve) => {
      bench.server.intercept = (path, _, res) => {
        if (path !== last) return false
        release = () => res.end(bench.repo.files.get(last))
        resolve()
        return true
      }
    })
    const { library, sync, checked } = await bench.box()
    const before = library.edition
    const done = checked()
    await asked
    expect(library.edition).toBe(before)
    expect((await library.open('c9')).id).toBe('c9')
    release()
    expect(await done).toMatchObject({ problem: null })
    expect(ids(library.edition)?.[0]).toBe('c10')
    expect(await firstValueFrom(sync.edition$)).toBe(library.edition)
    expect(bench.targetsAsked()).toBe(2)
    // What only the old edition named is gone.
    expect((await keptBlobs(bench.keeping)).size).toBe(6)
  })

  it('shows a new time when only that was signed anew', async () => {
    bench.repo.asOf = '2026-03-05T11:30:00Z'
    bench.repo.publish()
    const { library, checked } = await bench.box()
    await checked()
    expect(library.edition?.asOf).toBe('2026-03-05T11:30:00Z')
    expect(bench.targetsAsked()).toBe(0)
    expect((await bench.box()).library.edition?.asOf).toBe('2026-03-05T11:30:00Z')
  })

  it('does not fetch again what an interrupted sync has brought', async () => {
    publishRole(bench.repo, 'city', [[item('d1', 5)], [item('d2', 5)], [item('d3', 5)], [item('d4', 5)]], 'e2')
    bench.repo.publish('city')
    const broken = locationOf(bench.repo, 'city', 'city/base-e2-03.json.gz')
    bench.server.intercept = (path, _, res) => path === broken && res.writeHead(404).end() !== undefined
    const first = await bench.box()
    await first.checked()
    first.sync.stop()
    bench.server.intercept = null
    bench.server.requests.length = 0
    const second = await bench.box()
    await second.checked()
    expect(bench.server.requests.filter((request) => !isMetadata(request))).toEqual([`${broken} 200`])
    expect(ids(second.library.edition)).toContain('d4')
  })

  it('follows the district that the household chooses, and shows the old one until the new one is here', async () => {
    publishRole(bench.repo, 'district-450105', [[item('d1', 5)]])
    bench.repo.publish('targets', 'district-450105')
    let following = commonRoles
    const { library, checked } = await bench.box({ roles: () => following })
    await checked()
    following = [...commonRoles, 'district-450105']
    expect(library.edition?.byId.has('d1')).toBe(false)
    expect(await checked()).toMatchObject({ problem: null })
    expect(ids(library.edition)).toEqual(['d1', 'c9', 'c5', 'c4', 'p1', 'c1'])
    following = commonRoles
    await checked()
    expect(library.edition?.byId.has('d1')).toBe(false)
  })

  it('checks again after a check in the middle of which it was asked to', async () => {
    const { sync } = await bench.box()
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
    expect(bench.server.requests).toEqual(['metadata/timestamp.json 304', 'metadata/timestamp.json 304'])
  })

  it('ends a check in the middle when it is stopped, and goes on when it is started again', async () => {
    bench.publishNext()
    const { library, sync, checked } = await bench.box()
    const seen: (string | null)[] = []
    sync.status$.subscribe(({ problem }) => seen.push(problem))
    sync.start()
    sync.checkNow()
    sync.stop()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(bench.targetsAsked()).toBe(0)
    expect(await checked()).toMatchObject({ phase: 'idle', problem: null })
    expect(ids(library.edition)?.[0]).toBe('c10')
    expect(seen.filter((problem) => problem !== null)).toEqual([])
  })

  it('turns to the next address when one fails, or lies', async () => {
    bench.publishNext()
    const liar = await serveFeed(new Map(bench.repo.files).set('metadata/timestamp.json', new Uint8Array(100)))
    const { library, checked } = await bench.box({ settings: settingsFor('http://127.0.0.1:9/', liar.base, bench.server.base) })
    expect(await checked()).toMatchObject({ problem: null })
    expect(ids(library.edition)?.[0]).toBe('c10')
    expect(liar.requests).not.toEqual([])
    await liar.close()
  })
})
