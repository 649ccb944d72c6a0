import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { urgentPath } from '../../feed/layout.ts'
import { encodeUrgent, type Notice, type Recall } from '../../feed/urgent.ts'
import { locationOf } from '../store/testing/feed.ts'
import { ids, isMetadata, openBench, type Bench } from './testing/bench.ts'

let bench: Bench

beforeEach(async () => {
  bench = await openBench()
})

afterEach(() => bench.close())

const notice: Notice = {
  id: 'yj-1',
  severity: 'red',
  title: '台风红色预警',
  text: '请留在室内。',
  validFrom: '2026-03-05T08:00:00Z',
  validUntil: '2026-03-06T00:00:00Z',
  unit: 'city-office',
}
const recall = (id: string, before?: number): Recall => ({ id, reason: '内容有误', ...(before && { before }) })
const now = new Date('2026-03-05T12:00:00Z')

/** The next edition, with this said urgently by a role. */
function say(recalls: readonly Recall[], notices: readonly Notice[] = [], role = 'city') {
  const text = encodeUrgent({ notices, recalls })
  bench.repo.addTarget(role, urgentPath(role), new TextEncoder().encode(text))
  bench.publishNext()
  if (role !== 'city') bench.repo.publish(role)
}

/** The catalogue of the next edition cannot be had. */
function loseCatalogue() {
  const lost = locationOf(bench.repo, 'city', 'city/catalog.json.gz')
  bench.server.intercept = (path, _, res) => path === lost && res.writeHead(404).end() !== undefined
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { failure?: string }) => error.failure,
  )

describe('what is urgent', () => {
  it('is fetched before everything else', async () => {
    say([], [notice])
    const { library, checked } = await bench.box()
    await checked()
    const targets = bench.server.requests.filter((request) => !isMetadata(request))
    expect(targets[0]).toContain('city/')
    expect(targets[0]).toContain('.urgent.json 200')
    expect(library.notices(now)).toEqual([notice])
    expect(library.notices(new Date('2026-03-06T00:00:00Z'))).toEqual([])
  })

  it('counts though the edition that carries it cannot be had, also after a restart', async () => {
    await bench.firstSync()
    say([recall('c5')], [notice])
    loseCatalogue()
    const first = await bench.box()
    const seen: (readonly string[] | undefined)[] = []
    first.sync.edition$.subscribe((edition) => seen.push(ids(edition)))
    expect(await first.checked()).toMatchObject({ problem: 'unreachable' })
    const left = ['c9', 'c4', 'p1', 'c1']
    expect(seen).toEqual([['c9', 'c5', 'c4', 'p1', 'c1'], left])
    expect(await failureOf(first.library.open('c5'))).toBe('unknown')
    expect((await first.library.open('c4')).id).toBe('c4')
    first.sync.stop()

    const { library } = await bench.box()
    expect(ids(library.edition)).toEqual(left)
    expect(library.edition?.byId.has('c5')).toBe(false)
    expect(library.notices(now)).toEqual([notice])
  })

  it('reaches a box that has nothing else', async () => {
    say([], [notice])
    loseCatalogue()
    const first = await bench.box()
    await first.checked()
    first.sync.stop()
    const { library } = await bench.box()
    expect(library.edition).toBeNull()
    expect(library.notices(now)).toEqual([notice])
  })

  it('goes on counting after the switch, and costs nothing then', async () => {
    await bench.firstSync()
    say([recall('c5')], [notice])
    const first = await bench.box()
    expect(await first.checked()).toMatchObject({ problem: null })
    expect(ids(first.library.edition)).toEqual(['c10', 'c9', 'c4', 'p1', 'c1'])
    first.sync.stop()
    bench.server.requests.length = 0
    const second = await bench.box()
    expect(ids(second.library.edition)).toEqual(['c10', 'c9', 'c4', 'p1', 'c1'])
    await second.checked()
    expect(bench.server.requests).toEqual(['metadata/timestamp.json 304'])
  })

  it('is forgotten when it is no longer said', async () => {
    await bench.firstSync()
    say([recall('c5')], [notice])
    const { library, checked } = await bench.box()
    await checked()
    bench.repo.removeTarget('city', urgentPath('city'))
    bench.repo.publish('city')
    await checked()
    expect(ids(library.edition)).toContain('c5')
    expect(library.notices(now)).toEqual([])
  })

  it('hides what was put right only in editions before that', async () => {
    await bench.firstSync()
    const next = Number(bench.repo.signedOf('city').version) + 1
    say([recall('c5', next)])
    loseCatalogue()
    const { library, checked } = await bench.box()
    await checked()
    expect(ids(library.edition)).not.toContain('c5')
    bench.server.intercept = null
    await checked()
    expect(ids(library.edition)).toContain('c5')
    expect((await library.open('c5')).id).toBe('c5')
  })

  it('of one role says nothing about the records of another', async () => {
    await bench.firstSync()
    say([recall('c5'), recall('p1')], [], 'province')
    const { library, checked } = await bench.box()
    await checked()
    expect(ids(library.edition)).toEqual(['c10', 'c9', 'c5', 'c4', 'c1'])
  })
})

describe('what says that it is urgent', () => {
  it('is refused with another content than signed, and nothing changes', async () => {
    await bench.firstSync()
    say([recall('c5')])
    const path = locationOf(bench.repo, 'city', urgentPath('city'))
    bench.repo.files.set(path, bench.repo.files.get(path)!.map((byte, i) => (i === 40 ? byte ^ 1 : byte)))
    const { library, checked } = await bench.box()
    expect(await checked()).toMatchObject({ problem: 'refused' })
    expect(ids(library.edition)).toEqual(['c9', 'c5', 'c4', 'p1', 'c1'])
  })

  it.each([
    ['another format than this app knows', '{"format":2}'],
    ['more than an urgent file may have', ' '.repeat(70_000)],
  ])('signed, with %s, leaves what was said before', async (_, text) => {
    say([recall('c5')])
    const { library, checked } = await bench.box()
    await checked()
    bench.repo.addTarget('city', urgentPath('city'), new TextEncoder().encode(text))
    bench.repo.publish('city')
    expect(await checked()).toMatchObject({ problem: null })
    expect(ids(library.edition)).not.toContain('c5')
  })
})
