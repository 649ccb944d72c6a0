import { describe, expect, it } from 'vitest'
import { decodePack } from '../../feed/pack.ts'
import type { Rec } from '../../feed/records/index.ts'
import { cutPacks } from './packs.ts'

const news = (number: number, text = '内容'.repeat(500), id = `xw-${String(number).padStart(5, '0')}`): Rec => ({
  kind: 'news',
  id,
  title: id,
  unit: 'u',
  published: `20${String(10 + Math.floor(number / 100)).slice(-2)}-01-01`,
  body: [{ type: 'paragraph', text: [text] }],
})
const many = (count: number): Rec[] => Array.from({ length: count }, (_, i) => news(i))
const texts = (records: readonly Rec[]) => new Set(cutPacks(records).map(({ text }) => text))

describe('cutPacks', () => {
  it.each([
    [0, 0, 0],
    [1, 1, 1],
    [20, 1, 1],
    [320, 5, 20],
    [5000, 20, 64],
  ])('%i records make from %i to %i packs', (count, least, most) => {
    const packs = cutPacks(many(count))
    expect(packs.length).toBeGreaterThanOrEqual(least)
    expect(packs.length).toBeLessThanOrEqual(most)
  })

  it('puts every record into one pack, at the place it says', () => {
    const found = cutPacks(many(300)).flatMap(({ text, ids }) => {
      expect(decodePack(text).map(({ id }) => id)).toEqual(ids)
      return ids
    })
    expect(found).toEqual(many(300).map(({ id }) => id))
  })

  it('does not depend on the order of the records', () => {
    expect(cutPacks(many(300).reverse())).toEqual(cutPacks(many(300)))
  })

  const records = many(1000)
  it.each([
    ['a changed record', records.map((r, i) => (i === 400 ? news(400, '改了') : r)), 1],
    ['a new record at the end', [...records, news(1000)], 2],
    ['a new record in the middle', [...records, news(400, '新', 'xw-00400-a')], 3],
    ['a record that is gone', records.filter((_, i) => i !== 400), 3],
  ])('%s leaves almost all packs as they were', (_, after, most) => {
    const before = texts(records)
    const fresh = [...texts(after)].filter((text) => !before.has(text))
    expect(before.size).toBeGreaterThan(12)
    expect(fresh.length).toBeGreaterThan(0)
    expect(fresh.length).toBeLessThanOrEqual(most)
  })
})
