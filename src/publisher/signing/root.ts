import { TufError } from '../../feed/tuf/errors.ts'
import type { Envelope, Root, TopLevelRole } from '../../feed/tuf/metadata.ts'
import { openNextRoot, openTrustedRoot } from '../../feed/tuf/checks.ts'
import { rulesOf } from '../../feed/tuf/rules.ts'
import { CommandError } from '../errors.ts'
import { worldNames, type World } from '../world.ts'
import type { PublicKeyFile } from './key-file.ts'
import { shortId } from './key-names.ts'
import type { PublicKey } from './key.ts'
import { encodeMetadata, rootMetadata, type Authority } from './metadata.ts'
import { worldOf } from './metadata-file.ts'
import { expiry } from './periods.ts'

/** In the order of the ceremony. */
export const topLevelRoles = ['root', 'targets', 'snapshot', 'timestamp'] as const satisfies readonly TopLevelRole[]

export type TopLevelAuthorities = Readonly<Record<TopLevelRole, Authority>>

export interface RootDraft {
  readonly version: number
  readonly world: World
  /** Days for which it will be good. */
  readonly days: number
  readonly authorities: TopLevelAuthorities
}

/**
 * Root metadata that nobody has signed yet.
 * @throws {CommandError} for thresholds that cannot be met, or keys that have two roles
 */
export function draftRoot(draft: RootDraft, now: Date): Uint8Array {
  const { version, world, days, authorities } = draft
  const seen = new Map<string, TopLevelRole>()
  for (const role of topLevelRoles) {
    const { keys, threshold } = authorities[role]
    if (threshold < 1 || threshold > keys.length) {
      throw new CommandError(
        `「${role}」有 ${String(keys.length)} 把密钥，门限 ${String(threshold)} 不成立。门限最少是 1，最多是密钥数。`,
        `${role} has ${String(keys.length)} keys; a threshold of ${String(threshold)} is impossible.`,
      )
    }
    for (const { keyid } of keys) {
      const other = seen.get(keyid)
      if (other !== undefined) {
        throw new CommandError(
          `密钥 ${shortId(keyid)} 在「${other}」和「${role}」里各列了一次。每把密钥只能列一次，另做一把。`,
          `The key ${shortId(keyid)} is listed for ${other} and for ${role}. Each key once; make another one.`,
        )
      }
      seen.set(keyid, role)
    }
  }
  if (world === 'production' && authorities.root.threshold < 2) {
    throw new CommandError(
      '正式的根证书至少要两人签名：门限写 2 或更多，不然一把密钥被盗就全盘失守。',
      'A production root needs at least two signatures: else one stolen key is enough to take over.',
    )
  }
  return encodeMetadata(rootMetadata({ version, expires: expiry(now, days) }, authorities, world), new Map())
}

/**
 * Refuses keys that were made for another role, the other world, or for demonstration.
 * @throws {CommandError}
 */
export function checkKeysFit(keys: readonly PublicKeyFile[], role: string, world: World): void {
  for (const { keyid, owner, role: made, world: of = 'preview', demonstration } of keys) {
    const name = `${owner ?? ''}（${shortId(keyid)}）`
    if (made !== role) {
      throw new CommandError(
        `密钥${name}是为「${made}」做的，不能用于「${role}」。`,
        `The key ${shortId(keyid)} was made for ${made}, not for ${role}.`,
      )
    }
    if (demonstration && world === 'production') throw demonstrationKey(keyid)
    if (of !== world) {
      throw new CommandError(
        `密钥${name}属于${worldNames[of]}环境，不能用于${worldNames[world]}环境。另做一把。`,
        `The key ${shortId(keyid)} belongs to ${of}, not to ${world}. Make another one.`,
      )
    }
  }
}

export const demonstrationKey = (keyid: string): CommandError =>
  new CommandError(
    `密钥 ${shortId(keyid)} 只供演示，没有加密，不能用于正式环境。用 keys new 另做一把。`,
    `The key ${shortId(keyid)} is for demonstration, unprotected, and cannot be used in production. Use keys new.`,
  )

/** The keys and thresholds of a root. */
export function authoritiesIn(root: Envelope<Root>): TopLevelAuthorities {
  const of = (role: TopLevelRole): Authority => {
    const { keyids, keys, threshold } = root.signed.authorities[role]
    return { keys: keyids.flatMap((keyid) => listed(keyid, keys.get(keyid)?.public)), threshold }
  }
  return { root: of('root'), targets: of('targets'), snapshot: of('snapshot'), timestamp: of('timestamp') }
}

/** A key as metadata lists it. Ours are all Ed25519. */
export function listed(keyid: string, publicValue: string | undefined): { keyid: string; key: PublicKey }[] {
  if (publicValue === undefined) return []
  return [{ keyid, key: { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: publicValue } } }]
}

/**
 * Verifies a chain of roots from the first, as a box does.
 * @returns the newest
 * @throws {CommandError} when a root is not signed by enough keys of its own and of the one before
 */
export function verifyRootChain(roots: ReadonlyMap<number, Uint8Array>): Envelope<Root> | null {
  const rules = rulesOf({ trustedRoot: new Uint8Array() }, null)
  let newest: Envelope<Root> | null = null
  for (const [version, bytes] of roots) {
    try {
      const next: Envelope<Root> = newest ? openNextRoot(bytes, newest, rules) : openTrustedRoot(bytes, rules)
      if (next.signed.version !== version) throw new TufError('format', 'root', '', 'of another version than its name')
      if (newest && worldOf(newest) !== worldOf(next)) throw new TufError('format', 'root', '', 'of another world')
      newest = next
    } catch (error) {
      if (!(error instanceof TufError)) throw error
      const name = `${String(version)}.root.json`
      throw new CommandError(
        `根证书 ${name} 不能用：${error.message}。用 root verify 查看还缺谁的签名。`,
        `The root metadata ${name} cannot be used: ${error.message}. root verify shows whose signature is missing.`,
      )
    }
  }
  return newest
}
