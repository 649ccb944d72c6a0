import type { Authority, Envelope, Targets } from '../../feed/tuf/metadata.ts'
import { CommandError } from '../errors.ts'
import { keyLabel, ownersIn } from '../signing/key-names.ts'
import type { KeyringOptions } from '../signing/keyring.ts'
import { metadataTime } from '../signing/periods.ts'
import { signingState } from '../signing/threshold.ts'
import type { RenewReport } from './build.ts'
import { online, openKeyring } from './open-keyring.ts'
import { readContent, readPending } from './preparation.ts'
import { readPrevious } from './previous.ts'
import { prune } from './retention.ts'
import { finish } from './sign-edition.ts'
import { writeEdition } from './write.ts'

export interface PublishOptions extends Pick<KeyringOptions, 'passphrase'> {
  /** The folder that was prepared, with the signatures. */
  readonly prepared: string
  /** Folder of keys, with those of snapshot and timestamp. */
  readonly keys: string
  readonly out: string
  readonly at: Date
}

/**
 * Publishes what was prepared and has been signed: only when every role has its threshold are
 * snapshot and timestamp signed, and the edition written, timestamp last.
 * @throws {CommandError} when signatures or content are missing, or another edition came in between
 */
export async function publishPrepared(options: PublishOptions): Promise<RenewReport & { removed: readonly string[] }> {
  const { prepared, keys, out, at } = options
  const previous = await readPrevious(out)
  const pending = await readPending(prepared, previous)
  // Signatures are judged before any passphrase is asked for.
  const { root } = await openKeyring(keys, at, { out, roles: [] })
  const targets = pending.get('targets') ?? previous?.targets
  if (!targets) throw new CommandError(`${prepared} 里没有 targets.json。`, `There is no targets.json in ${prepared}.`)
  const unsigned: string[] = []
  const owners = await ownersIn(keys, prepared)
  const judge = (file: Envelope<Targets>, authority: Authority): void => {
    refuseExpired(file, at)
    const state = signingState(file, authority)
    if (state.met) return
    const names = state.missing.map((keyid) => keyLabel(keyid, owners)).join('、')
    const count = `${String(state.signed.length)}/${String(state.threshold)}`
    unsigned.push(`${file.role}.json（${count}，还没有签的：${names}）`)
  }
  judge(targets, root.signed.authorities.targets)
  const roles = new Map([...(previous?.roles ?? []), ...[...pending].filter(([role]) => role !== 'targets')])
  for (const [role, file] of roles) {
    const delegation = targets.signed.delegations.find((one) => one.role === role)
    if (!delegation) throw new CommandError(`targets.json 里没有角色「${role}」。`, `targets.json knows no role ${role}.`)
    judge(file, delegation)
  }
  if (unsigned.length > 0) {
    throw new CommandError(
      `签名还不够，没有发布：\n  ${unsigned.join('\n  ')}\n请他们各自运行 sign，把签好的文件拷回 ${prepared}。`,
      `Signatures are missing; nothing was published. Have them run sign, and copy the files back to ${prepared}.`,
    )
  }
  const content = (await Promise.all([...pending.values()].map((file) => readContent(prepared, out, file)))).flat()
  const below = new Map([...roles, ['targets', targets] as const].map(([role, file]) => [role, signedFile(file)]))
  const keyring = await openKeyring(keys, at, { ...online(options.passphrase), out })
  const edition = finish(keyring, below, previous, at)
  const written = await writeEdition(out, keyring, content, edition)
  return { asOf: metadataTime(at), versions: edition.versions, written, removed: await prune(out, at) }
}

const signedFile = ({ bytes, signed }: Envelope<Targets>) => ({ bytes, version: signed.version, fresh: false })

function refuseExpired({ role, signed }: Envelope<Targets>, at: Date): void {
  if (signed.expiresAt > at.getTime()) return
  throw new CommandError(
    `${role}.json 在 ${signed.expires} 已过期。重新运行 build --prepare，请各人签名。`,
    `${role}.json expired at ${signed.expires}. Run build --prepare again and have it signed.`,
  )
}
