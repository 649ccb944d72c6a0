import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'

/** Cost of deriving a key from a passphrase (RFC 7914): `n` a power of two, memory 128·n·r bytes. */
export interface ScryptCost {
  readonly n: number
  readonly r: number
  readonly p: number
}

/** 128 MB and a third of a second on a desktop computer for each guess. */
export const defaultCost: ScryptCost = { n: 2 ** 17, r: 8, p: 1 }

/** A secret under a passphrase: scrypt and AES-256-GCM. Bytes are in base64. */
export interface Encrypted {
  readonly kdf: { readonly name: 'scrypt'; readonly salt: string } & ScryptCost
  readonly cipher: { readonly name: 'aes-256-gcm'; readonly iv: string; readonly tag: string }
  readonly data: string
}

/** Characters that a passphrase has at least. */
export const minimumPassphrase = 12

/** The most memory that a key file may ask for, in bytes. */
const maxMemory = 1_073_741_824

/**
 * Encrypts a secret.
 * @param about bytes that stand beside it in the clear and must not be changed either
 */
export function encrypt(secret: Uint8Array, passphrase: string, about: Uint8Array, cost = defaultCost): Encrypted {
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derive(passphrase, salt, cost), iv).setAAD(about)
  const data = Buffer.concat([cipher.update(secret), cipher.final()])
  return {
    kdf: { name: 'scrypt', ...cost, salt: salt.toString('base64') },
    cipher: { name: 'aes-256-gcm', iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64') },
    data: data.toString('base64'),
  }
}

/** Decrypts a secret. @throws {Error} for another passphrase, or when anything was changed */
export function decrypt(encrypted: Encrypted, passphrase: string, about: Uint8Array): Uint8Array {
  const { kdf, cipher, data } = encrypted
  const key = derive(passphrase, Buffer.from(kdf.salt, 'base64'), kdf)
  const options = { authTagLength: 16 }
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(cipher.iv, 'base64'), options)
  decipher.setAuthTag(Buffer.from(cipher.tag, 'base64')).setAAD(about)
  return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()])
}

/** The passphrase in one form of Unicode, however the keyboard composed it. */
function derive(passphrase: string, salt: Uint8Array, { n, r, p }: ScryptCost): Buffer {
  return scryptSync(passphrase.normalize('NFC'), salt, 32, { N: n, r, p, maxmem: maxMemory })
}
