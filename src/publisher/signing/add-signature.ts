import type { Authority, Envelope, Root, Targets } from '../../feed/tuf/metadata.ts'
import { CommandError } from '../errors.ts'
import { shortId } from './key-names.ts'
import { withSignature, type AnyMetadata } from './metadata-file.ts'
import type { SigningKey } from './key.ts'
import { signingState } from './threshold.ts'

/** The metadata that says who may sign other metadata. */
export interface Delegators {
  readonly root?: Envelope<Root> | undefined
  /** The top-level targets metadata. */
  readonly targets?: Envelope<Targets> | undefined
  /** The root before, for root metadata: its keys must sign the next one too (TUF 5.3.4). */
  readonly previousRoot?: Envelope<Root> | undefined
}

/**
 * Who may sign some metadata.
 * @returns one authority; two for root metadata that follows another
 * @throws {CommandError} when the metadata that says so is missing, or does not know the role
 */
export function authoritiesOf(metadata: AnyMetadata, delegators: Delegators): readonly Authority[] {
  const { role } = metadata.envelope
  if (metadata.type === 'root') {
    const { previousRoot } = delegators
    const own = metadata.envelope.signed.authorities.root
    return previousRoot ? [own, previousRoot.signed.authorities.root] : [own]
  }
  if (role === 'targets' || role === 'snapshot' || role === 'timestamp') {
    if (delegators.root) return [delegators.root.signed.authorities[role]]
    throw new CommandError(
      `要知道谁可以签「${role}」，用 --root 给出根证书（或把它放在同一文件夹，名为 root.json）。`,
      `Who may sign ${role}? Give the root metadata with --root (or put it beside as root.json).`,
    )
  }
  if (!delegators.targets) {
    throw new CommandError(
      `要知道谁可以签「${role}」，用 --delegator 给出 targets.json（或把它放在同一文件夹）。`,
      `Who may sign ${role}? Give targets.json with --delegator (or put it beside).`,
    )
  }
  const delegation = delegators.targets.signed.delegations.find((one) => one.role === role)
  if (delegation) return [delegation]
  throw new CommandError(
    `targets.json 里没有角色「${role}」。检查文件名：文件名就是角色名。`,
    `targets.json knows no role ${role}. Check the name of the file: it is the name of the role.`,
  )
}

/**
 * A file with one more signature.
 * @throws {CommandError} for a key that may not sign it, or has signed it already
 */
export function addSignature(file: Envelope<unknown>, key: SigningKey, authorities: readonly Authority[]): Uint8Array {
  checkMaySign(file, key.keyid, authorities)
  return withSignature(file, key.keyid, key.sign(file.message))
}

/** Whether a key may sign a file and has not yet. @throws {CommandError} */
export function checkMaySign(file: Envelope<unknown>, keyid: string, authorities: readonly Authority[]): void {
  const states = authorities.filter(({ keyids }) => keyids.includes(keyid)).map((one) => signingState(file, one))
  if (states.length === 0) {
    throw new CommandError(
      `密钥 ${shortId(keyid)} 不在「${file.role}」的名单里，不能签。检查是否拿错了密钥或文件。`,
      `The key ${shortId(keyid)} is not listed for ${file.role} and cannot sign it. Check that key and file are right.`,
    )
  }
  if (states.some((state) => state.signed.includes(keyid))) {
    throw new CommandError(
      `这把密钥（${shortId(keyid)}）已经签过这个文件，不用再签。`,
      `This key (${shortId(keyid)}) has signed this file already.`,
    )
  }
}
