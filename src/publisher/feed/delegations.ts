import { canonicalBytes } from '../../feed/tuf/canonical-json.ts'
import { sameBytes } from '../../feed/tuf/hash.ts'
import type { Authority as Listed, Delegation, Envelope, Targets } from '../../feed/tuf/metadata.ts'
import type { JsonObject } from '../../feed/tuf/strict-json.ts'
import { CommandError } from '../errors.ts'
import type { RoleRule } from '../signing/keyring.ts'
import { delegatingMetadata, encodeMetadata, type Authority, type Issue } from '../signing/metadata.ts'
import { expiry, isFresh, validDays } from '../signing/periods.ts'
import { checkKeysFit, listed } from '../signing/root.ts'
import { signingState } from '../signing/threshold.ts'
import type { OpenKeyring } from './open-keyring.ts'
import type { PreviousFeed } from './previous.ts'

/** Who may sign for each publishing role. */
export type Authorities = ReadonlyMap<string, Authority>

/** Who may sign for a role by a published delegation. */
export const delegated = ({ keyids, keys, threshold }: Delegation): Authority => ({
  keys: keyids.flatMap((keyid) => listed(keyid, keys.get(keyid)?.public)),
  threshold,
})

/**
 * Who may sign for each publishing role: as the published targets metadata says, and for a new
 * role all keys in the folder that were made for it.
 * @throws {CommandError} when feed.yaml wants another threshold than was published, or there are too few keys
 */
export function authoritiesFor(
  rules: readonly RoleRule[],
  keyring: OpenKeyring,
  previous: PreviousFeed | null,
): Authorities {
  return new Map(
    rules.map(({ role, threshold }) => {
      const published = previous?.targets.signed.delegations.find((one) => one.role === role)
      if (published && published.threshold !== threshold) {
        throw new CommandError(
          `feed.yaml 里「${role}」的门限是 ${String(threshold)}，已发布的是 ${String(published.threshold)}。` +
            `要改门限，用 keys rotate --role ${role} --threshold ${String(threshold)}，请 targets 密钥签名。`,
          `feed.yaml wants ${String(threshold)} signatures for ${role}, published is ${String(published.threshold)}. ` +
            `To change it: keys rotate --role ${role} --threshold ${String(threshold)}.`,
        )
      }
      if (published) return [role, delegated(published)]
      const keys = keyring.publicKeys.get(role) ?? []
      checkKeysFit(keys, role, keyring.world)
      return [role, enough(role, { keys, threshold })]
    }),
  )
}

/** @throws {CommandError} when there are fewer keys than must sign */
export function enough(role: string, authority: Authority): Authority {
  const { keys, threshold } = authority
  if (threshold >= 1 && keys.length >= threshold) return authority
  throw new CommandError(
    `角色「${role}」要 ${String(threshold)} 把密钥签名，只有 ${String(keys.length)} 把。` +
      `把各人的 .pub.json 放进密钥文件夹，或用 --add 加上。`,
    `The role ${role} needs ${String(threshold)} keys to sign, there are ${String(keys.length)}. ` +
      'Put the .pub.json files into the folder of keys, or add them with --add.',
  )
}

/** The same as boxes read it. */
export const asListed = (role: string, { keys, threshold }: Authority): Listed => ({
  role,
  keyids: keys.map(({ keyid }) => keyid),
  threshold,
  keys: new Map(
    keys.map(({ keyid, key: { keytype, scheme, keyval } }) => [keyid, { keytype, scheme, public: keyval.public }]),
  ),
})

/** New top-level targets metadata without signatures; null when the published one still says the same and holds. */
export function dueTargets(
  authorities: Authorities,
  keyring: OpenKeyring,
  previous: PreviousFeed | null,
  now: Date,
): Uint8Array | null {
  const make = (issue: Issue): JsonObject => delegatingMetadata(issue, authorities)
  return due(make, validDays.targets, previous?.targets, keyring.root.signed.authorities.targets, now)
}

/**
 * The next version of a file without signatures; null when the published one says the same, has more
 * than half of its period left, and is signed as it must be.
 */
export function due(
  make: (issue: Issue) => JsonObject,
  days: number,
  previous: Envelope<Targets> | undefined,
  authority: Listed,
  now: Date,
): Uint8Array | null {
  if (previous) {
    const { version, expires, expiresAt } = previous.signed
    const same = sameBytes(canonicalBytes(make({ version, expires })), previous.message)
    if (same && isFresh(expiresAt, now, days) && signingState(previous, authority).met) return null
  }
  const version = (previous?.signed.version ?? 0) + 1
  return encodeMetadata(make({ version, expires: expiry(now, days) }), new Map())
}
