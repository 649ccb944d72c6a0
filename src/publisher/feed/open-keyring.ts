import path from 'node:path'
import { sameBytes } from '../../feed/tuf/hash.ts'
import type { Envelope, Root } from '../../feed/tuf/metadata.ts'
import { CommandError } from '../errors.ts'
import { readIfThere } from '../files.ts'
import { loadKeyring, type Keyring, type KeyringOptions } from '../signing/keyring.ts'
import { worldOf } from '../signing/metadata-file.ts'
import { demonstrationKey, verifyRootChain } from '../signing/root.ts'
import { worldNames, type World } from '../world.ts'
import { versionedName } from './previous.ts'

/** Keys under a root that may publish. */
export interface OpenKeyring extends Keyring {
  readonly root: Envelope<Root>
  readonly world: World
}

export interface OpenOptions extends KeyringOptions {
  /** The folder of the feed that will be written. */
  readonly out: string
  /** The world that the content is for; any when left out. */
  readonly world?: World
}

/** The keys that publish by themselves, every day. */
export const online = (passphrase: KeyringOptions['passphrase']): KeyringOptions => ({
  roles: ['snapshot', 'timestamp'],
  ...(passphrase ? { passphrase } : {}),
})

/**
 * Reads a folder of keys for publishing, and verifies its roots as a box does.
 * @throws {CommandError} when there is no root, it is not signed as it must be or has expired, it
 * belongs to the other world, or the feed has another
 */
export async function openKeyring(folder: string, at: Date, options: OpenOptions): Promise<OpenKeyring> {
  const closed = await loadKeyring(folder, { roles: [] })
  const root = verifyRootChain(closed.roots)
  if (!root) {
    throw new CommandError(
      `${folder} 里没有密钥，先运行 keys 命令；正式环境先做根证书仪式（见 RUNBOOK.md）。`,
      `There are no keys in ${folder}; run the keys command first, or for production the root ceremony (RUNBOOK.md).`,
    )
  }
  if (root.signed.expiresAt <= at.getTime()) {
    throw new CommandError(
      '根证书已过期，先续签：演示用 keys 命令，正式环境用 root rotate。',
      'The root metadata has expired; renew it: with the keys command, in production with root rotate.',
    )
  }
  const world = worldOf(root)
  refuseOtherWorld(world, options.world)
  await refuseOtherRoot(closed, options.out)
  if (world === 'production') {
    const demonstration = [...closed.publicKeys.values()].flat().find((key) => key.demonstration)
    if (demonstration) throw demonstrationKey(demonstration.keyid)
  }
  const opened = await loadKeyring(folder, options)
  return { ...opened, keys: listedKeys(opened, root, options.roles), root, world }
}

/**
 * Without the keys of top-level roles that the root does not list, or lists no longer.
 * @throws {CommandError} when fewer of an asked-for role are left than must sign
 */
function listedKeys(keyring: Keyring, root: Envelope<Root>, asked: readonly string[] | undefined): Keyring['keys'] {
  const keys = new Map(keyring.keys)
  for (const role of ['targets', 'snapshot', 'timestamp'] as const) {
    if (asked?.includes(role) === false) continue
    const { keyids, threshold } = root.signed.authorities[role]
    const listed = (keys.get(role) ?? []).filter(({ keyid }) => keyids.includes(keyid))
    if (listed.length < threshold) {
      throw new CommandError(
        `根证书要 ${String(threshold)} 把「${role}」密钥签名，密钥文件夹里只有 ${String(listed.length)} 把。` +
          '把根证书列出的密钥文件放进去。',
        `The root wants ${String(threshold)} signatures of ${role}, there are ${String(listed.length)} such keys. ` +
          'Put the key files that the root lists there.',
      )
    }
    keys.set(role, listed)
  }
  return keys
}

function refuseOtherWorld(ofRoot: World, ofContent: World | undefined): void {
  if (ofContent === undefined || ofContent === ofRoot) return
  throw new CommandError(
    `feed.yaml 写的是${worldNames[ofContent]}环境，密钥文件夹的根证书是${worldNames[ofRoot]}环境，不能混用。` +
      '换一个密钥文件夹，或改「发布环境」。',
    `feed.yaml is for ${ofContent}, the root in the folder of keys for ${ofRoot}; they cannot be mixed. ` +
      'Use the other folder of keys, or change 发布环境.',
  )
}

/** A feed keeps its chain of roots for ever: boxes in the field start from any of them. */
async function refuseOtherRoot(keyring: Keyring, out: string): Promise<void> {
  for (const [version, bytes] of keyring.roots) {
    const name = versionedName('root.json', version)
    const published = await readIfThere(path.join(out, 'metadata', name))
    if (!published || sameBytes(published, bytes)) continue
    throw new CommandError(
      `发布文件夹 ${out} 里的 ${name} 和密钥文件夹里的不同：它们属于两套密钥，不能混用。`,
      `${name} in ${out} differs from that in the folder of keys: they belong to different roots and cannot be mixed.`,
    )
  }
}
