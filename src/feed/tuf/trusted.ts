import type { TufError } from './errors.ts'
import type { Delegation, Envelope, Root, Snapshot, Targets, Timestamp } from './metadata.ts'
import { searchTarget } from './search.ts'
import { targetLocation } from './target.ts'
import type { TargetFile, TrustedMetadata } from './types.ts'

/** Local name of a role's file. Percent-encoded, so that no role name leads out of a folder. */
export const localName = (role: string): string => `${encodeURIComponent(role)}.json`

/** Local name of a root of the chain. */
export const rootName = (version: number): string => `${version}.root.json`

/** Verified metadata that fits together. */
export interface Parts {
  /** The shipped root, and the chain that leads away from it. */
  readonly roots: readonly Envelope<Root>[]
  readonly timestamp: Envelope<Timestamp>
  readonly snapshot: Envelope<Snapshot>
  readonly targets: Envelope<Targets>
  /** Followed roles, each as verified by the word of this delegation. */
  readonly followed: ReadonlyMap<Delegation, Envelope<Targets>>
  readonly absent: readonly string[]
  readonly refused: readonly TufError[]
  readonly maxDelegations: number
}

export function trustedMetadata(parts: Parts): TrustedMetadata {
  const { roots, timestamp, snapshot, targets, followed } = parts
  const root = roots[roots.length - 1]!
  const delegated = Array.from(followed.values())
  const byRole = new Map([root, timestamp, snapshot, targets, ...delegated].map((file) => [file.role, file]))
  const files = new Map<string, Uint8Array>()
  for (const { signed, bytes } of roots.slice(1)) files.set(rootName(signed.version), bytes)
  for (const { role, bytes } of [timestamp, snapshot, targets, ...delegated]) files.set(localName(role), bytes)

  const target = (path: string): TargetFile | undefined => {
    const result = searchTarget(path, targets.signed, (d) => followed.get(d)?.signed, parts.maxDelegations)
    return 'found' in result ? result.found : undefined
  }
  return {
    files,
    versions: new Map(Array.from(byRole, ([role, file]) => [role, file.signed.version])),
    expires: new Map(Array.from(byRole, ([role, file]) => [role, file.signed.expires])),
    signedAt: timestamp.signed.asOf,
    absent: parts.absent,
    refused: parts.refused,
    expiredAt: (now) =>
      Array.from(byRole.values())
        .filter((file) => !(file.signed.expiresAt > now.getTime()))
        .map((file) => file.role),
    target,
    targetsOf(role) {
      const file = [targets, ...delegated].find((f) => f.role === role)
      return file ? Array.from(file.signed.targets.values()).filter((t) => target(t.path) === t) : []
    },
    locationOf: (t) => targetLocation(t, root.signed.consistentSnapshot),
  }
}
