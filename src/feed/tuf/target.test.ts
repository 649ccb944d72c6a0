import { gzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { sha256 } from './hash.ts'
import { inflateTarget, targetLocation, verifyTarget } from './target.ts'
import type { TargetFile } from './types.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const target = (bytes: Uint8Array, more: Partial<TargetFile> = {}): TargetFile => ({
  path: 'city/catalog.json.gz',
  role: 'city',
  length: bytes.length,
  sha256: sha256(bytes),
  hashes: { sha256: sha256(bytes) },
  ...more,
})
const refusal = (code: string) => expect.objectContaining({ name: 'TufError', code, role: 'city' })

describe('verifyTarget', () => {
  const bytes = utf8('目录')

  test('takes the signed bytes', () => {
    expect(() => verifyTarget(bytes, target(bytes))).not.toThrow()
  })

  test('takes upper-case hexadecimal', () => {
    expect(() => verifyTarget(bytes, target(bytes, { hashes: { sha256: sha256(bytes).toUpperCase() } }))).not.toThrow()
  })

  test.each([
    ['a byte more', new Uint8Array([...bytes, 0]), target(bytes), 'length'],
    ['a byte less', bytes.subarray(1), target(bytes), 'length'],
    ['another byte', new Uint8Array([...bytes.subarray(1), 0]), target(bytes), 'hash'],
    ['no hash that is known here', bytes, target(bytes, { hashes: { md5: '0' } }), 'hash'],
    ['a hash named like a method', bytes, target(bytes, { hashes: { toString: '0' } }), 'hash'],
  ])('refuses %s', (_, given, file, code) => {
    expect(() => verifyTarget(given, file)).toThrow(refusal(code))
  })

  test('every known hash must agree', () => {
    const hashers = { sha256, length: (b: Uint8Array) => String(b.length) }
    const hashes = { sha256: sha256(bytes), length: '6', other: '?' }
    expect(() => verifyTarget(bytes, target(bytes, { hashes }), hashers)).not.toThrow()
    expect(() => verifyTarget(bytes, target(bytes, { hashes: { ...hashes, length: '7' } }), hashers)).toThrow(
      refusal('hash'),
    )
  })
})

describe('targetLocation', () => {
  const file = target(utf8('x'))

  test('puts the hash before the name, where the root says so', () => {
    expect(targetLocation(file, true)).toBe(`city/${file.sha256}.catalog.json.gz`)
    expect(targetLocation({ ...file, path: 'catalog' }, true)).toBe(`${file.sha256}.catalog`)
    expect(targetLocation(file, false)).toBe('city/catalog.json.gz')
  })

  test('takes another hash where there is no SHA-256', () => {
    expect(targetLocation({ ...file, sha256: '', hashes: { sm3: 'abc' } }, true)).toBe('city/abc.catalog.json.gz')
  })
})

describe('inflateTarget', () => {
  const text = utf8('南宁市'.repeat(5000))
  const packed = gzipSync(text)
  const inflate = (bytes: Uint8Array, inflated: unknown, max?: number) =>
    inflateTarget(bytes, target(bytes, { custom: { inflated } }), max)

  test('gives exactly what was packed', () => {
    expect(inflate(packed, text.length)).toEqual(text)
    expect(inflate(gzipSync(new Uint8Array(0)), 0)).toEqual(new Uint8Array(0))
  })

  test('gives what does not compress, of more than one slice, and with a name in the header', () => {
    const noise = utf8(Array.from({ length: 1500 }, (_, i) => sha256(utf8(String(i)))).join(''))
    expect(inflate(gzipSync(noise, { filename: 'noise.bin', level: 0 }), noise.length)).toEqual(noise)
    expect(inflate(gzipSync(noise, { filename: 'noise.bin' }), noise.length)).toEqual(noise)
  })

  test.each([
    ['a result that is longer than signed', packed, text.length - 1, 'length'],
    ['a result that is shorter than signed', packed, text.length + 1, 'length'],
    ['a file that was cut off', packed.subarray(0, packed.length / 2), text.length, 'format'],
    ['no gzip', utf8('{"records":[]}'), 14, 'format'],
    ['an empty file', new Uint8Array(0), 0, 'format'],
    ['no signed length', packed, undefined, 'format'],
    ['a signed length that is no number', packed, '15000', 'format'],
    ['a negative signed length', packed, -1, 'format'],
    ['a signed length that is not a number', packed, NaN, 'format'],
  ])('refuses %s', (_, bytes, inflated, code) => {
    expect(() => inflate(bytes, inflated)).toThrow(refusal(code))
  })

  test('refuses a signed length beyond the limit before it allocates anything', () => {
    expect(() => inflate(packed, 2 ** 52)).toThrow(refusal('length'))
    expect(() => inflate(packed, text.length, text.length - 1)).toThrow(refusal('length'))
  })

  test('stops a bomb at its first slices, whatever its own trailer says', () => {
    const bomb = gzipSync(new Uint8Array(40_000_000))
    // Who read on to the second half would find that it is no gzip.
    bomb.fill(0xff, bomb.length / 2)
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(bomb.length - 4, 1000, true)
    expect(() => inflate(bomb, 1000)).toThrow(refusal('length'))
    expect(() => inflate(bomb, 30_000_000)).toThrow(refusal('format'))
  })
})
