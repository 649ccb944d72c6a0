import { expect, test } from 'vitest'
import { add, element, fromBytes, integer, inverse, mul, sub, toBytes, type Element } from './field.ts'
import { p, toBytes as bytesOf, toNumber } from './testing/curve.ts'

/** The number that an element stands for. */
function valueOf(e: Element): bigint {
  let value = 0n
  e.forEach((limb, i) => (value += BigInt(limb) * 2n ** BigInt(22 * i)))
  return ((value % p) + p) % p
}

/** Elements whose limbs are as large as `mul` permits: all, at random, or of one sign. */
function* extremes(): Generator<Element> {
  const most = 8 * 2 ** 21
  for (const sign of [1, -1]) yield element().fill(sign * most)
  yield element().map((_, i) => (i % 2 === 0 ? most : -most))
  for (let n = 0; n < 300; n++) yield element().map(() => Math.round((2 * Math.random() - 1) * most))
  for (const value of [0n, 1n, p - 1n, p, p + 18n, 2n ** 255n - 1n]) yield fromBytes(bytesOf(value))
}

test('products, sums and differences are those of whole numbers, and products are carried', () => {
  const all = [...extremes()]
  all.forEach((a, i) => {
    const b = all[(7 * i) % all.length]!
    const o = element()
    mul(o, a, b)
    expect(valueOf(o)).toBe((valueOf(a) * valueOf(b)) % p)
    expect(Math.max(...o.map(Math.abs))).toBeLessThan(2 ** 21 + 2 ** 16)
    add(o, a, b)
    expect(valueOf(o)).toBe((valueOf(a) + valueOf(b)) % p)
    sub(o, a, b)
    expect(valueOf(o)).toBe((valueOf(a) + p - valueOf(b)) % p)
  })
})

test('the result may be one of the factors', () => {
  for (const a of extremes()) {
    const square = (valueOf(a) * valueOf(a)) % p
    mul(a, a, a)
    expect(valueOf(a)).toBe(square)
  }
})

test('bytes are those of the number below p, whatever the limbs', () => {
  for (const a of extremes()) {
    expect(toNumber(toBytes(a))).toBe(valueOf(a))
    expect(valueOf(fromBytes(toBytes(a)))).toBe(valueOf(a))
  }
  expect(toNumber(toBytes(integer(-1)))).toBe(p - 1n)
})

test('an element times its inverse is one', () => {
  for (const a of extremes()) {
    if (valueOf(a) === 0n) continue
    const carried = element()
    mul(carried, a, integer(1))
    const o = element()
    mul(o, carried, inverse(carried))
    expect(valueOf(o)).toBe(1n)
  }
})
