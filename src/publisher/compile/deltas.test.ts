import { describe, expect, it } from 'vitest'
import type { Rec } from '../../feed/records/index.ts'
import type { Unit } from '../../feed/unit.ts'
import { changeBetween, changeFiles, changeOf, rangesAt, rollUp, type Change, type RoleContent } from './deltas.ts'
import { entryOf } from './entry.ts'

const unit: Unit = { id: 'u', name: '办公室', level: 'city', region: '450100' }
const news = (id: string, text = id, title = id): Rec => ({
  ...{ kind: 'news', id, title, unit: 'u', published: '2025-01-01' },
  body: [{ type: 'paragraph', text: [text] }],
})
const content = (records: readonly Rec[], units = [unit]): RoleContent => ({
  units,
  entries: new Map(records.map((record) => [record.id, entryOf(record, 700, 'city/base-1-00.json.gz', 0)])),
  records: new Map(records.map((record) => [record.id, record])),
})
const textOf = ({ body: [block] }: Rec): string => {
  const span = block?.type === 'paragraph' ? block.text[0] : undefined
  return typeof span === 'string' ? span : ''
}
const said = (change: Change | null) =>
  change && {
    gone: change.removed.join(),
    now: change.records.map((record) => `${record.id}:${textOf(record)}`).join(),
    units: change.units?.length,
  }

describe('what changed', () => {
  const before = [news('a'), news('b'), news('c')]
  it.each([
    ['nothing', before, null],
    ['nothing, in another order', [...before].reverse(), null],
    ['a body', [news('a', '新'), news('b'), news('c')], { gone: '', now: 'a:新' }],
    ['a title', [news('a', 'a', '新题'), news('b'), news('c')], { gone: '', now: 'a:a' }],
    ['one new and one gone', [news('a'), news('c'), news('d')], { gone: 'b', now: 'd:d' }],
    ['all gone', [], { gone: 'a,b,c', now: '' }],
  ])('%s', (_, after, expected) => {
    expect(said(changeBetween(content(before), content(after)))).toEqual(expected && { ...expected, units: undefined })
  })

  it('the units alone', () => {
    const renamed = content(before, [{ ...unit, name: '新办公室' }])
    expect(said(changeBetween(content(before), renamed))).toEqual({ gone: '', now: '', units: 1 })
  })

  it('not where the bodies lie', () => {
    const moved = content(before)
    const elsewhere = new Map([...moved.entries].map(([id, entry]) => [id, { ...entry, pack: 'x', index: 7 }]))
    expect(changeBetween(moved, { ...moved, entries: elsewhere })).toBeNull()
  })
})

describe('rolled up', () => {
  const step = (records: readonly Rec[], removed: readonly string[] = []): Change => ({
    ...{ units: null, removed, records },
    entries: records.map((record) => entryOf(record, 700, '', 0)),
  })
  it.each([
    ['the last word counts', [step([news('a', '一')]), step([news('a', '二')])], { gone: '', now: 'a:二' }],
    ['what came and went is gone', [step([news('a')]), step([], ['a'])], { gone: 'a', now: '' }],
    ['what went and came is there', [step([], ['a']), step([news('a', '再')])], { gone: '', now: 'a:再' }],
    ['in the order of ids', [step([news('b')]), step([news('a')], ['z']), step([], ['c'])], { gone: 'c,z', now: 'a:a,b:b' }],
  ])('%s', (_, changes, expected) => {
    expect(said(rollUp(changes))).toEqual({ ...expected, units: undefined })
  })

  it.each([
    [1, ['1-1']],
    [7, ['7-7', '1-7']],
    [14, ['14-14', '8-14']],
    [28, ['28-28', '22-28', '1-28']],
    [56, ['56-56', '50-56', '29-56']],
  ])('step %i ends %j', (last, expected) => {
    expect(rangesAt(last).map(({ from, to }) => `${String(from)}-${String(to)}`)).toEqual(expected)
  })

  it('is read from its files as it was written; without bodies there is no pack', () => {
    const change = step([news('a'), news('b')], ['c'])
    const files = changeFiles('city', { from: 1, to: 7 }, change)
    const read = changeOf('city', { from: 1, to: 7 }, (path) => files.get(path) ?? '')
    expect(said(read)).toEqual(said(change))
    expect(read.entries.map(({ pack, index }) => `${pack} ${String(index)}`)).toEqual([
      'city/delta-001-007.json.gz 0',
      'city/delta-001-007.json.gz 1',
    ])
    expect([...changeFiles('city', { from: 8, to: 8 }, step([], ['a'])).keys()]).toEqual(['city/catalog-008.json.gz'])
  })
})
