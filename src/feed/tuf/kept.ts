import { TufError } from './errors.ts'
import type { Delegation, Envelope, Root, Targets } from './metadata.ts'
import type { Rules } from './rules.ts'
import { localName, rootName, trustedMetadata } from './trusted.ts'
import type { MetadataFiles, TrustedMetadata } from './types.ts'
import {
  acceptSnapshot,
  acceptTargets,
  metaOf,
  openNextRoot,
  openTimestamp,
  openTrustedRoot,
} from './workflow.ts'

/*
 * Kept files are believed as little as fetched ones. These are generators that yield before each
 * file: their caller runs them through at once, or lets the screen go on in between.
 */

/**
 * The shipped root and the kept chain that leads away from it. A link that does not hold ends the
 * chain and is put among `refused`: what follows must then be signed by the root before it, or
 * be fetched again.
 * @throws {TufError} when the shipped root itself is none
 */
export function* keptRoots(
  trustedRoot: Uint8Array,
  kept: MetadataFiles,
  rules: Rules,
  refused: TufError[],
): Generator<void, Envelope<Root>[]> {
  yield
  let root = openTrustedRoot(trustedRoot, rules)
  const roots = [root]
  for (;;) {
    const bytes = kept.get(rootName(root.signed.version + 1))
    if (!bytes) return roots
    yield
    try {
      root = openNextRoot(bytes, root, rules)
    } catch (error) {
      refused.push(asTufError(error))
      return roots
    }
    roots.push(root)
  }
}

/**
 * Kept metadata of all roles, through the checks of TUF 5.3 to 5.6.
 * @throws {TufError}
 */
export function* keptMetadata(
  trustedRoot: Uint8Array,
  kept: MetadataFiles,
  roles: readonly string[],
  rules: Rules,
): Generator<void, TrustedMetadata> {
  const read = (role: string): Uint8Array => {
    const bytes = kept.get(localName(role))
    if (!bytes) throw new TufError('missing', role, '', 'metadata is not kept')
    return bytes
  }
  const refused: TufError[] = []
  const roots = yield* keptRoots(trustedRoot, kept, rules, refused)
  const root = roots[roots.length - 1]!.signed
  yield
  const timestamp = openTimestamp(read('timestamp'), root, rules)
  yield
  const snapshot = acceptSnapshot(read('snapshot'), root, timestamp.signed, undefined, rules)
  yield
  const { targets: authority } = root.authorities
  const meta = metaOf(snapshot.signed, 'targets')
  if (!meta) throw new TufError('missing', 'targets', '5.6.1', 'not listed by the snapshot')
  const targets = acceptTargets(read('targets'), authority, meta, rules)

  const followed = new Map<Delegation, Envelope<Targets>>()
  const absent: string[] = []
  for (const role of roles) {
    const delegation = targets.signed.delegations.find((d) => d.role === role)
    const listed = metaOf(snapshot.signed, role)
    if (!delegation || !listed) {
      absent.push(role)
      continue
    }
    yield
    followed.set(delegation, acceptTargets(read(role), delegation, listed, rules))
  }
  const { delegations: maxDelegations } = rules.limits
  return trustedMetadata({ roots, timestamp, snapshot, targets, followed, absent, refused, maxDelegations })
}

/** Runs a generator through at once. */
export function runThrough<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Runs a generator with a pause before every step. */
export async function runInSteps<T>(steps: Generator<void, T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await pause()
  }
}

/** What a check threw; anything but a refusal is an error of the program and goes on up. */
export function asTufError(error: unknown): TufError {
  if (error instanceof TufError) return error
  throw error
}
