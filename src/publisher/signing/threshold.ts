import { TufError } from '../../feed/tuf/errors.ts'
import type { Authority, Envelope } from '../../feed/tuf/metadata.ts'
import { defaultVerifiers, verifyThreshold } from '../../feed/tuf/verify.ts'

/** How far the signing of a file has come, by the word of one authority. */
export interface SigningState {
  readonly threshold: number
  /** Whether a box would accept it. */
  readonly met: boolean
  /** Key ids whose signature holds. */
  readonly signed: readonly string[]
  /** Key ids that may sign and have not. */
  readonly missing: readonly string[]
}

/** Who has signed a file, judged as the box judges it. */
export function signingState(file: Envelope<unknown>, authority: Authority): SigningState {
  const signed = authority.keyids.filter((keyid) => holds(file, { ...authority, keyids: [keyid], threshold: 1 }))
  const missing = authority.keyids.filter((keyid) => !signed.includes(keyid))
  return { threshold: authority.threshold, met: holds(file, authority), signed, missing }
}

function holds(file: Envelope<unknown>, authority: Authority): boolean {
  try {
    verifyThreshold(file, authority, defaultVerifiers, '')
    return true
  } catch (error) {
    if (error instanceof TufError) return false
    throw error
  }
}
