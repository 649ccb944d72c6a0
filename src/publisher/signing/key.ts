import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { canonicalBytes } from '../../feed/tuf/canonical-json.ts'
import { sha256 } from '../../feed/tuf/hash.ts'

/** A public key as metadata lists it (TUF 4.2.2). */
export interface PublicKey {
  readonly keytype: 'ed25519'
  readonly scheme: 'ed25519'
  /** Lower-case hexadecimal. */
  readonly keyval: { readonly public: string }
}

/** A key that can sign. */
export interface SigningKey {
  readonly keyid: string
  readonly key: PublicKey
  /** Signature of some bytes, hexadecimal. */
  readonly sign: (message: Uint8Array) => string
}

/**
 * A key file. `protection` says how `pkcs8` must be opened; only unprotected
 * demonstration keys exist so far.
 */
export interface KeyFile {
  readonly format: 1
  /** The role that signs with it. */
  readonly role: string
  readonly keyid: string
  readonly key: PublicKey
  readonly private: { readonly protection: 'none'; readonly pkcs8: string }
}

/** TUF 4.2.2: the hash of the key's canonical JSON. */
export const keyidOf = (key: PublicKey): string =>
  sha256(canonicalBytes({ keytype: key.keytype, scheme: key.scheme, keyval: { public: key.keyval.public } }))

/** A fresh key for a role. */
export function makeKey(role: string): KeyFile {
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = publicKeyOf(privateKey)
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  return { format: 1, role, keyid: keyidOf(key), key, private: { protection: 'none', pkcs8 } }
}

/**
 * Opens the text of a key file.
 * @throws {Error} when it is not one, or its halves do not belong together
 */
export function openKey(text: string): { role: string; key: SigningKey } {
  const file = JSON.parse(text) as Partial<KeyFile>
  if (file.format !== 1 || typeof file.role !== 'string' || file.private?.protection !== 'none') {
    throw new Error('not a key file of a known format')
  }
  const privateKey = createPrivateKey({ key: Buffer.from(file.private.pkcs8, 'base64'), format: 'der', type: 'pkcs8' })
  const key = publicKeyOf(privateKey)
  const keyid = keyidOf(key)
  if (keyid !== file.keyid) throw new Error('its private half does not belong to its key id')
  return { role: file.role, key: { keyid, key, sign: (message) => sign(null, message, privateKey).toString('hex') } }
}

function publicKeyOf(privateKey: KeyObject): PublicKey {
  // A JWK of an Ed25519 key holds its 32 public bytes as `x` (RFC 8037).
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: Buffer.from(x, 'base64url').toString('hex') } }
}
