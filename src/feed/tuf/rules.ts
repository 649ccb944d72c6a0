import { defaultHashers, type Hashers } from './hash.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { TufOptions, Verifiers } from './types.ts'
import { defaultVerifiers } from './verify.ts'

/** What one run of the client workflow judges by. */
export interface Rules {
  readonly verifiers: Verifiers
  readonly hashers: Hashers
  readonly limits: Limits
  /** The time that expiry is judged by (TUF 5.1), milliseconds since 1970; null leaves it unjudged. */
  readonly now: number | null
}

export const rulesOf = (options: TufOptions, now: Date | null): Rules => ({
  verifiers: options.verifiers ?? defaultVerifiers,
  hashers: options.hashers ?? defaultHashers,
  limits: { ...defaultLimits, ...options.limits },
  now: now && now.getTime(),
})
