import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keptBlobs } from '../store/blobs.ts'
import { locationOf, publishDelta, publishRole, type Item } from '../store/testing/feed.ts'
import { cityPacks, ids, isMetadata, item, openBench, type Bench } from './testing/bench.ts'

let bench: Bench

beforeEach(async () => {
  bench = await openBench()
})

afterEach(() => bench.close())

const step = (number: number) => ({ from: number, to: number })
const drawn = (id: string, number: number): Item => ({ ...item(id, 5), text: `第${number}步` })

/** Publishes a step: c5 says another text, one item is new, and at the second step c4 goes. */
const change = (number: number): [items: Item[], removed: string[]] => [
  [drawn('c5', number), drawn(`n${number}`, number)],
  number === 2 ? ['c4'] : [],
]
function publishStep(number: number) {
  publishDelta(bench.repo, 'city', step(number), ...change(number))
  bench.repo.publish('city')
}

/** The names of the targets that were asked for since the last time. */
function asked(): string[] {
  const targets = bench.server.requests.filter((request) => !isMetadata(request))
  bench.server.requests.length = 0
  return targets.map((request) => request.replace(/^.*\/[0-9a-f]{64}\.(.*)\.json\.gz 200$/, '$1')).sort()
}

const textOf = async (box: Awaited<ReturnType<Bench['box']>>, id: string) => {
  const [block] = (await box.library.open(id)).body
  return block?.type === 'paragraph' ? block.text[0] : ''
}

describe('a box that follows the steps', () => {
  it('fetches what changed and no more, and shows each record as it was last published', async () => {
    await bench.firstSync()
    const box = await bench.box()
    publishStep(1)
    await box.checked()
    expect(asked()).toEqual(['catalog-001', 'delta-001'])
    publishStep(2)
    await box.checked()
    expect(asked()).toEqual(['catalog-002', 'delta-002'])
    expect(ids(box.library.edition)).toEqual(['n1', 'c5', 'n2', 'c9', 'p1', 'c1'])
    expect(await textOf(box, 'c5')).toBe('第2步')
    expect(await textOf(box, 'n1')).toBe('第1步')
    expect(await textOf(box, 'c9')).toBe('city c9')
    await expect(box.library.open('c4')).rejects.toMatchObject({ failure: 'unknown' })

    // The same after a restart, without network.
    box.sync.stop()
    await bench.server.close()
    const again = await bench.box()
    expect(again.library.shown?.state).toBe('whole')
    expect(ids(again.library.edition)).toEqual(['n1', 'c5', 'n2', 'c9', 'p1', 'c1'])
    expect(await textOf(again, 'c5')).toBe('第2步')
  })

  it('switches when everything of a step is here, and not before', async () => {
    await bench.firstSync()
    publishStep(1)
    const late = locationOf(bench.repo, 'city', 'city/delta-001.json.gz')
    bench.server.intercept = (path, _, res) => path === late && res.writeHead(500).end() !== undefined
    const box = await bench.box()
    expect(await box.checked()).toMatchObject({ problem: 'unreachable' })
    expect(ids(box.library.edition)).not.toContain('n1')
    expect(await textOf(box, 'c5')).toBe('city c5')
    bench.server.intercept = null
    expect(await box.checked()).toMatchObject({ problem: null })
    expect(await textOf(box, 'c5')).toBe('第1步')
  })

  it('does not fetch rolled up what it has step by step', async () => {
    await bench.firstSync()
    const box = await bench.box()
    publishStep(1)
    await box.checked()
    asked()
    publishDelta(bench.repo, 'city', { from: 1, to: 2 }, [...change(1)[0].slice(1), ...change(2)[0]], ['c4'])
    publishStep(2)
    await box.checked()
    expect(asked()).toEqual(['catalog-002', 'delta-002'])
  })

  it('goes over to a new base, and fetches of it what is new', async () => {
    await bench.firstSync()
    publishStep(1)
    const box = await bench.box()
    await box.checked()
    asked()
    for (const part of ['catalog', 'delta']) bench.repo.removeTarget('city', `city/${part}-001.json.gz`)
    cityPacks.forEach((_, number) => bench.repo.removeTarget('city', `city/base-e1-0${number}.json.gz`))
    publishRole(bench.repo, 'city', [[item('n1', 5), item('c9', 4)], ...cityPacks.slice(1)], 'e2')
    bench.repo.publish('city')
    await box.checked()
    expect(asked()).toEqual(['base-e2-00', 'catalog'])
    expect(ids(box.library.edition)).toEqual(['n1', 'c9', 'c5', 'c4', 'p1', 'c1'])
    expect(await textOf(box, 'c5')).toBe('city c5')
    // Of the old epoch only what is the same is left: three packs and a list of the city, a pack and a list.
    expect((await keptBlobs(bench.keeping)).size).toBe(6)
  })
})

describe('a box that comes late', () => {
  it('fetches rolled up what is, and reads the same', async () => {
    publishDelta(bench.repo, 'city', { from: 1, to: 2 }, [...change(1)[0].slice(1), ...change(2)[0]], ['c4'])
    publishStep(1)
    publishStep(2)
    publishStep(3)
    const box = await bench.box()
    await box.checked()
    expect(asked().filter((name) => name.indexOf('-0') >= 0 && name.indexOf('base') < 0)).toEqual([
      'catalog-001-002',
      'catalog-003',
      'delta-001-002',
      'delta-003',
    ])
    expect([...(ids(box.library.edition) ?? [])].sort()).toEqual(['c1', 'c5', 'c9', 'n1', 'n2', 'n3', 'p1'])
    expect(await textOf(box, 'c5')).toBe('第3步')
    expect(await textOf(box, 'n1')).toBe('第1步')
  })

  it('has complete lists before any body, and the newest bodies before the base', async () => {
    publishStep(1)
    publishStep(2)
    const box = await bench.box()
    const seen: (readonly string[] | undefined)[] = []
    box.sync.edition$.subscribe((edition) => seen.push(ids(edition)))
    await box.checked()
    expect(seen).toEqual([undefined, ['n1', 'c5', 'n2', 'c9', 'p1', 'c1']])
    const order = bench.server.requests.filter((request) => /\.(?:base|delta)-/.test(request))
    expect(order[0]).toContain('delta-')
  })

  it('mends a change of the lists that was damaged on the box', async () => {
    publishStep(1)
    const first = await bench.box()
    await first.checked()
    first.sync.stop()
    const list = first.library.shown?.trusted.target('city/catalog-001.json.gz')
    await bench.keeping.setEverywhere([[`blob:${list?.sha256}`, new Uint8Array(9)]])
    asked()
    const box = await bench.box()
    // What it says of the city cannot be believed; the province is shown.
    expect(ids(box.library.edition)).toEqual(['p1'])
    await box.checked()
    expect(asked()).toEqual(['catalog-001'])
    expect(ids(box.library.edition)).toContain('n1')
  })
})
