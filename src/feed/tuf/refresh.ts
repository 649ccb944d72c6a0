import { TufError } from './errors.ts'
import { sameBytes } from './hash.ts'
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
import { Workflow, type Run } from './workflow.ts'

/**
 * Refreshes from the network what was kept: the client workflow of TUF 5, with the roles to follow.
 * @throws {TufError} for what may not be believed: nothing then replaces what was kept, except
 * what `persist` was told
 * @throws the error of `fetch` when the server cannot be reached
 */
export async function refresh(options: RefreshOptions): Promise<RefreshResult> {
  const { kept, timestampFirst } = options
  let { fetch } = options
  if (timestampFirst) {
    const name = localName('timestamp')
    const before = kept.get(name)
    let early = await fetch(name, rulesOf(options, null).limits.timestampLength)
    if (early && before && sameBytes(early, before)) {
      const offline: FetchMetadata = (asked) => Promise.resolve(asked === name ? before : null)
      const trusted = await keptIsCurrent({ ...options, fetch: offline })
      if (trusted) return { changed: false, trusted }
    }
    // The whole workflow then, which need not fetch the timestamp once more.
    fetch = (asked, maxLength) => {
      if (asked !== name || !early) return options.fetch(asked, maxLength)
      const bytes = early
      early = null
      return Promise.resolve(bytes)
    }
  }
  const trusted = await update({ ...options, fetch })
  const changed = Array.from(trusted.files).some(([name, bytes]) => {
    const before = kept.get(name)
    return !before || !sameBytes(before, bytes)
  })
  return { changed, trusted }
}

async function update(options: RefreshOptions): Promise<TrustedMetadata> {
  const updater = new Updater(options)
  await updater.refresh()
  for (const role of options.roles) await updater.follow(role)
  return updater.trusted()
}

/** What is kept, when it is whole and nothing of it has expired, and the network has nothing but its timestamp. */
async function keptIsCurrent(options: RefreshOptions): Promise<TrustedMetadata | undefined> {
  try {
    const trusted = await update(options)
    return trusted.refused.length === 0 ? trusted : undefined
  } catch (error) {
    if (error instanceof TufError) return undefined
    throw error
  }
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
  const { kept, roles } = options
  const workflow = new Workflow(options.trustedRoot, kept, rulesOf(options, null))
  runOnKept(workflow.refresh(), kept)
  for (const role of roles) runOnKept(workflow.follow(role), kept)
  return workflow.trusted()
}

/** Runs at once, with the kept files in place of the network. */
function runOnKept(run: Run<unknown>, kept: MetadataFiles): void {
  let step = run.next()
  while (!step.done) {
    const { value } = step
    const local = value !== 'pause' && 'fetch' in value ? value.local : undefined
    step = run.next((local !== undefined && kept.get(local)) || null)
  }
}
