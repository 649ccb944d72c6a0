/*
 * Arithmetic modulo p = 2^255 − 19 in floating-point numbers, which every engine multiplies fast;
 * boxes have no BigInt.
 *
 * An element is Σ limb[i]·2^(22·i) of 12 limbs, which are whole numbers and may be negative.
 * "Carried" means that each is at most about 2^21 in size. A sum or difference of carried
 * elements is not carried; `mul` takes up to eight of them on either side: its largest column is
 * then 12 · (8·2^21)² < 2^52, which a double still holds exactly. Results of `mul` are carried.
 */

/** An element of the field; functions write their result into the first argument, which may be one of the others. */
export type Element = Float64Array

const limbs = 12
const base = 2 ** 22
/** 2^264 modulo p: what the limb after the last one is worth. */
const wrap = 19 * 2 ** 9

export const element = (): Element => new Float64Array(limbs)

export function integer(value: number): Element {
  const e = element()
  e[0] = value
  return e
}

export function add(o: Element, a: Element, b: Element): void {
  for (let i = 0; i < limbs; i++) o[i] = a[i]! + b[i]!
}

export function sub(o: Element, a: Element, b: Element): void {
  for (let i = 0; i < limbs; i++) o[i] = a[i]! - b[i]!
}

/** Columns of a product; the last one takes the carry. */
const t = new Float64Array(2 * limbs)

/** Rounds to a whole number: doubles of this size have no fraction. */
const round = 1.5 * 2 ** 52

/** o = a·b */
export function mul(o: Element, a: Element, b: Element): void {
  const b0 = b[0]!
  const b1 = b[1]!
  const b2 = b[2]!
  const b3 = b[3]!
  const b4 = b[4]!
  const b5 = b[5]!
  const b6 = b[6]!
  const b7 = b[7]!
  const b8 = b[8]!
  const b9 = b[9]!
  const b10 = b[10]!
  const b11 = b[11]!
  t.fill(0)
  for (let i = 0; i < limbs; i++) {
    const x = a[i]!
    t[i]! += x * b0
    t[i + 1]! += x * b1
    t[i + 2]! += x * b2
    t[i + 3]! += x * b3
    t[i + 4]! += x * b4
    t[i + 5]! += x * b5
    t[i + 6]! += x * b6
    t[i + 7]! += x * b7
    t[i + 8]! += x * b8
    t[i + 9]! += x * b9
    t[i + 10]! += x * b10
    t[i + 11]! += x * b11
  }
  // Carried first, so that the upper half stays exact when it is folded onto the lower.
  let carry = 0
  for (let i = 0; i < 2 * limbs - 1; i++) {
    const v = t[i]! + carry
    carry = v / base + round - round
    t[i] = v - carry * base
  }
  t[2 * limbs - 1] = carry
  carry = 0
  for (let i = 0; i < limbs; i++) {
    const v = t[i]! + wrap * t[i + limbs]! + carry
    carry = v / base + round - round
    o[i] = v - carry * base
  }
  const first = o[0]! + wrap * carry
  carry = first / base + round - round
  o[0] = first - carry * base
  o[1]! += carry
}

/** a^(2^n)·b, in a new element */
function raised(a: Element, n: number, b: Element): Element {
  const o = a.slice()
  for (let i = 0; i < n; i++) mul(o, o, o)
  mul(o, o, b)
  return o
}

/** a^(2^252 − 3) and a^(p − 2), the root of RFC 8032 5.1.3 and the inverse, by one chain. */
function power(a: Element, inverse: boolean): Element {
  const a2 = raised(a, 1, a)
  const a5 = raised(raised(a2, 2, a2), 1, a)
  const a10 = raised(a5, 5, a5)
  const a20 = raised(a10, 10, a10)
  const a50 = raised(raised(a20, 20, a20), 10, a10)
  const a100 = raised(a50, 50, a50)
  const a250 = raised(raised(a100, 100, a100), 50, a50)
  return inverse ? raised(a250, 5, raised(a, 3, a2)) : raised(a250, 2, a)
}

export const inverse = (a: Element): Element => power(a, true)
export const root = (a: Element): Element => power(a, false)

/** The element that 255 bits give, lowest first; the highest bit of the last byte is passed over. */
export function fromBytes(bytes: Uint8Array): Element {
  const e = element()
  for (let bit = 0; bit < 255; bit++) {
    if ((bytes[bit >> 3]! >> (bit & 7)) & 1) e[Math.floor(bit / 22)]! += 2 ** (bit % 22)
  }
  return e
}

/** 32 bytes, lowest first: the number below p. Two elements are equal when these are. */
export function toBytes(a: Element): Uint8Array {
  const e = a.slice()
  // Whatever the limbs were, three times makes each of 22 bits.
  for (let n = 0; n < 3; n++) {
    const above = spread(e)
    e[0]! += wrap * above
  }
  // The last limb has 13 bits of the 255; what is above them is worth 19 each.
  for (let n = 0; n < 2; n++) {
    const above = Math.floor(e[11]! / 8192)
    e[11]! -= above * 8192
    e[0]! += 19 * above
    spread(e)
  }
  // At least p, when 19 more reach 2^255.
  const more = e.slice()
  more[0]! += 19
  spread(more)
  const reaches = more[11]! >= 8192
  if (reaches) more[11]! -= 8192
  const least = reaches ? more : e

  const bytes = new Uint8Array(32)
  for (let bit = 0; bit < 255; bit++) {
    bytes[bit >> 3]! |= ((least[Math.floor(bit / 22)]! >> (bit % 22)) & 1) << (bit & 7)
  }
  return bytes
}

/** Makes each limb 0 … 2^22 − 1. @returns what is left above the last one */
function spread(e: Element): number {
  let carry = 0
  for (let i = 0; i < limbs; i++) {
    const v = e[i]! + carry
    carry = Math.floor(v / base)
    e[i] = v - carry * base
  }
  return carry
}
