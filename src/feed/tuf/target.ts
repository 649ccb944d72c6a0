import { Gunzip } from 'fflate'
import { hashedPath, type GzipTargetCustom } from '../layout.ts'
import { TufError } from './errors.ts'
import { defaultHashers, hashProblem, type Hashers } from './hash.ts'
import { defaultLimits } from './limits.ts'
import type { TargetFile } from './types.ts'

/**
 * Checks a target's bytes against what its role signed (TUF 5.7.3).
 * @throws {TufError} `length`, `hash`
 */
export function verifyTarget(bytes: Uint8Array, target: TargetFile, hashers: Hashers = defaultHashers): void {
  if (bytes.length !== target.length) {
    const message = `${target.path} has ${bytes.length} bytes, signed are ${target.length}`
    throw new TufError('length', target.role, '5.7.3', message)
  }
  const problem = hashProblem(bytes, target.hashes, hashers)
  if (problem) throw new TufError('hash', target.role, '5.7.3', `${target.path}: ${problem}`)
}

/** Where a target lies below `targets/` (TUF 5.7.3, 6.2.2). */
export function targetLocation(target: TargetFile, consistentSnapshot: boolean): string {
  if (!consistentSnapshot) return target.path
  return hashedPath(target.path, target.sha256 || target.hashes[Object.keys(target.hashes).sort()[0]!]!)
}

/** Header, empty body and trailer of gzip (RFC 1952), bytes. */
const shortestGzip = 20

/** Compressed bytes to inflate at a time: they can grow to about four million at the most. */
const sliceLength = 4096

/**
 * Inflates a verified gzip target, whose signed `custom.inflated` (see feed/layout) must be exactly
 * the length of the result. Stops at the first bytes that are too many, so that a small file
 * can neither fill the memory nor keep the box busy.
 * @param maxLength what is not even begun, bytes
 * @throws {TufError} `format`, `length`
 */
export function inflateTarget(
  bytes: Uint8Array,
  target: TargetFile,
  maxLength: number = defaultLimits.inflatedLength,
): Uint8Array {
  const refuse = (code: 'format' | 'length', what: string): TufError =>
    new TufError(code, target.role, '', `${target.path}: ${what}`)
  const { inflated } = (target.custom ?? {}) as Partial<Record<keyof GzipTargetCustom, unknown>>
  if (typeof inflated !== 'number' || !(inflated >= 0)) throw refuse('format', 'custom.inflated is no length')
  if (inflated > maxLength) throw refuse('length', `${inflated} bytes inflated, at most ${maxLength} are taken`)

  if (bytes.length < shortestGzip) throw refuse('format', 'not gzip: too short')
  const result = new Uint8Array(inflated)
  let length = 0
  const gunzip = new Gunzip((chunk) => {
    if (length + chunk.length > inflated) throw refuse('length', `inflates to more than the signed ${inflated} bytes`)
    result.set(chunk, length)
    length += chunk.length
  })
  try {
    for (let from = 0; from < bytes.length; from += sliceLength) {
      gunzip.push(bytes.subarray(from, from + sliceLength), from + sliceLength >= bytes.length)
    }
  } catch (error) {
    if (error instanceof TufError) throw error
    throw refuse('format', `not gzip: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (length !== inflated) throw refuse('length', `inflates to ${length} bytes, signed are ${inflated}`)
  return result
}
