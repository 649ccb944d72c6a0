import { dropBlobs, keptBlobs } from './blobs.ts'
import type { Keeping } from './keeping.ts'

/** Blobs deleted in one transaction: few enough not to hold up a key press. */
const slice = 32

/**
 * Deletes every blob that is not needed, a slice at a time.
 * @param needed hashes of all targets of the shown edition, and of one that is being staged
 * @param pause awaited between slices
 * @returns how many were deleted
 */
export async function collectGarbage(
  keeping: Keeping,
  needed: ReadonlySet<string>,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const garbage = [...(await keptBlobs(keeping))].filter((sha256) => !needed.has(sha256))
  for (let at = 0; at < garbage.length; at += slice) {
    await pause()
    await dropBlobs(keeping, garbage.slice(at, at + slice))
  }
  return garbage.length
}
