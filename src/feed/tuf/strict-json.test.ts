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
    '{"a":"a","b":["a","a","b"],"c":{"a":{"a":"c"}}}',
    '{"a{":1,"b,":"}","c\\"":"\\\\","d":"1.5"}',
    '{"__proto__":{"x":1},"toString":2}',
    nested(64),
  ])('%s', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text))
  })
})

describe('refuses what two readers could understand in two ways', () => {
  test.each([
    ['a duplicate key', '{"version":1,"version":2}', 'duplicate key "version" at character 13'],
    ['a duplicate key that is written otherwise', '{"a":1,"\\u0061":2}', 'duplicate key "a" at character 7'],
    ['a duplicate key after an inner object', '{"a":{"a":1},"b":[],"a":2}', 'duplicate key "a" at character 20'],
    ['a duplicate key among spaces', '{ "a" : 1 ,\n"a" : 2 }', 'duplicate key "a" at character 12'],
    ['a duplicate __proto__', '{"__proto__":1,"__proto__":2}', 'duplicate key "__proto__" at character 15'],
    ['65 levels', nested(65), 'more than 64 levels at character 64'],
    ['a million levels', '{"a":'.repeat(1_000_000), 'more than 64 levels at character 320'],
    ['a fraction', '1.5', 'number that is not an integer at character 0'],
    ['a fraction of zero', '[1.0]', 'number that is not an integer at character 1'],
    ['an exponent', '[1e9]', 'number that is not an integer at character 1'],
    ['an integer that rounds', '9007199254740993', 'number beyond 2^53 at character 0'],
    ['a number that is infinite', '9'.repeat(400), 'number beyond 2^53 at character 0'],
    ['a lone surrogate', '["\\ud800"]', 'lone surrogate in a string at character 1'],
    ['surrogates in the wrong order', '"\\udc4d\\ud83d"', 'lone surrogate in a string at character 0'],
    ['a lone surrogate in a key', '{"\\uDC4D":1}', 'lone surrogate in a string at character 1'],
  ])('%s', (_, text, message) => {
    expect(() => parse(text)).toThrow(new FormatError(message))
  })
})

describe('refuses what is no JSON', () => {
  test.each([
    ['nothing', ''],
    ['a cut-off object', '{"a":1'],
    ['a cut-off array', '[1,'],
    ['a cut-off string', '"abc'],
    ['a string whose end is escaped', '"abc\\"'],
    ['a second value', '{} {}'],
    ['a comma too many', '[1,]'],
    ['a key without quotes', '{a:1}'],
    ['a missing colon', '{"a" 1}'],
    ['NaN', 'NaN'],
    ['Infinity', '[-Infinity]'],
    ['a leading zero', '01'],
    ['a lone minus', '-'],
    ['a control character', '"a\nb"'],
    ['an unknown escape', '"\\x41"'],
    ['half an escape', '"\\u12"'],
    ['brackets that do not fit', '[}'],
    ['closing brackets only', ']]]'],
    ['a byte order mark', '\ufeff{}'],
    ['a comment', '{}//'],
  ])('%s', (_, text) => {
    expect(() => parse(text)).toThrow(FormatError)
  })

  test('broken UTF-8', () => {
    expect(() => parseStrictJson(Uint8Array.of(0x22, 0xc3, 0x22))).toThrow('not UTF-8')
    // An overlong quotation mark.
    expect(() => parseStrictJson(Uint8Array.of(0x22, 0xc0, 0xa2, 0x22))).toThrow('not UTF-8')
  })
})
