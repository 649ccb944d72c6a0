import { defaultHashers, type Hashers } from './hash.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { Authority, Envelope } from './metadata.ts'
import type { TufOptions, Verifiers } from './types.ts'
import { defaultVerifiers, verifyThreshold } from './verify.ts'

/** What one run of the client workflow judges by. */
export interface Rules {
  readonly verifiers: Verifiers
  readonly hashers: Hashers
  readonly limits: Limits
  /** The time that expiry is judged by (TUF 5.1), milliseconds since 1970; null leaves it unjudged. */
  readonly now: number | null
  /** Remembers for this run what was verified against whom, so that no signature is checked twice. */
  readonly verified: WeakMap<Uint8Array, { readonly authority: Authority; readonly file: Envelope<unknown> }>
}

export const rulesOf = (options: TufOptions, now: Date | null): Rules => ({
  verifiers: options.verifiers ?? defaultVerifiers,
  hashers: options.hashers ?? defaultHashers,
  limits: { ...defaultLimits, ...options.limits },
  now: now && now.getTime(),
  verified: new WeakMap(),
})

/**
 * Reads a file and checks its signatures against one authority.
 * @throws {TufError} `length`, `format`, `signature`
 */
export function openSigned<T>(
  bytes: Uint8Array,
  authority: Authority,
  parse: (bytes: Uint8Array) => Envelope<T>,
  rules: Rules,
  clause: string,
): Envelope<T> {
  const known = rules.verified.get(bytes)
  // The authority object is the word of one delegator: what another one said does not count here.
  // A role's files have one shape, so that its authority tells T.
  if (known && known.authority === authority) return known.file as Envelope<T>
  const file = parse(bytes)
  verifyThreshold(file, authority, rules.verifiers, clause)
  rules.verified.set(bytes, { authority, file })
  return file
}
