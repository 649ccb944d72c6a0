import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { toHex } from './hash.ts'
import { sha256, sha512 } from './sha2.ts'

/** Bytes that look random, always the same. */
function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let i = 0, x = length + 1; i < length; i++) bytes[i] = (x = Math.imul(x, 1103515245) + 12345) >>> 16
  return bytes
}

const node = (name: string, bytes: Uint8Array): string => createHash(name).update(bytes).digest('hex')

test('of every length up to some blocks, and of some long messages, as Node computes them', () => {
  for (const length of [...Array(400).keys(), 1000, 4095, 65_536, 1_000_003]) {
    for (const bytes of [noise(length), new Uint8Array(length).fill(0xff)]) {
      expect(toHex(sha256(bytes)), `${length} bytes`).toBe(node('sha256', bytes))
      expect(toHex(sha512(bytes)), `${length} bytes`).toBe(node('sha512', bytes))
    }
  }
})

test('leaves the message and the constants as they are', () => {
  const bytes = noise(300)
  const first = toHex(sha512(bytes)) + toHex(sha256(bytes))
  expect(bytes).toEqual(noise(300))
  expect(toHex(sha512(bytes)) + toHex(sha256(bytes))).toBe(first)
})
