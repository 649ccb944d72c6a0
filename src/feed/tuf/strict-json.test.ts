import { describe, expect, test } from 'vitest'
import { FormatError, parseStrictJson } from './strict-json.ts'

const parse = (text: string) => parseStrictJson(new TextEncoder().encode(text))
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

describe('takes what JSON.parse takes, with the same result', () => {
  test.each([
    'null',
    ' [ true , false , null ] \r\n\t',
    '{}',
    '{"a":{"b":[1,{"c":""}]},"d":[]}',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u4e2d"',
    '"南宁市 \\ud83d\\udc4d 👍"',
    '[0,-1,9007199254740991,-9007199254740991]',
    nested(64),
  ])('%s', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text))
  })

  test('keys of every object’s prototype are keys like any other', () => {
    const object = parse('{"__proto__":{"x":1},"toString":2,"constructor":3}') as Record<string, unknown>
    expect(Object.keys(object)).toEqual(['__proto__', 'toString', 'constructor'])
    expect('x' in object).toBe(false)
    expect('hasOwnProperty' in object).toBe(false)
  })

  test('-0 is 0', () => {
    expect(Object.is(parse('-0'), 0)).toBe(true)
  })
})

describe('refuses', () => {
  test.each([
    ['nothing', '', 'ends too early at character 0'],
    ['a cut-off object', '{"a":1', 'expected "," or "}" at character 6'],
    ['a cut-off array', '[1,', 'ends too early at character 3'],
    ['a cut-off string', '"abc', 'ends inside a string at character 4'],
    ['a second value', '{} {}', 'more text after the value at character 3'],
    ['a comma too many', '[1,]', 'unexpected character at character 3'],
    ['a key without quotes', '{a:1}', 'expected a key at character 1'],
    ['a missing colon', '{"a" 1}', 'expected ":" at character 5'],
    ['a duplicate key', '{"version":1,"version":2}', 'duplicate key "version" at character 13'],
    ['a duplicate key that is written otherwise', '{"a":1,"\\u0061":2}', 'duplicate key "a" at character 7'],
    ['a duplicate __proto__', '{"__proto__":1,"__proto__":2}', 'duplicate key "__proto__" at character 15'],
    ['65 levels', nested(65), 'more than 64 levels at character 64'],
    ['a million levels', nested(1_000_000), 'more than 64 levels at character 64'],
    ['a fraction', '1.5', 'number that is not an integer at character 1'],
    ['an exponent', '1e9', 'number that is not an integer at character 1'],
    ['an integer that rounds', '9007199254740993', 'number beyond 2^53 at character 16'],
    ['a number that is infinite', '9'.repeat(400), 'number beyond 2^53 at character 400'],
    ['NaN', 'NaN', 'unexpected character at character 0'],
    ['a leading zero', '01', 'broken number at character 2'],
    ['a lone minus', '-', 'broken number at character 1'],
    ['a control character', '"a\nb"', 'control character inside a string at character 2'],
    ['an unknown escape', '"\\x41"', 'unknown escape at character 1'],
    ['an escape named like a method', '"\\toString', 'ends inside a string at character 10'],
    ['half an escape', '"\\u12"', 'broken \\u escape at character 1'],
    ['a lone surrogate', '"\\ud800"', 'lone surrogate inside a string at character 7'],
    ['surrogates in the wrong order', '"\\udc4d\\ud83d"', 'lone surrogate inside a string at character 13'],
    ['a byte order mark', '\ufeff{}', 'unexpected character at character 0'],
    ['a comment', '{}//', 'more text after the value at character 2'],
  ])('%s', (_, text, message) => {
    expect(() => parse(text)).toThrow(new FormatError(message))
  })

  test('broken UTF-8', () => {
    expect(() => parseStrictJson(Uint8Array.of(0x22, 0xc3, 0x22))).toThrow('not UTF-8')
    // An overlong quotation mark.
    expect(() => parseStrictJson(Uint8Array.of(0x22, 0xc0, 0xa2, 0x22))).toThrow('not UTF-8')
  })
})
