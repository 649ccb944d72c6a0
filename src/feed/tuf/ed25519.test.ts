import * as stablelib from '@stablelib/ed25519'
import { createPublicKey, randomBytes, verify as verifyByNode } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verify } from './ed25519.ts'
import { fromHex, toHex } from './hash.ts'
import { basePoint, decode, encode, order, p, sum, times, toBytes, verifyByTheBook } from './testing/curve.ts'

const bytes = (hex: string): Uint8Array => fromHex(hex)!
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts))

function openssl(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = Buffer.concat([bytes('302a300506032b6570032100'), publicKey])
  return verifyByNode(null, message, createPublicKey({ key, format: 'der', type: 'spki' }), signature)
}

/** RFC 8032, 7.1: public key, message, signature. */
const vectors = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
      '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
      '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
  [
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a' +
      '2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589' +
      '09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  ],
] as const

describe('RFC 8032, 7.1', () => {
  test.each(vectors)('%s', (publicKey, message, signature) => {
    const given = [publicKey, message, signature].map(bytes) as [Uint8Array, Uint8Array, Uint8Array]
    expect(verify(...given)).toBe(true)
    expect(stablelib.verify(...given)).toBe(true)
    // No bit of the key or of the signature may be another; the first and last of each byte are tried.
    for (const [part, length] of [[0, 256], [2, 512]] as const) {
      for (let bit = 0; bit < length; bit += bit % 8 === 7 ? 1 : 7) {
        const changed = given.map((b) => b.slice()) as typeof given
        changed[part][bit >> 3]! ^= 1 << (bit & 7)
        expect(verify(...changed), `${part} ${bit}`).toBe(false)
      }
    }
  })
})

/** A signed message and what can be done to it. */
function* mutations(): Generator<[Uint8Array, Uint8Array, Uint8Array]> {
  const { publicKey, secretKey } = stablelib.generateKeyPairFromSeed(Uint8Array.from(randomBytes(32)))
  const message = Uint8Array.from(randomBytes(randomBytes(1)[0]!))
  const signature = stablelib.sign(secretKey, message)
  yield [publicKey, message, signature]
  const flip = (of: Uint8Array): Uint8Array => {
    const changed = of.slice()
    const bit = randomBytes(2).readUInt16LE() % (8 * of.length)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    return changed
  }
  for (let n = 0; n < 5; n++) {
    yield [flip(publicKey), message, signature]
    yield [publicKey, message, flip(signature)]
    yield [Uint8Array.from(randomBytes(32)), message, signature]
    yield [publicKey, message, join(randomBytes(32), signature.subarray(32))]
    yield [publicKey, message, join(signature.subarray(0, 32), randomBytes(32))]
  }
  yield [publicKey, join(message, new Uint8Array(1)), signature]
}

const told = (given: readonly Uint8Array[]): string => given.map(toHex).join(' ')

test('the same as OpenSSL for more than 1,500 random and changed inputs, and as stablelib for some', () => {
  let held = 0
  for (let n = 0; n < 60; n++) {
    for (const given of mutations()) {
      const holds = verify(...given)
      if (holds) held++
      expect(holds, told(given)).toBe(openssl(...given))
      if (n < 6) expect(holds, told(given)).toBe(stablelib.verify(...given))
    }
  }
  expect(held).toBe(60)
})

/** The points whose order divides eight: 1, 2, 4, 4, 8, 8, 8, 8. */
const smallPoints = [
  toBytes(1n),
  toBytes(p - 1n),
  toBytes(0n),
  toBytes(2n ** 255n),
  ...['26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'].map(bytes),
]

describe('points at the edges', () => {
  const message = bytes('00')

  test('with keys of small and of mixed order, and sums at both ends of the order: by the book', () => {
    const small = smallPoints.map((point) => decode(point)!)
    const keys = [...smallPoints, encode(sum(basePoint, small[4]!)), encode(sum(times(5n, basePoint), small[1]!))]
    let held = 0
    for (const s of [0n, 1n, 2n, 2n ** 252n, order - 1n]) {
      for (const publicKey of keys) {
        for (const point of small) {
          const r = encode(sum(times(s, basePoint), point))
          const given = [publicKey, message, join(r, toBytes(s))] as const
          const holds = verify(...given)
          if (holds) held++
          expect(holds, told(given)).toBe(verifyByTheBook(...given))
        }
      }
    }
    // A key of order one holds for every sum at least.
    expect(held).toBeGreaterThan(5)
  })

  test('a sum that is not below the order', () => {
    const [publicKey, text, signature] = vectors[1].map(bytes) as [Uint8Array, Uint8Array, Uint8Array]
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`)
    for (let more = 1n; s + more * order < 2n ** 256n; more++) {
      expect(verify(publicKey, text, join(signature.subarray(0, 32), toBytes(s + more * order)))).toBe(false)
    }
    const one = smallPoints[0]!
    expect(verify(one, message, join(one, toBytes(0n)))).toBe(true)
    for (const s of [order, 2n * order, 2n ** 256n - 1n]) {
      expect(verify(one, message, join(one, toBytes(s)))).toBe(false)
    }
  })

  test.each([
    ['p + 1, which is 1', p + 1n],
    ['p, which is 0', p],
    ['2^255 − 1', 2n ** 255n - 1n],
    ['1 with the sign of a zero', 2n ** 255n + 1n],
    ['p − 1 with the sign of a zero', 2n ** 255n + p - 1n],
    ['p + 1 with a sign', 2n ** 255n + p + 1n],
    ['2, which is on no point', 2n],
  ])('no encoding of a point: %s', (_, value) => {
    const one = smallPoints[0]!
    const wrong = toBytes(value)
    for (const s of [0n, 1n]) {
      for (const r of [one, wrong, encode(basePoint)]) expect(verify(wrong, message, join(r, toBytes(s)))).toBe(false)
      expect(verify(one, message, join(wrong, toBytes(s)))).toBe(false)
    }
  })

  test('another number of bytes', () => {
    const [publicKey, text, signature] = vectors[0].map(bytes) as [Uint8Array, Uint8Array, Uint8Array]
    expect(verify(publicKey.subarray(1), text, signature)).toBe(false)
    expect(verify(join(publicKey, bytes('00')), text, signature)).toBe(false)
    expect(verify(publicKey, text, signature.subarray(0, 63))).toBe(false)
    expect(verify(publicKey, text, join(signature, bytes('00')))).toBe(false)
    expect(verify(new Uint8Array(0), text, new Uint8Array(0))).toBe(false)
  })
})
