import { verifyTarget, type TargetFile } from '../../feed/tuf/index.ts'
import type { Keeping, Place } from './keeping.ts'

/** Before the hash in the key of a blob: the bytes of a target exactly as they came. */
const prefix = 'blob:'

/** Bytes, and the hash that they were verified by. */
export interface HashedBytes {
  /** Lower-case hexadecimal. */
  readonly sha256: string
  readonly bytes: Uint8Array
}

const pairsOf = (blobs: readonly HashedBytes[]) => blobs.map((blob) => [prefix + blob.sha256, blob.bytes] as const)

/**
 * Keeps bytes that the caller has verified, all or none. Content-addressed: keeping the same again changes nothing.
 * @throws {KeepingFault} when there is no room at all
 */
export const keepBlobs = (keeping: Keeping, blobs: readonly HashedBytes[]): Promise<Place> => keeping.setMany(pairsOf(blobs))

/** The same for catalogues, which are kept in every lasting place. */
export const keepVitalBlobs = (keeping: Keeping, blobs: readonly HashedBytes[]): Promise<Place> =>
  keeping.setEverywhere(pairsOf(blobs))

/**
 * The kept bytes of a target, verified. Copies that do not match its hash are thrown away.
 * @returns the bytes; `absent` when they are not here; `damaged` when what was here did not match
 * @throws {KeepingFault} when the place that may have them is broken
 */
export async function readVerified(keeping: Keeping, target: TargetFile): Promise<Uint8Array | 'absent' | 'damaged'> {
  const matches = (copy: unknown): copy is Uint8Array => {
    try {
      if (!(copy instanceof Uint8Array)) return false
      verifyTarget(copy, target)
      return true
    } catch {
      return false
    }
  }
  const [first] = await keeping.getMany([prefix + target.sha256])
  if (first === undefined) return 'absent'
  if (matches(first)) return first
  for (const copy of await keeping.getEverywhere(prefix + target.sha256)) {
    if (matches(copy)) return copy
  }
  await dropBlobs(keeping, [target.sha256])
  return 'damaged'
}

/** Forgets these blobs. */
export const dropBlobs = (keeping: Keeping, hashes: readonly string[]): Promise<void> =>
  keeping.delMany(hashes.map((sha256) => prefix + sha256))

/** The hashes of all blobs that are here. */
export async function keptBlobs(keeping: Keeping): Promise<Set<string>> {
  const keys = await keeping.keys()
  return new Set(keys.filter((key) => key.indexOf(prefix) === 0).map((key) => key.slice(prefix.length)))
}
