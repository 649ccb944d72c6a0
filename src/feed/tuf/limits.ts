/** What is the most that is believed to be honest. Everything beyond is refused unread. */
export interface Limits {
  /** Bytes of one root metadata file. */
  readonly rootLength: number
  /** Bytes of timestamp metadata. */
  readonly timestampLength: number
  /** Bytes of snapshot metadata, where timestamp does not say its length. */
  readonly snapshotLength: number
  /** Bytes of targets metadata, top-level or delegated, where snapshot does not say its length. */
  readonly targetsLength: number
  /** Root versions that one refresh follows. */
  readonly rootRotations: number
  /** Delegated roles that one search for a target visits. */
  readonly delegations: number
  /** Bytes of a gzip target once inflated. */
  readonly inflatedLength: number
}

export const defaultLimits: Limits = {
  rootLength: 512_000,
  timestampLength: 16_384,
  snapshotLength: 2_000_000,
  targetsLength: 5_000_000,
  rootRotations: 256,
  delegations: 32,
  inflatedLength: 32_000_000,
}
