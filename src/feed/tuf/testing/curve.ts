import { createHash } from 'node:crypto'

/*
 * Ed25519 by the book (RFC 8032, 5.1), in BigInt: slow, short and plain, to compare the box's
 * verification with.
 */

export const p = 2n ** 255n - 19n
/** Order of the base point. */
export const order = 2n ** 252n + 27742317777372353535851937790883648493n
const d = mod(-121665n * power(121666n, p - 2n))
const rootOfMinusOne = power(2n, (p - 1n) / 4n)

/** X, Y, Z, T. */
export type CurvePoint = readonly [bigint, bigint, bigint, bigint]

function mod(a: bigint, m = p): bigint {
  return ((a % m) + m) % m
}

function power(a: bigint, n: bigint): bigint {
  let result = 1n
  for (let square = mod(a); n > 0n; n >>= 1n, square = mod(square * square)) if (n & 1n) result = mod(result * square)
  return result
}

export const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`)
export const toBytes = (value: bigint): Uint8Array =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse())

/** RFC 8032, 5.1.3. */
export function decode(bytes: Uint8Array): CurvePoint | undefined {
  const number = toNumber(bytes)
  const sign = number >> 255n
  const y = number & (2n ** 255n - 1n)
  if (y >= p) return undefined
  const u = mod(y * y - 1n)
  const v = mod(d * y * y + 1n)
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (p - 5n) / 8n))
  if (mod(v * x * x) === mod(-u)) x = mod(x * rootOfMinusOne)
  if (mod(v * x * x) !== u) return undefined
  if (x === 0n && sign === 1n) return undefined
  if ((x & 1n) !== sign) x = mod(-x)
  return [x, y, 1n, mod(x * y)]
}

/** RFC 8032, 5.1.2. */
export function encode([x, y, z]: CurvePoint): Uint8Array {
  const inverse = power(z, p - 2n)
  return toBytes(mod(y * inverse) + ((mod(x * inverse) & 1n) << 255n))
}

/** RFC 8032, 5.1.4. */
export function sum(a: CurvePoint, b: CurvePoint): CurvePoint {
  const A = mod((a[1] - a[0]) * (b[1] - b[0]))
  const B = mod((a[1] + a[0]) * (b[1] + b[0]))
  const C = mod(a[3] * 2n * d * b[3])
  const D = mod(a[2] * 2n * b[2])
  const [E, F, G, H] = [B - A, D - C, D + C, B + A]
  return [mod(E * F), mod(G * H), mod(F * G), mod(E * H)]
}

export function times(n: bigint, point: CurvePoint): CurvePoint {
  let result: CurvePoint = [0n, 1n, 1n, 0n]
  for (let twice = point; n > 0n; n >>= 1n, twice = sum(twice, twice)) if (n & 1n) result = sum(result, twice)
  return result
}

export const basePoint = decode(toBytes(mod(4n * power(5n, p - 2n))))!

/** RFC 8032, 5.1.7, without the cofactor. */
export function verifyByTheBook(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const r = decode(signature.subarray(0, 32))
  const s = toNumber(signature.subarray(32))
  const a = decode(publicKey)
  if (!r || !a || s >= order) return false
  const hash = createHash('sha512').update(signature.subarray(0, 32)).update(publicKey).update(message).digest()
  const right = sum(r, times(mod(toNumber(hash), order), a))
  return Buffer.from(encode(times(s, basePoint))).equals(encode(right))
}
