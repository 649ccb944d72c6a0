import { CommandError } from '../errors.ts'
import type { PublicKeyFile } from '../signing/key-file.ts'
import { encodeMetadata } from '../signing/metadata.ts'
import { signedPart } from '../signing/metadata-file.ts'
import { expiry, validDays } from '../signing/periods.ts'
import { checkKeysFit } from '../signing/root.ts'
import { signingState } from '../signing/threshold.ts'
import { asListed, delegated, dueTargets, enough } from './delegations.ts'
import { openKeyring } from './open-keyring.ts'
import { writePreparation } from './preparation.ts'
import { readPrevious, type PreviousFeed } from './previous.ts'

/** A change of the keys of a publishing role. */
export interface RoleChange {
  readonly role: string
  /** Key ids that may sign no longer. */
  readonly remove: readonly string[]
  readonly add: readonly PublicKeyFile[]
  /** As before, when left out. */
  readonly threshold?: number | undefined
}

/**
 * Prepares a change of a role's keys: targets metadata with the new delegation, to be signed by the
 * targets keys, and the role's metadata, to be signed by its new keys where those that stay have not
 * signed it in sufficient number.
 * @returns what waits for signatures: how many each needs
 * @throws {CommandError}
 */
export async function prepareRotation(options: {
  readonly keys: string
  readonly out: string
  readonly into: string
  readonly at: Date
  readonly change: (previous: PreviousFeed) => Promise<RoleChange>
}): Promise<ReadonlyMap<string, number>> {
  const { keys, out, into, at } = options
  const previous = await readPrevious(out)
  if (!previous) {
    throw new CommandError(
      `${out} 里没有已发布的内容，不用轮换：直接换掉密钥文件夹里的 .pub.json，再 build --prepare。`,
      `There is no edition in ${out}: just replace the .pub.json files in the folder of keys, then build --prepare.`,
    )
  }
  const keyring = await openKeyring(keys, at, { out, roles: [] })
  const { role, remove, add, threshold } = await options.change(previous)
  checkKeysFit(add, role, keyring.world)
  const authorities = new Map(previous.targets.signed.delegations.map((one) => [one.role, delegated(one)]))
  const before = authorities.get(role)
  if (!before) throw new CommandError(`没有发布过角色「${role}」。`, `There is no published role ${role}.`)
  const kept = before.keys.filter(({ keyid }) => !remove.includes(keyid))
  const added = add.filter(({ keyid }) => !kept.some((key) => key.keyid === keyid))
  const after = enough(role, { keys: [...kept, ...added], threshold: threshold ?? before.threshold })
  authorities.set(role, after)

  const pending = new Map<string, Uint8Array>()
  const needs = new Map<string, number>()
  const targets = dueTargets(authorities, keyring, previous, at)
  if (!targets) return needs
  pending.set('targets', targets)
  needs.set('targets', keyring.root.signed.authorities.targets.threshold)
  const published = previous.roles.get(role)
  if (published && !signingState(published, asListed(role, after)).met) {
    const version = published.signed.version + 1
    const signed = { ...signedPart(published.bytes), version, expires: expiry(at, validDays.publishing) }
    pending.set(role, encodeMetadata(signed, new Map()))
    needs.set(role, after.threshold)
  }
  await writePreparation(into, { pending, targets: [] }, previous, keyring)
  return needs
}
