import type { TufError } from './errors.ts'
import type { Hashers } from './hash.ts'
import type { Limits } from './limits.ts'

/**
 * Metadata files byte for byte as they came, by their local name: `timestamp.json`,
 * `snapshot.json`, `targets.json`, `city.json` (percent-encoded role name) … and the
 * chain of roots `2.root.json`, `3.root.json` … that leads away from the shipped one.
 * The whole chain is kept, so that it can be verified again from the shipped root.
 */
export type MetadataFiles = ReadonlyMap<string, Uint8Array>

/**
 * Fetches a file below `metadata/`: `2.root.json`, `timestamp.json`, `7.city.json`.
 * Resolves null when the server has no such file (404, 403); rejects with an error of
 * its own when the server cannot be reached; stops once more than `maxLength` bytes came
 * (what it resolves is measured again).
 */
export type FetchMetadata = (name: string, maxLength: number) => Promise<Uint8Array | null>

/**
 * Whether `signature` is the signature of `message` by the key. Must return false, or throw,
 * for anything that is malformed.
 * @param publicValue `keyval.public` of the key, as its scheme writes it
 * @param signature the signature's bytes (the metadata writes them in hexadecimal)
 */
export type Verifier = (publicValue: string, message: Uint8Array, signature: Uint8Array) => boolean

/** Verifiers by `keytype/scheme`: `ed25519/ed25519`. A key of an unknown scheme counts as not having signed. */
export type Verifiers = Readonly<Record<string, Verifier>>

export interface TufOptions {
  /** The root metadata that was shipped with the app: the only thing that is believed unseen. */
  readonly trustedRoot: Uint8Array
  /** Default: Ed25519 alone. */
  readonly verifiers?: Verifiers
  /** Default: SHA-256 alone. */
  readonly hashers?: Hashers
  readonly limits?: Partial<Limits>
}

export interface UpdaterOptions extends TufOptions {
  /** What the last refresh left. Empty or broken files are no error: they count as absent. */
  readonly kept: MetadataFiles
  readonly fetch: FetchMetadata
  /** The time that expiry is judged by, through the whole refresh (TUF 5.1). */
  readonly now: Date
  /**
   * Called with each file as soon as it is accepted, and with null for one that must be
   * forgotten (fast-forward recovery, TUF 5.3.11): what a refresh that fails later must not lose.
   *
   * A store that switches editions in one step collects these beside the edition, lays them
   * over the edition's files as the next `kept`, and drops them once it switches; the edition
   * itself is verified by its own files, so that a rotated key does not blank what is shown.
   */
  readonly persist?: (name: string, bytes: Uint8Array | null) => void | Promise<void>
  /** Awaited before each file is verified: the moment to let frames and keys through. */
  readonly pause?: () => Promise<void>
}

export interface RefreshOptions extends UpdaterOptions {
  /**
   * The roles to follow, by the word of the top-level targets role. One that it does not
   * delegate to, or that is not published yet, is no error but `absent`.
   */
  readonly roles: readonly string[]
  /**
   * Ask for the timestamp before the root: when it is, byte for byte, the kept one, and
   * all that was kept is whole and not expired, the refresh ends after this one request.
   * A frozen repository cannot hide longer than its timestamp's expiry. Default: false.
   */
  readonly timestampFirst?: boolean
}

export interface RefreshResult {
  /** False when everything is, byte for byte, what was kept. */
  readonly changed: boolean
  readonly trusted: TrustedMetadata
}

/** A file that a role has signed for. */
export interface TargetFile {
  /** TUF target path: `city/catalog.json.gz`. */
  readonly path: string
  /** Bytes. */
  readonly length: number
  /** Lower-case hexadecimal; '' when the role gave other hashes only. */
  readonly sha256: string
  /** All signed hashes by the name of their function, at least one. */
  readonly hashes: Readonly<Record<string, string>>
  /** What the publisher adds; its fields are of any shape: check before use. */
  readonly custom?: Readonly<Record<string, unknown>>
  /** The role that signed for it. */
  readonly role: string
}

/** One consistent set of metadata in which every file is signed by the chain from the shipped root. Immutable. */
export interface TrustedMetadata {
  /** Exactly the files that this set stands on; hand them to `verifyKept` at the next start. */
  readonly files: MetadataFiles
  /** Version by role name: `root`, `timestamp`, `snapshot`, `targets`, `city` … */
  readonly versions: ReadonlyMap<string, number>
  /** Signed expiry by role name, ISO 8601 UTC. */
  readonly expires: ReadonlyMap<string, string>
  /** 数据截至: `as-of` of the timestamp (see feed/layout), ISO 8601 UTC; '' when it has none. */
  readonly signedAt: string
  /** Roles that were asked for, but are not delegated to or not published. */
  readonly absent: readonly string[]
  /** Kept files that could not be believed and were passed over, for the operator's log. */
  readonly refused: readonly TufError[]
  /** Names of the roles that have expired at a time. */
  expiredAt(now: Date): readonly string[]
  /** The target of this path, found through the followed delegations in the order of TUF 5.6.7. */
  target(path: string): TargetFile | undefined
  /**
   * All targets that a followed role has signed for and is the one to sign for: paths outside
   * its delegation, or that belong to a role before it, are left out. Empty for any other role.
   */
  targetsOf(role: string): readonly TargetFile[]
  /** Where a target lies below `targets/`: with its hash before the name, where the root says so (TUF 6.2.2). */
  locationOf(target: TargetFile): string
}
