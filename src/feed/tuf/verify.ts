import { verify as verifyEd25519 } from './ed25519.ts'
import { TufError } from './errors.ts'
import { fromHex, own, sha256 } from './hash.ts'
import type { Authority, Envelope, Key } from './metadata.ts'
import type { Verifier, Verifiers } from './types.ts'

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
export function verifyThreshold(
  file: Envelope<unknown>,
  authority: Authority,
  verifiers: Verifiers,
  clause: string,
): void {
  const counted = new Set<string>()
  const { keyids, keys, threshold } = authority
  const digest = sha256(file.message)
  const reached = keyids.some((keyid) => {
    const key = keys.get(keyid)
    const signature = file.signatures.get(keyid)
    if (key && signature !== undefined && !counted.has(identity(key))) {
      if (signatureHolds(key, file.message, digest, signature, verifiers)) counted.add(identity(key))
    }
    return counted.size >= threshold
  })
  if (!reached) {
    const message = `${counted.size} valid signatures of the ${threshold} that are needed`
    throw new TufError('signature', file.role, clause, message)
  }
}

/**
 * Signatures that held, by the verifier that found so: `public value/signature/SHA-256 of the message`.
 * A box verifies what it keeps when it starts, and again before each refresh; on an old box
 * one Ed25519 signature takes as long as all the rest of a refresh.
 */
const held = new WeakMap<Verifier, Set<string>>()

/** A box needs about twenty; whatever comes, it is no more than a hundred kilobytes. */
const mostHeld = 256

function signatureHolds(
  key: Key,
  message: Uint8Array,
  digest: string,
  signature: string,
  verifiers: Verifiers,
): boolean {
  const verifier = own(verifiers, `${key.keytype}/${key.scheme}`)
  const bytes = fromHex(signature)
  if (!verifier || !bytes) return false
  const known = held.get(verifier) ?? new Set()
  const fact = `${key.public}/${signature}/${digest}`
  if (known.has(fact)) return true
  try {
    if (!verifier(key.public, message, bytes)) return false
  } catch {
    return false
  }
  if (known.size >= mostHeld) known.clear()
  held.set(verifier, known.add(fact))
  return true
}

/** The same for the same key however it is written: upper or lower case, with or without line breaks. */
const identity = (key: Key): string =>
  `${key.keytype}/${key.scheme}/${key.public.replace(/\s+/g, '').toLowerCase()}`
