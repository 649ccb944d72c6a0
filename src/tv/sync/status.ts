import { TufError } from '../../feed/tuf/index.ts'
import { KeepingFault } from '../store/keeping.ts'
import { HttpError } from './http.ts'

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
  /** No answer from any of the feed's addresses, or none that has the file. */
  | 'unreachable'
  /** The answer did not carry a valid signature or hash: not shown. */
  | 'refused'
  /** Signed, but past its expiry, by a clock that we have reason to believe. */
  | 'expired'
  /** The box cannot keep what it received; it will be gone after a restart. */
  | 'storage'

/** What an error of a check means for the household. The exact words are in the log. */
export function problemOf(error: unknown): SyncProblem {
  if (error instanceof KeepingFault) return 'storage'
  if (error instanceof HttpError) return error.failure === 'too-long' ? 'refused' : 'unreachable'
  if (error instanceof TufError) {
    if (error.code === 'expired') return 'expired'
    return error.code === 'missing' ? 'unreachable' : 'refused'
  }
  return 'refused'
}

/** Gravest first: of several addresses that failed, the one that was caught lying is the news. */
const gravity: readonly SyncProblem[] = ['storage', 'refused', 'expired', 'unreachable']

/** The gravest of some errors; undefined when there are none. */
export function gravest(errors: readonly unknown[]): unknown {
  const rank = (error: unknown) => gravity.indexOf(problemOf(error))
  return errors.slice().sort((a, b) => rank(a) - rank(b))[0]
}
