import { filter, firstValueFrom, Subject, take, toArray } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { locationOf } from '../store/testing/feed.ts'
import { ids, openBench, type Bench } from './testing/bench.ts'

let bench: Bench

beforeEach(async () => {
  bench = await openBench()
})

afterEach(() => bench.close())

describe('an empty box', () => {
  it('shows the lists first, then fetches the packs, newest first, and reads on without network', async () => {
    const { library, sync, checked } = await bench.box()
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
    const packs = bench.server.requests.filter((request) => request.indexOf('base-') >= 0)
    expect(packs[0]).toContain('base-e1-00')

    await bench.server.close()
    const { library: again } = await bench.box()
    expect(again.shown?.state).toBe('whole')
    expect(ids(again.edition)).toEqual(['c9', 'c5', 'c4', 'p1', 'c1'])
    expect((await again.open('c1')).id).toBe('c1')
  })

  it('starts at once by itself, and tells how far it is', async () => {
    const { sync, succeeded } = await bench.box()
    const seen: string[] = []
    sync.status$.subscribe(({ phase, done, total }) => seen.push(`${phase} ${total > 0 ? done / total : ''}`))
    sync.start()
    await succeeded()
    expect(seen.slice(0, 3)).toEqual(['idle ', 'checking ', 'fetching 0'])
    expect(seen).toContain('fetching 1')
    expect(seen[seen.length - 1]).toBe('idle ')
  })

  it('goes on with the packs that are missing after a restart in the middle', async () => {
    const late = locationOf(bench.repo, 'city', 'city/base-e1-02.json.gz')
    bench.server.intercept = (path, _, res) => path === late && res.writeHead(500).end() !== undefined
    const first = await bench.box()
    expect(await first.checked()).toMatchObject({ problem: 'unreachable', lastSuccess: null })
    expect(first.library.shown?.state).toBe('arriving')
    first.sync.stop()

    bench.server.intercept = null
    bench.server.requests.length = 0
    const second = await bench.box()
    expect(ids(second.library.edition)).toHaveLength(5)
    second.sync.start()
    await second.succeeded()
    expect(second.library.shown?.state).toBe('whole')
    expect(bench.server.requests).toEqual(['metadata/timestamp.json 304', `${late} 200`])
  })

  it('fetches the pack of a record that somebody opens, ahead of the others', async () => {
    const wanted = locationOf(bench.repo, 'city', 'city/base-e1-02.json.gz')
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    bench.server.intercept = (path, _, res) => {
      if (path.indexOf('base-') < 0 || path === wanted) return false
      void held.then(() => res.end(bench.repo.files.get(path)))
      return true
    }
    const { library, sync, succeeded } = await bench.box()
    sync.start()
    await firstValueFrom(sync.edition$.pipe(filter((edition) => edition !== null)))
    expect((await library.open('c1')).id).toBe('c1')
    expect(await firstValueFrom(sync.status$)).toMatchObject({ phase: 'fetching' })
    release()
    await succeeded()
    expect(bench.server.requests.filter((request) => request.indexOf(wanted) === 0)).toHaveLength(1)
  })

  it('waits while keys are pressed', async () => {
    const keys = new Subject<void>()
    const { sync, succeeded } = await bench.box({ keys$: keys })
    const pressing = setInterval(() => keys.next(), 5)
    keys.next()
    sync.start()
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(bench.targetsAsked()).toBe(0)
    clearInterval(pressing)
    await succeeded()
    expect(bench.targetsAsked()).toBeGreaterThan(0)
  })
})
