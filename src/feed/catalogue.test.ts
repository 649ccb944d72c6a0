import { expect, it } from 'vitest'
import { decodeCatalogue, encodeCatalogue, type Catalogue, type Entry } from './catalogue.ts'

const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  ...{ id, title: `标题${id}`, kind: 'policy', unit: 'u', published: '2026-03-01', page: 100, initials: 'bt' },
  ...{ pack: 'city/base-1-00.json.gz', index: 0 },
  ...more,
})
const catalogue = (entries: readonly Entry[]): Catalogue => ({
  role: 'city',
  units: [{ id: 'u', name: '办公室', level: 'city', region: '450100' }],
  entries,
})

it.each([
  ['no entries', []],
  [
    'days and pages in any order',
    [
      entry('a', { published: '2026-03-01', page: 700 }),
      entry('b', { published: '1949-10-01', page: 12_345 }),
      entry('c', { published: '2024-02-29', page: 100 }),
    ],
  ],
  [
    'several packs, and fields that most lack',
    [
      entry('a', { index: 3, pack: 'city/base-1-01.json.gz' }),
      entry('b', { validity: 'repealed', supersededBy: 'a', demonstration: true }),
      entry('c', { kind: 'decision', stage: 'participation', opensOn: '2026-01-01', closesOn: '2026-02-01' }),
    ],
  ],
])('a catalogue with %s is read as it was written', (_, entries) => {
  expect(decodeCatalogue(encodeCatalogue(catalogue(entries)))).toEqual(catalogue(entries))
})

it('of another format is refused', () => {
  expect(() => decodeCatalogue('{"format":2}')).toThrow('newer than this app')
})
