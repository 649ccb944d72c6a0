import { describe, expect, it } from 'vitest'
import type { Entry } from './catalogue.ts'
import { applyChanges, decodeListChange, deltasOf, encodeListChange, leastToFetch, type ListChange } from './delta.ts'
import { catalogueDeltaPath, deltaPath, partOf } from './layout.ts'
import type { Unit } from './unit.ts'

const entry = (id: string, title = id): Entry => ({
  ...{ id, title, kind: 'news', unit: 'u', published: '2026-03-01', page: 700, initials: 'x' },
  ...{ pack: 'city/delta-001.json.gz', index: 0 },
})
const unit: Unit = { id: 'u', name: '办公室', level: 'city', region: '450100' }
const change = (entries: readonly Entry[], removed: readonly string[] = []): ListChange => ({ units: null, removed, entries })

describe('a change of a catalogue', () => {
  it('is read as it was written', () => {
    const written: ListChange = { units: [unit], removed: ['b'], entries: [entry('a'), entry('c')] }
    expect(decodeListChange(encodeListChange('city', written))).toEqual(written)
  })

  it('of another format is refused', () => {
    expect(() => decodeListChange('{"format":2}')).toThrow('newer than this app')
  })

  const base = { role: 'city', units: [], entries: [entry('a'), entry('b')] }
  it.each([
    ['adds', [change([entry('c')])], ['a:a', 'b:b', 'c:c']],
    ['replaces', [change([entry('a', '新')])], ['a:新', 'b:b']],
    ['removes', [change([], ['a'])], ['b:b']],
    ['removes what is not there', [change([], ['x'])], ['a:a', 'b:b']],
    ['counts in its order', [change([], ['a']), change([entry('a', '再')])], ['b:b', 'a:再']],
    ['removes what an earlier one added', [change([entry('c')]), change([], ['c'])], ['a:a', 'b:b']],
  ])('%s', (_, changes, expected) => {
    expect(applyChanges(base, changes).entries.map(({ id, title }) => `${id}:${title}`)).toEqual(expected)
  })

  it('brings new units only when they changed', () => {
    expect(applyChanges(base, [change([])]).units).toBe(base.units)
    expect(applyChanges(base, [{ ...change([]), units: [unit] }, change([])]).units).toEqual([unit])
  })
})

describe('paths', () => {
  it.each([
    [{ from: 1, to: 1 }, 'city/catalog-001.json.gz', 'city/delta-001.json.gz'],
    [{ from: 1, to: 28 }, 'city/catalog-001-028.json.gz', 'city/delta-001-028.json.gz'],
  ])('%o', (range, catalogue, delta) => {
    expect(catalogueDeltaPath('city', range)).toBe(catalogue)
    expect(deltaPath('city', range)).toBe(delta)
    expect(partOf(catalogue)).toEqual({ part: 'catalog', range })
    expect(partOf(delta)).toEqual({ part: 'delta', range })
  })

  it.each(['city/catalog.json.gz', 'city/base-1-00.json.gz', 'city/images/delta-001.png'])('%s is no delta', (path) => {
    expect(partOf(path)).toBeNull()
  })
})

/** Lists of 10 bytes a step, packs of 100; rolled up they are a tenth shorter. */
function listed(...ranges: readonly (readonly [from: number, to: number])[]) {
  return deltasOf(
    ranges.flatMap(([from, to]) => {
      const length = (to - from + 1) * (from === to ? 10 : 9)
      const list = catalogueDeltaPath('city', { from, to })
      const pack = deltaPath('city', { from, to })
      return [
        { path: pack, length: length * 10, sha256: pack },
        { path: list, length, sha256: list },
      ]
    }),
  )
}
const steps = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i): readonly [number, number] => [from + i, from + i])

describe('the least to fetch', () => {
  const choose = (deltas: ReturnType<typeof listed>, held: readonly string[]) =>
    leastToFetch(deltas, (sha256) => held.some((name) => sha256.endsWith(`-${name}.json.gz`))).map(
      ({ range }) => `${range.from}-${range.to}`,
    )
  const week = listed(...steps(1, 9), [1, 7])

  it.each([
    ['nothing is here: rolled up, then the rest', [], ['1-7', '8-8', '9-9']],
    ['what was rolled up is here', ['001-007'], ['1-7', '8-8', '9-9']],
    [
      'all but the last step is here',
      ['001', '002', '003', '004', '005', '006'],
      ['1-1', '2-2', '3-3', '4-4', '5-5', '6-6', '7-7', '8-8', '9-9'],
    ],
    ['both are here: the fewest', ['001', '002', '003', '004', '005', '006', '007', '001-007'], ['1-7', '8-8', '9-9']],
  ])('%s', (_, held, expected) => {
    expect(choose(week, held)).toEqual(expected)
  })

  it('is nothing without deltas', () => {
    expect(leastToFetch([], () => false)).toEqual([])
  })

  it('takes the longest way rolled up', () => {
    const month = listed(...steps(1, 29), [1, 7], [8, 14], [15, 21], [22, 28], [1, 28])
    expect(choose(month, [])).toEqual(['1-28', '29-29'])
  })

  it('is refused when a step is missing', () => {
    expect(() => choose(listed([1, 1], [3, 3]), [])).toThrow('do not lead to step 3')
  })

  it('knows a change without bodies', () => {
    const [delta] = deltasOf([{ path: 'city/catalog-001.json.gz', length: 1, sha256: 'a' }])
    expect(delta).not.toHaveProperty('pack')
  })
})
