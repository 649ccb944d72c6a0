import { describe, expect, it } from 'vitest'
import { decodePack } from '../../feed/pack.ts'
import type { Rec } from '../../feed/records/index.ts'
import { fillPacks, planPacks } from './packs.ts'

const news = (id: string, text = '内容'): Rec => ({
  kind: 'news',
  id,
  title: id,
  unit: 'u',
  published: '2025-01-01',
  body: [{ type: 'paragraph', text: [text] }],
})
const kilobyte = 1024

describe('planPacks', () => {
  it.each([
    [0, 0],
    [1, 1],
    [96 * kilobyte, 1],
    [960 * kilobyte, 10],
    [75_000 * kilobyte, 64],
  ])('%i bytes begin with %i packs', (bytes, count) => {
    expect(planPacks(bytes, undefined)).toEqual({ epoch: '1', count })
  })

  it('keeps the plan while it is not far off', () => {
    const plan = { epoch: '3', count: 10 }
    expect(planPacks(480 * kilobyte, plan)).toBe(plan)
    expect(planPacks(1920 * kilobyte, plan)).toBe(plan)
  })

  it('begins a new epoch when it is', () => {
    const plan = { epoch: '3', count: 10 }
    expect(planPacks(2100 * kilobyte, plan)).toEqual({ epoch: '4', count: 22 })
    expect(planPacks(100 * kilobyte, plan)).toEqual({ epoch: '4', count: 1 })
    expect(planPacks(0, plan)).toEqual({ epoch: '4', count: 0 })
  })
})

describe('fillPacks', () => {
  const records = Array.from({ length: 200 }, (_, i) => news(`xw-${String(i)}`))

  it('puts every record into one pack, at the place it says', () => {
    const packs = fillPacks(records, 8)
    expect(packs).toHaveLength(8)
    const found = packs.flatMap(({ text, ids }) => {
      expect(decodePack(text).map(({ id }) => id)).toEqual(ids)
      return ids
    })
    expect([...found].sort()).toEqual(records.map(({ id }) => id).sort())
    expect(Math.max(...packs.map(({ ids }) => ids.length))).toBeLessThan(45)
  })

  it('changes one pack for one edit, and one for one new record', () => {
    const before = fillPacks(records, 8).map(({ text }) => text)
    const changed = (after: readonly Rec[]) => fillPacks(after, 8).filter(({ text }, i) => text !== before[i]).length
    expect(changed(records.map((record) => (record.id === 'xw-7' ? news('xw-7', '改了') : record)))).toBe(1)
    expect(changed([...records, news('xw-new')])).toBe(1)
    expect(changed([...records].reverse())).toBe(0)
  })
})
