import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { parseRoot } from '../../feed/tuf/metadata.ts'
import { CommandError } from '../errors.ts'
import { isMissing, readIfThere, readTextIfThere, writeWhole } from '../files.ts'
import type { SigningKey } from './key.ts'
import { makeKey, openKey, parseKeyFile, parsePublicKey, readable, unlock, type PublicKeyFile } from './key-file.ts'
import { worldOf } from './metadata-file.ts'
import { rootMetadata, signMetadata, type Authority } from './metadata.ts'
import { verifyRootChain } from './root.ts'
import { expiry, isFresh, validDays } from './periods.ts'

/** The keys of a folder by role, and the chain of root metadata that lies beside them. */
export interface Keyring {
  /** Keys that were opened, ready to sign. */
  readonly keys: ReadonlyMap<string, readonly SigningKey[]>
  /** Public parts of all keys in the folder: of `….key.json` and `….pub.json`. */
  readonly publicKeys: ReadonlyMap<string, readonly PublicKeyFile[]>
  /** Root metadata files by version, from 1. */
  readonly roots: ReadonlyMap<number, Uint8Array>
}

export interface KeyringOptions {
  /** Roles whose private keys are opened; all of them when left out. */
  readonly roles?: readonly string[]
  /** Asks for the passphrase of a key file. */
  readonly passphrase?: (file: string) => Promise<string>
}

/** A publishing role and its review rule. */
export interface RoleRule {
  readonly role: string
  readonly threshold: number
}

export interface KeysReport {
  /** Key files that were made. */
  readonly made: readonly string[]
  /** Version of the newest root metadata. */
  readonly root: number
  /** Whether that was signed now. */
  readonly rootSigned: boolean
}

/** Keys and thresholds of the four top-level roles. */
const topLevel = {
  root: { keys: 3, threshold: 2 },
  targets: { keys: 1, threshold: 1 },
  snapshot: { keys: 1, threshold: 1 },
  timestamp: { keys: 1, threshold: 1 },
} as const

/** Root metadata is a few KB; a longer file is something else. */
const maxRootBytes = 512_000

const rootFile = (version: number): string => `${String(version)}.root.json`

/**
 * Makes the keys that a folder lacks: of the four top-level roles, and of each
 * publishing role as many as must sign. Signs root metadata when there is none,
 * and again in the second half of its year. The keys lie open in the folder: they are for
 * demonstration.
 */
export async function ensureKeys(folder: string, roles: readonly RoleRule[], now: Date): Promise<KeysReport> {
  const root = verifyRootChain((await loadKeyring(folder, { roles: [] })).roots)
  if (root && worldOf(root) === 'production') {
    throw new CommandError(
      `${folder} 是正式环境的密钥文件夹，不能放演示密钥。用 keys new 做密钥，用 root rotate 续签根证书。`,
      `${folder} holds production keys; no demonstration keys there. Use keys new, and root rotate to renew the root.`,
    )
  }
  const { keys } = await loadKeyring(folder)
  const wanted = [
    ...Object.entries(topLevel).map(([role, rule]) => ({ role, count: rule.keys })),
    ...roles.map(({ role, threshold }) => ({ role, count: threshold })),
  ]
  const made: string[] = []
  for (const { role, count } of wanted) {
    for (let n = (keys.get(role)?.length ?? 0) + 1; n <= count; n++) {
      const name = `${role}-${String(n)}.key.json`
      await writeWhole(path.join(folder, name), `${JSON.stringify(makeKey(role), null, 2)}\n`, 0o600)
      made.push(name)
    }
  }
  return { made, ...(await ensureRoot(folder, now)) }
}

async function ensureRoot(folder: string, now: Date): Promise<Pick<KeysReport, 'root' | 'rootSigned'>> {
  const keyring = await loadKeyring(folder)
  const newest = newestRoot(keyring)
  if (newest && isFresh(newest.expiresAt, now, validDays.root)) return { root: newest.version, rootSigned: false }
  const version = (newest?.version ?? 0) + 1
  const authority = (role: keyof typeof topLevel): Authority => ({
    keys: keyring.keys.get(role) ?? [],
    threshold: topLevel[role].threshold,
  })
  const signed = rootMetadata(
    { version, expires: expiry(now, validDays.root) },
    {
      root: authority('root'),
      targets: authority('targets'),
      snapshot: authority('snapshot'),
      timestamp: authority('timestamp'),
    },
    'preview',
  )
  await writeWhole(path.join(folder, rootFile(version)), signMetadata(signed, keyring.keys.get('root') ?? []))
  return { root: version, rootSigned: true }
}

/** The newest root of a keyring; null when it has none. */
export function newestRoot(keyring: Keyring): { version: number; expiresAt: number } | null {
  const version = Math.max(0, ...keyring.roots.keys())
  const bytes = keyring.roots.get(version)
  return bytes ? { version, expiresAt: parseRoot(bytes, maxRootBytes).signed.expiresAt } : null
}

/**
 * Reads a folder of keys; empty when it is not there.
 * @throws {CommandError} when a key file cannot be used
 */
export async function loadKeyring(folder: string, options: KeyringOptions = {}): Promise<Keyring> {
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (isMissing(error)) return []
    throw error
  })
  const keys = new Map<string, SigningKey[]>()
  const publicKeys = new Map<string, PublicKeyFile[]>()
  for (const name of names.filter((n) => /\.(?:key|pub)\.json$/u.test(n)).sort(byNumber)) {
    const text = (await readTextIfThere(path.join(folder, name))) ?? ''
    const about = readable(name, () => parsePublicKey(text))
    const before = publicKeys.get(about.role) ?? []
    if (!before.some(({ keyid }) => keyid === about.keyid)) publicKeys.set(about.role, [...before, about])
    if (!name.endsWith('.key.json') || options.roles?.includes(about.role) === false) continue
    keys.set(about.role, [...(keys.get(about.role) ?? []), await open(name, text, options)])
  }
  const roots = new Map<number, Uint8Array>()
  for (let version = 1; names.includes(rootFile(version)); version++) {
    const bytes = await readIfThere(path.join(folder, rootFile(version)))
    if (bytes) roots.set(version, bytes)
  }
  return { keys, publicKeys, roots }
}

const byNumber = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1)

async function open(name: string, text: string, { passphrase }: KeyringOptions): Promise<SigningKey> {
  const file = readable(name, () => parseKeyFile(text))
  if (file.private.protection === 'none') return readable(name, () => openKey(file))
  if (!passphrase) {
    throw new CommandError(
      `密钥文件 ${name} 有口令，这里不能输入。用 build --prepare、sign、publish 分步发布。`,
      `The key file ${name} has a passphrase, which cannot be given here. Use build --prepare, sign, publish.`,
    )
  }
  return unlock(name, file, await passphrase(name))
}

/**
 * The keys of a role.
 * @throws {CommandError} when there are fewer than must sign
 */
export function keysOf(keyring: Keyring, role: string, threshold: number): readonly SigningKey[] {
  const keys = keyring.keys.get(role) ?? []
  if (keys.length >= threshold) return keys
  throw new CommandError(
    `角色「${role}」要 ${String(threshold)} 把密钥签名，只有 ${String(keys.length)} 把。先运行 keys 命令。`,
    `The role ${role} needs ${String(threshold)} keys to sign, there are ${String(keys.length)}. Run keys first.`,
  )
}
