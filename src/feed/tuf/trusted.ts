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
}

/** The verified metadata as others see it. */
export function trustedMetadata(parts: Parts, maxDelegations: number): TrustedMetadata {
  const { roots, timestamp, snapshot, targets, absent, refused } = parts
  // A copy: roles that are followed later belong to a later result.
  const followed = new Map(parts.followed)
  const signers = [targets, ...Array.from(followed.values())]
  const root = roots[roots.length - 1]!
  const current = [root, timestamp, snapshot, ...signers]

  const files = new Map<string, Uint8Array>()
  roots.slice(1).forEach((file) => files.set(rootName(file.signed.version), file.bytes))
  current.slice(1).forEach((file) => files.set(localName(file.role), file.bytes))

  const target = (path: string): TargetFile | undefined => {
    const result = searchTarget(path, targets.signed, (d) => followed.get(d)?.signed, maxDelegations)
    return 'found' in result ? result.found : undefined
  }
  return {
    files,
    versions: new Map(current.map((file) => [file.role, file.signed.version])),
    expires: new Map(current.map((file) => [file.role, file.signed.expires])),
    signedAt: timestamp.signed.asOf,
    absent: absent.slice(),
    refused: refused.slice(),
    expiredAt: (now) => current.filter((f) => !(f.signed.expiresAt > now.getTime())).map((f) => f.role),
    target,
    targetsOf(role) {
      const signer = signers.find((file) => file.role === role)
      return signer ? Array.from(signer.signed.targets.values()).filter((t) => target(t.path) === t) : []
    },
    locationOf: (t) => targetLocation(t, root.signed.consistentSnapshot),
  }
}
