import { TufError } from './errors.ts'
import { sameBytes } from './hash.ts'
import { keptMetadata, runInSteps, runThrough } from './kept.ts'
import { rulesOf } from './rules.ts'
import { localName } from './trusted.ts'
import type {
  FetchMetadata,
  MetadataFiles,
  RefreshOptions,
  RefreshResult,
  TrustedMetadata,
  TufOptions,
} from './types.ts'
import { Updater } from './updater.ts'

/**
 * Refreshes from the network what was kept: the client workflow of TUF 5, with the roles to follow.
 * @throws {TufError} for what may not be believed: nothing then replaces what was kept, except
 * what `persist` was told
 * @throws the error of `fetch` when the server cannot be reached
 */
export async function refresh(options: RefreshOptions): Promise<RefreshResult> {
  let { fetch } = options
  if (options.timestampFirst) {
    const name = localName('timestamp')
    const bytes = await fetch(name, rulesOf(options, null).limits.timestampLength)
    const trusted = bytes && (await stillTrusted(bytes, options))
    if (trusted) return { changed: false, trusted }
    fetch = givenOnce(name, bytes, fetch)
  }
  const updater = new Updater({ ...options, fetch })
  await updater.refresh()
  for (const role of options.roles) await updater.follow(role)
  const trusted = updater.trusted()
  return { changed: !contains(options.kept, trusted.files), trusted }
}

/**
 * The same checks on kept files, without network. Expiry is not judged here (see `expiredAt`): what
 * was verified once stays readable in a house without network, and says how old it is.
 *
 * Give the files as `TrustedMetadata.files` had them. When a single followed role's file is
 * damaged, the error's `role` names it, and the others can be verified without it.
 * @throws {TufError} when anything is missing, or not signed by the chain from the shipped root
 */
export function verifyKept(
  options: TufOptions & { readonly kept: MetadataFiles; readonly roles: readonly string[] },
): TrustedMetadata {
  return runThrough(keptMetadata(options.trustedRoot, options.kept, options.roles, rulesOf(options, null)))
}

/** What is kept, when this timestamp says that it is current, and it is whole and not expired. */
async function stillTrusted(timestamp: Uint8Array, options: RefreshOptions): Promise<TrustedMetadata | undefined> {
  const kept = options.kept.get(localName('timestamp'))
  if (!kept || !sameBytes(kept, timestamp)) return undefined
  try {
    const steps = keptMetadata(options.trustedRoot, options.kept, options.roles, rulesOf(options, options.now))
    const trusted = await runInSteps(steps, async () => options.pause?.())
    const whole = trusted.refused.length === 0 && trusted.expiredAt(options.now).length === 0
    return whole ? trusted : undefined
  } catch (error) {
    if (error instanceof TufError) return undefined
    throw error
  }
}

/** Answers the first request for a file with what has been fetched already. */
function givenOnce(name: string, bytes: Uint8Array | null, fetch: FetchMetadata): FetchMetadata {
  let given = false
  return (asked, maxLength) => {
    if (asked !== name || given) return fetch(asked, maxLength)
    given = true
    return Promise.resolve(bytes)
  }
}

const contains = (kept: MetadataFiles, files: MetadataFiles): boolean =>
  Array.from(files).every(([name, bytes]) => {
    const before = kept.get(name)
    return before !== undefined && sameBytes(before, bytes)
  })
