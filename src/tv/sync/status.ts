/** What the household may be told about the box's dealings with the feed. */
export interface SyncStatus {
  readonly phase: 'idle' | 'checking' | 'fetching'
  /** Bytes of the files that are being fetched: arrived, and in all. 0/0 outside `fetching`. */
  readonly done: number
  readonly total: number
  /** False when the last attempt could not reach the feed; null before the first. */
  readonly reachable: boolean | null
  /** Time of the last completed check, ISO 8601 UTC; null when there was none. */
  readonly lastSuccess: string | null
  /** What went wrong last, until something goes right. */
  readonly problem: SyncProblem | null
}

export type SyncProblem =
  /** No answer from any of the feed's addresses. */
  | 'unreachable'
  /** The answer did not carry a valid signature or hash: not shown. */
  | 'refused'
  /** Signed, but past its expiry, by a clock that we have reason to believe. */
  | 'expired'
  /** The box cannot keep what it received; it will be gone after a restart. */
  | 'storage'
