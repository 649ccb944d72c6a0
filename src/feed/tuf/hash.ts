import { sha256 as digest256 } from './sha2.ts'

/** Digest of some bytes, in lower-case hexadecimal. */
export type Hasher = (bytes: Uint8Array) => string

/** Hash functions by the name that metadata uses: `sha256`. */
export type Hashers = Readonly<Record<string, Hasher>>

/** SHA-256, lower-case hexadecimal. */
export const sha256: Hasher = (bytes) => toHex(digest256(bytes))

/** What the box knows by itself. */
export const defaultHashers: Hashers = { sha256 }

/** Lower-case hexadecimal of some bytes. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i++) text += (bytes[i]! + 0x100).toString(16).slice(1)
  return text
}

/** The bytes of a hexadecimal text of either case; undefined when it is none. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** Whether two files are the same, byte for byte. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/**
 * Compares a file with the hashes that were signed for it. All that this client can compute
 * must agree, and it must be able to compute one at least: a file that nothing can be
 * said about is not believed.
 * @returns what is wrong; undefined when all is well
 */
export function hashProblem(
  bytes: Uint8Array,
  signed: Readonly<Record<string, string>>,
  hashers: Hashers,
): string | undefined {
  const known = Object.keys(signed).filter((name) => own(hashers, name))
  if (known.length === 0) return `none of its hashes is known here (${Object.keys(signed).join(', ')})`
  const wrong = known.find((name) => hashers[name]!(bytes) !== signed[name]!.toLowerCase())
  return wrong === undefined ? undefined : `${wrong} is not the signed one`
}

/** A value of a table by a name from outside; not what every object has by itself, such as `toString`. */
export const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined
