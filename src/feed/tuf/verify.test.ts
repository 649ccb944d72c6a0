import { describe, expect, test } from 'vitest'
import type { Authority, Envelope } from './metadata.ts'
import { parseTargets } from './metadata.ts'
import { signed, testKey, type TestKey } from './testing/repository.ts'
import type { Verifier } from './types.ts'
import { defaultVerifiers, verifyThreshold } from './verify.ts'

const part = { _type: 'targets', spec_version: '1.0.34', version: 1, expires: '2030-01-01T00:00:00Z', targets: {} }
const file = (...signers: TestKey[]): Envelope<unknown> => parseTargets(signed(part, signers), 'city', 10_000)
const keys = ['a', 'b', 'c'].map(testKey)
const [a, b, c] = keys as [TestKey, TestKey, TestKey]

const authority = (threshold: number, listed: readonly TestKey[] = keys): Authority => ({
  role: 'city',
  threshold,
  keyids: listed.map((key) => key.keyid),
  keys: new Map(listed.map((k) => [k.keyid, { keytype: 'ed25519', scheme: 'ed25519', public: k.publicValue }])),
})
const holds = (f: Envelope<unknown>, by: Authority, verifiers = defaultVerifiers): boolean => {
  try {
    verifyThreshold(f, by, verifiers, '5.6.3')
    return true
  } catch {
    return false
  }
}

describe('thresholds', () => {
  const alias = { ...a, keyid: 'alias' }
  const shouted = { ...a, keyid: 'shouted', publicValue: a.publicValue.toUpperCase() }

  test.each<[string, Envelope<unknown>, Authority, boolean]>([
    ['1 of 3', file(b), authority(1), true],
    ['2 of 3', file(c, a), authority(2), true],
    ['3 of 3', file(a, b, c), authority(3), true],
    ['1 where 2 are needed', file(b), authority(2), false],
    ['none', file(), authority(1), false],
    ['others beside', file(testKey('x'), b, testKey('y'), c), authority(2), true],
    ['others only', file(testKey('x'), testKey('y')), authority(2), false],
    ['more needed than there are keys', file(a, b, c), authority(4), false],
    ['one key under two keyids', file(a, alias), authority(2, [a, alias]), false],
    ['one key written in two ways', file(a, shouted), authority(2, [a, shouted]), false],
    ['a keyid without key', file(a, b), { ...authority(2, [a]), keyids: [a.keyid, b.keyid] }, false],
    ['a signature for another keyid', file({ ...a, keyid: b.keyid }), authority(1), false],
  ])('%s: %s', (_, f, by, expected) => {
    expect(holds(f, by)).toBe(expected)
    // Once more: what is remembered of the first time changes nothing.
    expect(holds(f, by)).toBe(expected)
  })

  test.each(['', 'zz', 'abc', '00'.repeat(64), 'ff'.repeat(64), '00'.repeat(1000)])('no signature: %.20s', (sig) => {
    expect(holds({ ...file(a), signatures: new Map([[a.keyid, sig]]) }, authority(1))).toBe(false)
  })

  test.each(['', 'zz', '00'.repeat(31), '00'.repeat(32), 'ff'.repeat(32)])('no key: %.20s', (publicValue) => {
    const by = authority(1, [{ ...a, publicValue }])
    expect(holds(file(a), by)).toBe(false)
  })

  test('what is signed is the canonical text, not the file', () => {
    const f = file(a)
    expect(holds({ ...f, bytes: new Uint8Array(0) }, authority(1))).toBe(true)
    expect(holds({ ...f, message: f.message.slice(1) }, authority(1))).toBe(false)
  })
})

describe('verifiers', () => {
  test('are found by keytype and scheme', () => {
    expect(holds(file(a), authority(1), { 'ed25519/other': defaultVerifiers['ed25519/ed25519']! })).toBe(false)
    expect(holds(file(a), authority(1), {})).toBe(false)
  })

  test('that throw have found nothing', () => {
    const verifier: Verifier = () => {
      throw new Error('no such curve')
    }
    expect(holds(file(a), authority(1), { 'ed25519/ed25519': verifier })).toBe(false)
  })

  test('are asked once for a signature that held, and no more than the threshold needs', () => {
    let asked = 0
    const verifier: Verifier = (...given) => {
      asked++
      return defaultVerifiers['ed25519/ed25519']!(...given)
    }
    const verifiers = { 'ed25519/ed25519': verifier }
    expect(holds(file(a, b, c), authority(2), verifiers)).toBe(true)
    expect(asked).toBe(2)
    expect(holds(file(a, b, c), authority(2), verifiers)).toBe(true)
    expect(asked).toBe(2)
    expect(holds(file(a, b, c), authority(3), verifiers)).toBe(true)
    expect(asked).toBe(3)
  })

  test('are asked each time for one that did not hold', () => {
    let answer = false
    const verifiers = { 'ed25519/ed25519': () => answer }
    expect(holds(file(a), authority(1), verifiers)).toBe(false)
    answer = true
    expect(holds(file(a), authority(1), verifiers)).toBe(true)
  })
})
