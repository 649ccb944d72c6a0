import { canonicalize } from '@tufjs/canonical-json'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { parseStrictJson, type Json } from './strict-json.ts'

const cases: readonly (readonly [string, Json, string])[] = [
  ['no white space', { a: [1, { b: null }], c: true }, '{"a":[1,{"b":null}],"c":true}'],
  ['keys in order', { b: 1, a: 2, B: 3, '': 4, aa: 5, 10: 6, 9: 7 }, '{"":4,"10":6,"9":7,"B":3,"a":2,"aa":5,"b":1}'],
  ['only " and \\ are escaped', 'a"b\\c\n\t\u0000/', '"a\\"b\\\\c\n\t\u0000/"'],
  ['Chinese as it is', { 单位: '市政府' }, '{"单位":"市政府"}'],
  ['characters beyond the BMP', '𠮷👍', '"𠮷👍"'],
  ['negative integers', [-1, 0, 9007199254740991], '[-1,0,9007199254740991]'],
  ['empty ones', { a: {}, b: [], c: '' }, '{"a":{},"b":[],"c":""}'],
]

describe('canonical JSON', () => {
  test.each(cases)('%s', (_, value, expected) => {
    expect(canonicalJson(value)).toBe(expected)
  })

  test.each(cases)('agrees with tuf-js: %s', (_, value) => {
    expect(canonicalJson(value)).toBe(canonicalize(value))
  })

  test('agrees with tuf-js on metadata as it is read', () => {
    const text = '{"signed": {"version" : 3, "meta": {"snapshot.json": {"version": 7}}, "x": ["\\u4e2d", "\\n"]}}'
    expect(canonicalJson(parseStrictJson(new TextEncoder().encode(text)))).toBe(canonicalize(JSON.parse(text)))
  })

  test('orders keys by code points, as clients in Python, Go and Rust do', () => {
    // U+FF01 is below U+1F44D, but its UTF-16 unit is above those of a surrogate pair.
    expect(canonicalJson({ '👍': 1, '！': 2 })).toBe('{"！":2,"👍":1}')
  })
})
