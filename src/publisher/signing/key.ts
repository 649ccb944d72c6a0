import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
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

/** TUF 4.2.2: the hash of the key's canonical JSON. */
export const keyidOf = (key: PublicKey): string =>
  sha256(canonicalBytes({ keytype: key.keytype, scheme: key.scheme, keyval: { public: key.keyval.public } }))

/** A fresh private key. */
export const generateKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey

/** What can be done with a private key. */
export function signingKey(privateKey: KeyObject): SigningKey {
  const key = publicKeyOf(privateKey)
  return { keyid: keyidOf(key), key, sign: (message) => sign(null, message, privateKey).toString('hex') }
}

function publicKeyOf(privateKey: KeyObject): PublicKey {
  // A JWK of an Ed25519 key holds its 32 public bytes as `x` (RFC 8037).
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: Buffer.from(x, 'base64url').toString('hex') } }
}
