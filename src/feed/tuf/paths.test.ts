import { describe, expect, test } from 'vitest'
import { sha256 } from './hash.ts'
import { inScope, matchesPattern } from './paths.ts'

describe('path patterns', () => {
  test.each([
    // The examples of the specification.
    ['targets/*.tgz', 'targets/foo.tgz', true],
    ['targets/*.tgz', 'targets/foo.txt', false],
    ['foo-version-?.tgz', 'foo-version-2.tgz', true],
    ['foo-version-?.tgz', 'foo-version-alpha.tgz', false],
    ['*.tgz', 'foo.tgz', true],
    ['*.tgz', 'targets/foo.tgz', false],
    ['foo.tgz', 'foo.tgz', true],
    ['foo.tgz', 'bar.tgz', false],
    // Ours.
    ['city/*', 'city/catalog.json.gz', true],
    ['city/*', 'city/images/a.jpg', false],
    ['city/*', 'city', false],
    ['city/*', 'city/', true],
    ['city/*', 'district-450103/catalog.json.gz', false],
    ['city/*', 'City/a', false],
    ['city/*', '/city/a', false],
    ['*', '', true],
    ['?', '', false],
    ['?', '𠮷', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'axxbyycz', false],
    ['*a*', 'bab', true],
    ['a*', 'ba', false],
    ['a**b', 'aXb', true],
    ['**/x', 'a/b/x', false],
    // Neither regular expressions nor other wildcards.
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['[ab]', '[ab]', true],
    ['a\\*', 'a*', false],
    ['{a,b}', 'a', false],
    ['.*', 'abc', false],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(matchesPattern(pattern, path)).toBe(expected)
  })

  test('a pattern of many stars comes to an end', () => {
    expect(matchesPattern('*a'.repeat(200) + 'b', 'a'.repeat(2000))).toBe(false)
  })
})

describe('scope of a delegation', () => {
  const path = 'city/catalog.json.gz'
  const hash = sha256(new TextEncoder().encode(path))

  test.each([
    ['one pattern of several', { paths: ['x/*', 'city/*'] }, true],
    ['no pattern', { paths: ['x/*'] }, false],
    ['an empty list', { paths: [] }, false],
    ['the beginning of the hash', { pathHashPrefixes: [hash.slice(0, 2)] }, true],
    ['the whole hash', { pathHashPrefixes: [hash] }, true],
    ['the beginning of another hash', { pathHashPrefixes: [hash[0] === '0' ? '1' : '0'] }, false],
    ['a middle part of the hash', { pathHashPrefixes: [hash.slice(1, 9)] }, false],
    ['nothing at all', {}, false],
  ])('%s: %s', (_, scope, expected) => {
    expect(inScope(scope, path)).toBe(expected)
  })
})
