import { verify as verifyEd25519 } from '@stablelib/ed25519'
import { TufError } from './errors.ts'
import { fromHex } from './hash.ts'
import type { Authority, Envelope, Key } from './metadata.ts'
import type { Verifiers } from './types.ts'

/** What the box knows by itself: Ed25519, the public value being 32 bytes in hexadecimal (TUF 4.2.2). */
export const defaultVerifiers: Verifiers = {
  'ed25519/ed25519': (publicValue, message, signature) => {
    const key = fromHex(publicValue)
    return key !== undefined && verifyEd25519(key, message, signature)
  },
}

/**
 * Checks that a threshold of the authority's keys has signed (TUF 5.3.4, 5.4.2, 5.5.3, 5.6.3).
 *
 * A keyid counts once, and a key counts once even where it is listed under several keyids:
 * a keyid need not be the hash of its key, so that only this keeps one stolen key from
 * being two. What cannot be a signature, or is of an unknown scheme, counts as none.
 * @throws {TufError} `signature`
 */
export function verifyThreshold(file: Envelope<unknown>, authority: Authority, verifiers: Verifiers, clause: string): void {
  const counted = new Set<string>()
  for (const keyid of authority.keyids) {
    if (counted.size >= authority.threshold) return
    const key = authority.keys.get(keyid)
    const signature = file.signatures.get(keyid)
    if (!key || signature === undefined || counted.has(identity(key))) continue
    if (signatureHolds(key, file.message, signature, verifiers)) counted.add(identity(key))
  }
  if (counted.size < authority.threshold) {
    throw new TufError(
      'signature',
      file.role,
      clause,
      `${counted.size} valid signatures of the ${authority.threshold} that are needed`,
    )
  }
}

function signatureHolds(key: Key, message: Uint8Array, signature: string, verifiers: Verifiers): boolean {
  const name = `${key.keytype}/${key.scheme}`
  const verifier = Object.prototype.hasOwnProperty.call(verifiers, name) ? verifiers[name] : undefined
  const bytes = fromHex(signature)
  if (!verifier || !bytes) return false
  try {
    return verifier(key.public, message, bytes)
  } catch {
    return false
  }
}

/** The same for the same key however it is written: upper or lower case, with or without line breaks. */
const identity = (key: Key): string =>
  `${key.keytype}/${key.scheme}/${key.public.replace(/\s+/g, '').toLowerCase()}`
