import { describe, expect, it } from 'vitest'
import type { Kind } from '../../feed/kinds.ts'
import { assignPages, type Paged } from './page-numbers.ts'

const paged = (id: string, kind: Kind = 'policy', published = '2025-01-01'): Paged => ({ id, kind, published })
const many = (count: number, kind: Kind, prefix = 'r'): Paged[] =>
  Array.from({ length: count }, (_, i) => paged(`${prefix}${String(i).padStart(5, '0')}`, kind))
const pages = (records: readonly Paged[], previous: Record<string, number> = {}) =>
  Object.fromEntries(assignPages(records, new Map(Object.entries(previous))))

describe('assignPages', () => {
  it('begins with the oldest, and tells the kind by the first digit', () => {
    expect(
      pages([
        paged('new', 'policy', '2025-02-01'),
        paged('old', 'policy', '2024-02-01'),
        paged('b', 'decision'),
        paged('c', 'service'),
        paged('d', 'news'),
      ]),
    ).toEqual({ old: 100, new: 101, b: 300, c: 500, d: 700 })
  })

  it('does not depend on the order of the records', () => {
    const records = many(50, 'policy')
    expect(pages([...records].reverse())).toEqual(pages(records))
  })

  it('leaves numbers as they are and puts new ones after the highest', () => {
    expect(pages([paged('a'), paged('new', 'policy', '2020-01-01'), paged('b')], { a: 100, b: 101 })).toEqual({
      a: 100,
      b: 101,
      new: 102,
    })
  })

  it('does not give away the number of a record that has just gone', () => {
    expect(pages([paged('a'), paged('new')], { a: 100, gone: 101 })).toEqual({ a: 100, new: 102 })
  })

  it('fills gaps only when the end is reached', () => {
    const previous = { a: 100, b: 298, c: 299 }
    const records = ['a', 'b', 'c', 'n1', 'n2'].map((id) => paged(id))
    expect(pages(records, previous)).toMatchObject({ n1: 101, n2: 102 })
  })

  it('keeps the number of a record whose kind was corrected', () => {
    expect(pages([paged('a', 'news')], { a: 100 })).toEqual({ a: 100 })
  })

  it.each([
    [150, 3, 100],
    [151, 4, 1000],
    [1500, 4, 1000],
    [1501, 5, 10000],
  ])('%i records of a kind begin with %i digits', (count, digits, first) => {
    const numbers = [...assignPages([...many(count, 'policy'), paged('x', 'news')]).values()]
    expect(numbers[0]).toBe(first)
    expect(new Set(numbers.map((n) => String(n).length))).toEqual(new Set([digits]))
  })

  it('gives one digit more to a kind whose numbers have run out', () => {
    const previous = Object.fromEntries(many(200, 'policy').map(({ id }, i) => [id, 100 + i]))
    const numbers = pages([...many(200, 'policy'), paged('more'), paged('news', 'news')], previous)
    expect(numbers.more).toBe(1000)
    expect(numbers.news).toBe(700)
  })

  it('never gives a number twice', () => {
    const records = [...many(3000, 'policy', 'p'), ...many(2000, 'news', 'n'), ...many(5, 'decision', 'd')]
    const numbers = [...assignPages(records).values()]
    expect(numbers).toHaveLength(5005)
    expect(new Set(numbers).size).toBe(5005)
  })
})
