import { gunzipSync, gzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { gzip } from './gzip.ts'

const content = new TextEncoder().encode('第一条 内容。'.repeat(100))

it('always gives the same bytes, with no time in them', () => {
  const bytes = gzip(content, undefined)
  expect(gunzipSync(bytes)).toEqual(content)
  expect(gzip(content, undefined)).toEqual(bytes)
  // RFC 1952: four bytes of time at offset 4.
  expect([...bytes.subarray(4, 8)]).toEqual([0, 0, 0, 0])
})

it('uses the file of the edition before again, when it holds the same', () => {
  const before = gzipSync(content, { level: 1, mtime: 0 })
  expect(gzip(content, before)).toBe(before)
})

it.each([
  ['another content of the same length', gzipSync(content.map((byte, i) => (i === 500 ? 0 : byte)))],
  ['a shorter content', gzipSync(content.subarray(1))],
  ['a longer content', gzipSync(new Uint8Array([...content, 1]))],
  ['rubbish', new Uint8Array([1, 2, 3])],
])('does not, when it holds %s', (_, before) => {
  expect(gunzipSync(gzip(content, before))).toEqual(content)
})
