import { createPrivateKey, type KeyObject } from 'node:crypto'
import * as v from 'valibot'
import { canonicalBytes } from '../../feed/tuf/canonical-json.ts'
import { CommandError } from '../errors.ts'
import { readTextIfThere } from '../files.ts'
import type { World } from '../world.ts'
import { decrypt, encrypt, type ScryptCost } from './encryption.ts'
import { generateKey, keyidOf, signingKey, type SigningKey } from './key.ts'

/** The top-level roles of TUF, and the publishing roles. */
export const roleName = /^(?:root|targets|snapshot|timestamp|province|city|district-\d{6})$/u

const hex = (digits: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${String(digits)}}$`, 'u')))
const integer = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most))

const publicPart = {
  format: v.literal(1),
  /** The role that signs with it. */
  role: v.pipe(v.string(), v.regex(roleName)),
  /** Who holds it. */
  owner: v.optional(v.string()),
  /** See world.ts. Demonstration keys are for preview. */
  world: v.optional(v.picklist(['preview', 'production'])),
  /** Made for demonstration: it lies open, whoever has the file can sign. */
  demonstration: v.optional(v.literal(true)),
  keyid: hex(64),
  key: v.strictObject({
    keytype: v.literal('ed25519'),
    scheme: v.literal('ed25519'),
    keyval: v.strictObject({ public: hex(64) }),
  }),
}

const publicKeyFile = v.object(publicPart)

const keyFile = v.strictObject({
  ...publicPart,
  private: v.variant('protection', [
    v.strictObject({ protection: v.literal('none'), pkcs8: v.string() }),
    v.strictObject({
      protection: v.literal('passphrase'),
      kdf: v.strictObject({
        name: v.literal('scrypt'),
        n: integer(2 ** 20),
        r: integer(16),
        p: integer(16),
        salt: v.string(),
      }),
      cipher: v.strictObject({ name: v.literal('aes-256-gcm'), iv: v.string(), tag: v.string() }),
      data: v.string(),
    }),
  ]),
})

/** The public part of a key, for the others: `….pub.json`. */
export type PublicKeyFile = v.InferOutput<typeof publicKeyFile>

/** A key: its public part, and the private one, open or under a passphrase. */
export type KeyFile = v.InferOutput<typeof keyFile>

/** A fresh key for demonstrations, unprotected and marked as such. */
export function makeKey(role: string): KeyFile {
  const privateKey = generateKey()
  const { keyid, key } = signingKey(privateKey)
  const pkcs8 = exported(privateKey).toString('base64')
  return { format: 1, role, demonstration: true, keyid, key, private: { protection: 'none', pkcs8 } }
}

/** A fresh key under a passphrase. */
export function makeProtectedKey(
  of: { readonly role: string; readonly owner: string; readonly world: World },
  passphrase: string,
  cost?: ScryptCost,
): KeyFile {
  const privateKey = generateKey()
  const { keyid, key } = signingKey(privateKey)
  return protect({ format: 1, ...of, keyid, key }, privateKey, passphrase, cost)
}

/** The same key under another passphrase. @throws {Error} for a wrong one */
export function changePassphrase(file: KeyFile, from: string, to: string, cost?: ScryptCost): KeyFile {
  return protect(publicPartOf(file), openPrivate(file, from), to, cost)
}

function protect(about: PublicKeyFile, privateKey: KeyObject, passphrase: string, cost?: ScryptCost): KeyFile {
  const encrypted = encrypt(exported(privateKey), passphrase, aboutBytes(about), cost)
  return { ...about, private: { protection: 'passphrase', ...encrypted } }
}

const exported = (privateKey: KeyObject): Buffer => privateKey.export({ format: 'der', type: 'pkcs8' })

/** What is readable in the clear and still cannot be changed without the passphrase. */
const aboutBytes = (file: PublicKeyFile): Uint8Array =>
  canonicalBytes({
    format: file.format,
    role: file.role,
    owner: file.owner ?? '',
    world: file.world ?? '',
    keyid: file.keyid,
  })

/** The part of a key file that may be given to anyone. */
export function publicPartOf(file: PublicKeyFile): PublicKeyFile {
  const { format, role, owner, world, demonstration, keyid, key } = file
  return {
    format,
    role,
    ...(owner === undefined ? {} : { owner }),
    ...(world === undefined ? {} : { world }),
    ...(demonstration === undefined ? {} : { demonstration }),
    keyid,
    key,
  }
}

/**
 * Makes a key file ready to sign.
 * @param passphrase for a key that has one
 * @throws {Error} for a wrong passphrase, or when its halves do not belong together
 */
export function openKey(file: KeyFile, passphrase = ''): SigningKey {
  const key = signingKey(openPrivate(file, passphrase))
  if (key.keyid !== file.keyid) throw new Error('its private half does not belong to its key id')
  return key
}

function openPrivate(file: KeyFile, passphrase: string): KeyObject {
  const { private: half } = file
  const pkcs8 =
    half.protection === 'none' ? Buffer.from(half.pkcs8, 'base64') : decrypt(half, passphrase, aboutBytes(file))
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
}

/** Reads the text of a key file. @throws {Error} when it is not one */
export function parseKeyFile(text: string): KeyFile {
  const parsed = v.safeParse(keyFile, JSON.parse(text))
  if (!parsed.success) throw new Error('not a key file of a known format')
  return { ...parsed.output, ...parsePublicKey(text) }
}

/** Reads the public part of a key file, or a file of the public part alone. @throws {Error} when it is neither */
export function parsePublicKey(text: string): PublicKeyFile {
  const json = JSON.parse(text) as unknown
  const parsed = v.safeParse(publicKeyFile, json)
  if (!parsed.success) throw new Error('not a key file of a known format')
  const file = parsed.output
  if (keyidOf(file.key) !== file.keyid) throw new Error('its key id does not belong to its public key')
  const whole = v.safeParse(keyFile, json)
  const open = whole.success && whole.output.private.protection === 'none'
  return publicPartOf(open ? { ...file, demonstration: true } : file)
}

/** Reads a key file. @throws {CommandError} */
export const readKeyFile = (file: string): Promise<KeyFile> => read(file, parseKeyFile)

/** Reads the public part of a key from `….pub.json` or `….key.json`. @throws {CommandError} */
export const readPublicKey = (file: string): Promise<PublicKeyFile> => read(file, parsePublicKey)

async function read<T>(file: string, parse: (text: string) => T): Promise<T> {
  const text = await readTextIfThere(file)
  if (text === undefined) throw new CommandError(`没有密钥文件 ${file}。`, `There is no key file ${file}.`)
  return readable(file, () => parse(text))
}

/** Says of which key file an error speaks. */
export function readable<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandError(`密钥文件 ${file} 不能用：${reason}`, `The key file ${file} cannot be used: ${reason}`)
  }
}

/** Opens a key file with a passphrase. @throws {CommandError} */
export function unlock(name: string, file: KeyFile, passphrase: string): SigningKey {
  try {
    return openKey(file, passphrase)
  } catch {
    throw new CommandError(
      `打不开密钥文件 ${name}：口令不对，或者文件被改动过。再试一次，或从备份恢复文件。`,
      `Cannot open ${name}: wrong passphrase, or the file was changed. Try again, or restore the file from a backup.`,
    )
  }
}
