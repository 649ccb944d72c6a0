import { add, element, fromBytes, integer, inverse, mul, root, sub, toBytes, type Element } from './field.ts'
import { fromHex } from './hash.ts'
import { sha512 } from './sha2.ts'

/*
 * Verification of Ed25519 signatures (RFC 8032, 5.1.7). Everything here is public, so that nothing needs
 * to take the same time for all values, and the two multiplications are done as one.
 */

/** A point in extended coordinates (RFC 8032, 5.1.4): x = X/Z, y = Y/Z, x·y = T/Z. */
interface Point {
  readonly x: Element
  readonly y: Element
  readonly z: Element
  readonly t: Element
}

/** A point as `addTo` takes it: what depends on this summand alone. */
interface Summand {
  /** Y + X, Y − X, 2·Z, 2·d·T */
  readonly plus: Element
  readonly minus: Element
  readonly z2: Element
  readonly td2: Element
}

const one = integer(1)
const zero = integer(0)
const constant = (hex: string): Element => fromBytes(fromHex(hex)!)
/** d of the curve −x² + y² = 1 + d·x²·y². */
const d = constant('a3785913ca4deb75abd841414d0a700098e879777940c78c73fe6f2bee6c0352')
const d2 = element()
add(d2, d, d)
const rootOfMinusOne = constant('b0a00e4a271beec478e42fad0618432fa7d7fb3d99004d2b0bdfc14f8024832b')
/** The base point, whose y is 4/5. */
const baseBytes = new Uint8Array(32).fill(0x66)
baseBytes[0] = 0x58

/** L: the order of the base point, lowest byte first. */
const order = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')!

/** Windows of the two multiplications, bits: the table of the base point is made once, that of a key each time. */
const baseWindow = 7
const keyWindow = 5

let baseTable: readonly Summand[] | undefined

/**
 * Whether a signature holds. Strict: S below L, and the one right encoding of both points; without
 * the cofactor (as RFC 8032 allows): S·B = R + k·A itself must hold.
 * @param publicKey 32 bytes, else nothing holds
 * @param signature 64 bytes, likewise
 */
export function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const r = signature.subarray(0, 32)
  const s = signature.subarray(32)
  if (!isBelowOrder(s)) return false
  const a = decode(publicKey)
  if (!a) return false

  const hashed = new Uint8Array(64 + message.length)
  hashed.set(r)
  hashed.set(publicKey, 32)
  hashed.set(message, 64)
  const k = modOrder(sha512(hashed))

  // R must be S·B − k·A, in the encoding that it has.
  sub(a.x, zero, a.x)
  sub(a.t, zero, a.t)
  baseTable ??= oddMultiples(decode(baseBytes)!, baseWindow)
  return sameBytes(encode(sumOfProducts(s, baseTable, k, oddMultiples(a, keyWindow))), r)
}

/** RFC 8032, 5.1.3; undefined for what is not the encoding of a point. */
function decode(bytes: Uint8Array): Point | undefined {
  const sign = bytes[31]! >> 7
  const y = fromBytes(bytes)
  const canonical = toBytes(y)
  canonical[31]! |= sign << 7
  if (!sameBytes(canonical, bytes)) return undefined

  // x² = u/v; x = u·v³·(u·v⁷)^((p−5)/8), perhaps times √−1.
  const [u, v, v3, x, check, t] = [element(), element(), element(), element(), element(), element()]
  mul(t, y, y)
  sub(u, t, one)
  mul(v, t, d)
  add(v, v, one)
  mul(v3, v, v)
  mul(v3, v3, v)
  mul(t, v3, v3)
  mul(t, t, v)
  mul(t, t, u)
  mul(x, root(t), v3)
  mul(x, x, u)
  mul(check, x, x)
  mul(check, check, v)
  if (!isSame(check, u)) {
    mul(x, x, rootOfMinusOne)
    mul(check, x, x)
    mul(check, check, v)
    if (!isSame(check, u)) return undefined
  }
  const xBytes = toBytes(x)
  if (xBytes.every((byte) => byte === 0) && sign === 1) return undefined
  if ((xBytes[0]! & 1) !== sign) sub(x, zero, x)
  const product = element()
  mul(product, x, y)
  return { x, y, z: one.slice(), t: product }
}

/** RFC 8032, 5.1.2. */
function encode(p: Point): Uint8Array {
  const z = inverse(p.z)
  const x = element()
  const y = element()
  mul(x, p.x, z)
  mul(y, p.y, z)
  const bytes = toBytes(y)
  bytes[31]! |= (toBytes(x)[0]! & 1) << 7
  return bytes
}

/** 1·P, 3·P, 5·P … as many as digits of this width need. */
function oddMultiples(p: Point, width: number): readonly Summand[] {
  const at: Point = { x: p.x.slice(), y: p.y.slice(), z: p.z.slice(), t: p.t.slice() }
  const twice: Point = { x: p.x.slice(), y: p.y.slice(), z: p.z.slice(), t: p.t.slice() }
  double(twice, true)
  const step = summand(twice)
  const table = [summand(at)]
  while (table.length < 1 << (width - 2)) {
    addTo(at, step, false)
    table.push(summand(at))
  }
  return table
}

function summand(p: Point): Summand {
  const s = { plus: element(), minus: element(), z2: element(), td2: element() }
  add(s.plus, p.y, p.x)
  sub(s.minus, p.y, p.x)
  add(s.z2, p.z, p.z)
  mul(s.td2, p.t, d2)
  return s
}

/** m·P + n·Q by their odd multiples: one row of doublings for both. */
function sumOfProducts(m: Uint8Array, p: readonly Summand[], n: Uint8Array, q: readonly Summand[]): Point {
  const ofP = digits(m, baseWindow)
  const ofQ = digits(n, keyWindow)
  const sum: Point = { x: element(), y: one.slice(), z: one.slice(), t: element() }
  let at = ofP.length - 1
  while (at >= 0 && ofP[at] === 0 && ofQ[at] === 0) at--
  for (; at >= 0; at--) {
    const i = ofP[at]!
    const j = ofQ[at]!
    double(sum, i !== 0 || j !== 0)
    if (i !== 0) addTo(sum, p[Math.abs(i) >> 1]!, i < 0)
    if (j !== 0) addTo(sum, q[Math.abs(j) >> 1]!, j < 0)
  }
  return sum
}

/** The number as Σ digit[i]·2^i, where a digit is 0 or odd and smaller than 2^(width−1), and mostly 0 (wNAF). */
function digits(number: Uint8Array, width: number): Int8Array {
  const result = new Int8Array(257)
  const bit = (i: number): number => (i < 256 ? (number[i >> 3]! >> (i & 7)) & 1 : 0)
  let carry = 0
  for (let i = 0; i < 257; ) {
    if (bit(i) === carry) {
      i++
      continue
    }
    let digit = carry
    for (let n = 0; n < width; n++) digit += 2 ** n * bit(i + n)
    carry = digit >> (width - 1)
    result[i] = digit - (carry << width)
    i += width
  }
  return result
}

const [e, f, g, h] = [element(), element(), element(), element()]

/** RFC 8032, 5.1.4. @param withT whether an addition follows: only that needs T */
function double(p: Point, withT: boolean): void {
  add(e, p.x, p.y)
  mul(e, e, e)
  mul(f, p.x, p.x)
  mul(g, p.y, p.y)
  add(h, f, g)
  sub(e, h, e)
  sub(g, f, g)
  mul(f, p.z, p.z)
  add(f, f, f)
  add(f, f, g)
  finish(p, withT)
}

/** RFC 8032, 5.1.4; these formulas hold for all points. */
function addTo(p: Point, q: Summand, negative: boolean): void {
  sub(e, p.y, p.x)
  mul(e, e, negative ? q.plus : q.minus)
  add(f, p.y, p.x)
  mul(f, f, negative ? q.minus : q.plus)
  add(h, f, e)
  sub(e, f, e)
  mul(g, p.t, q.td2)
  mul(f, p.z, q.z2)
  if (negative) sub(g, zero, g)
  // F = D − C, G = D + C: by way of T, which is free until the end.
  add(p.t, f, g)
  sub(f, f, g)
  g.set(p.t)
  finish(p, true)
}

function finish(p: Point, withT: boolean): void {
  mul(p.x, e, f)
  mul(p.y, g, h)
  mul(p.z, f, g)
  if (withT) mul(p.t, e, h)
}

const isSame = (a: Element, b: Element): boolean => sameBytes(toBytes(a), toBytes(b))

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, i) => byte === b[i])

function isBelowOrder(s: Uint8Array): boolean {
  let i = 31
  while (i > 0 && s[i] === order[i]) i--
  return s[i]! < order[i]!
}

/** A number of 64 bytes modulo L, both lowest byte first: long division, a byte at a time. */
function modOrder(number: Uint8Array): Uint8Array {
  const rest = new Int32Array(33)
  for (let at = 63; at >= 0; at--) {
    rest.copyWithin(1, 0, 32)
    rest[0] = number[at]!
    // L is a little above 2^252: this is the quotient, or one too many.
    subtractOrder(rest, (rest[32]! << 4) | (rest[31]! >> 4))
    if (rest[32]! < 0) subtractOrder(rest, -1)
  }
  return Uint8Array.from(rest.subarray(0, 32))
}

function subtractOrder(rest: Int32Array, times: number): void {
  let carry = 0
  for (let i = 0; i < 33; i++) {
    const v = rest[i]! + carry - times * (i < 32 ? order[i]! : 0)
    carry = v >> 8
    // The last one keeps its sign.
    rest[i] = i < 32 ? v & 255 : v
  }
}
