import { expect, it } from 'vitest'
import type { Entry } from '../../feed/catalogue.ts'
import type { TargetFile } from '../../feed/tuf/index.ts'
import { worthFirst } from './plan.ts'

const file = (path: string): TargetFile => ({ path, length: 1, sha256: path, hashes: { sha256: path }, role: 'city' })
const entry = (pack: string): Entry => ({
  ...{ id: pack, title: '', unit: 'u', published: '2026-03-01', page: 100, initials: '', pack, index: 0 },
  kind: 'news',
})

it.each([
  ['the packs of the newest entries first', ['a', 'b', 'c'], ['c', 'a', 'c', 'b'], ['c', 'a', 'b']],
  ['what no entry names at the end, in its own order', ['x', 'a', 'y'], ['a'], ['a', 'x', 'y']],
  ['nothing', [], ['a'], []],
])('%s', (_, files, packs, expected) => {
  expect(worthFirst(files.map(file), packs.map(entry)).map(({ path }) => path)).toEqual(expected)
})
