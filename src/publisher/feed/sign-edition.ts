import { canonicalBytes } from '../../feed/tuf/canonical-json.ts'
import { sameBytes } from '../../feed/tuf/hash.ts'
import type { Envelope, Targets } from '../../feed/tuf/metadata.ts'
import type { JsonObject } from '../../feed/tuf/strict-json.ts'
import { CommandError } from '../errors.ts'
import { sha256 } from '../files.ts'
import { keysOf, type Keyring, type RoleRule } from '../signing/keyring.ts'
import type { SigningKey } from '../signing/key.ts'
import {
  delegatingMetadata,
  signMetadata,
  snapshotMetadata,
  targetsMetadata,
  timestampMetadata,
  type Authority,
  type FileMeta,
  type Issue,
  type TargetMeta,
} from '../signing/metadata.ts'
import { expiry, isFresh, metadataTime, validDays } from '../signing/periods.ts'
import { versionedName, type PreviousFeed } from './previous.ts'

/** The metadata files of an edition. */
export interface SignedEdition {
  /** Files below `metadata/` other than timestamp, in the order in which they must be written. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly timestamp: Uint8Array
  /** Versions by role name. */
  readonly versions: ReadonlyMap<string, number>
  /** Roles whose metadata was signed now. */
  readonly signed: readonly string[]
}

/** A file that was signed now, or the one of the edition before where nothing changed. */
export interface Signed {
  readonly bytes: Uint8Array
  readonly version: number
  readonly fresh: boolean
}

/**
 * Signs an edition. A version number goes up only where the signed part changed,
 * other keys sign, or less than half of the period is left.
 * @param rules the publishing roles, in the order of the delegations
 * @param targets what each of them signs for
 * @param now becomes the 数据截至 of the edition
 */
export function signEdition(
  keyring: Keyring,
  rules: readonly RoleRule[],
  targets: ReadonlyMap<string, ReadonlyMap<string, TargetMeta>>,
  previous: PreviousFeed | null,
  now: Date,
): SignedEdition {
  refuseEarlier(previous, now)
  refuseLostRoles(previous, rules)
  const authorities = new Map<string, Authority>()
  const signed = new Map<string, Signed>()
  for (const { role, threshold } of rules) {
    const keys = keysOf(keyring, role, threshold)
    authorities.set(role, { keys, threshold })
    const make = (issue: Issue): JsonObject => targetsMetadata(issue, targets.get(role) ?? new Map())
    signed.set(role, sign(make, keys, validDays.publishing, previous?.roles.get(role), now))
  }
  const delegating = (issue: Issue): JsonObject => delegatingMetadata(issue, authorities)
  signed.set('targets', sign(delegating, keysOf(keyring, 'targets', 1), validDays.targets, previous?.targets, now))
  return finish(keyring, signed, previous, now)
}

/**
 * Signs the edition of an output folder again, with the online keys alone: timestamp
 * always, snapshot in the second half of its period.
 */
export function renewEdition(keyring: Keyring, previous: PreviousFeed, now: Date): SignedEdition {
  const kept = (envelope: Envelope<Targets>): Signed => ({
    bytes: envelope.bytes,
    version: envelope.signed.version,
    fresh: false,
  })
  const files = new Map([...previous.roles].map(([role, envelope]) => [role, kept(envelope)]))
  files.set('targets', kept(previous.targets))
  return finish(keyring, files, previous, now)
}

/**
 * Signs snapshot and timestamp over the signed files of an edition.
 * @param below the metadata of the targets role and of all publishing roles
 */
export function finish(
  keyring: Keyring,
  below: ReadonlyMap<string, Signed>,
  previous: PreviousFeed | null,
  now: Date,
): SignedEdition {
  refuseEarlier(previous, now)
  // Sorted, so that the order in which roles are written in feed.yaml changes nothing here.
  const names = [...below.keys()].sort()
  const metas = new Map(names.map((role) => [`${role}.json`, fileMeta(below.get(role))]))
  const makeSnapshot = (issue: Issue): JsonObject => snapshotMetadata(issue, metas)
  const snapshot = sign(makeSnapshot, keysOf(keyring, 'snapshot', 1), validDays.snapshot, previous?.snapshot, now)
  const makeTimestamp = (issue: Issue): JsonObject => timestampMetadata(issue, fileMeta(snapshot), now)
  const timestamp = sign(makeTimestamp, keysOf(keyring, 'timestamp', 1), validDays.timestamp, previous?.timestamp, now)

  const all = new Map([...below, ['snapshot', snapshot] as const])
  return {
    files: new Map([...all].map(([role, file]) => [versionedName(`${role}.json`, file.version), file.bytes])),
    timestamp: timestamp.bytes,
    versions: new Map([...all, ['timestamp', timestamp] as const].map(([role, file]) => [role, file.version])),
    signed: [...all, ['timestamp', timestamp] as const].filter(([, file]) => file.fresh).map(([role]) => role),
  }
}

function sign(
  make: (issue: Issue) => JsonObject,
  keys: readonly SigningKey[],
  days: number,
  previous: Envelope<{ readonly version: number; readonly expires: string; readonly expiresAt: number }> | undefined,
  now: Date,
): Signed {
  if (previous) {
    const { version, expires, expiresAt } = previous.signed
    const same =
      sameBytes(canonicalBytes(make({ version, expires })), previous.message) &&
      keys.length === previous.signatures.size &&
      keys.every((key) => previous.signatures.has(key.keyid))
    if (same && isFresh(expiresAt, now, days)) return { bytes: previous.bytes, version, fresh: false }
  }
  const version = (previous?.signed.version ?? 0) + 1
  return { bytes: signMetadata(make({ version, expires: expiry(now, days) }), keys), version, fresh: true }
}

function fileMeta(file: Signed | undefined): FileMeta {
  if (!file) throw new Error('a role without metadata')
  return { version: file.version, length: file.bytes.length, sha256: sha256(file.bytes) }
}

/** 数据截至 never goes back. */
function refuseEarlier(previous: PreviousFeed | null, now: Date): void {
  const before = previous?.timestamp.signed.asOf ?? ''
  if (before === '' || metadataTime(now) >= before) return
  throw new CommandError(
    `时间 ${metadataTime(now)} 早于上一版的 ${before}。检查本机时钟或 --at。`,
    `The time ${metadataTime(now)} is before that of the last edition, ${before}. Check the clock or --at.`,
  )
}

/** TUF 5.5.5: a client refuses a snapshot that no longer names a file which it named before. */
export function refuseLostRoles(previous: PreviousFeed | null, rules: readonly RoleRule[]): void {
  const lost = [...(previous?.roles.keys() ?? [])].find((role) => !rules.some((rule) => rule.role === role))
  if (lost === undefined) return
  throw new CommandError(
    `角色「${lost}」已经发布过，不能从 feed.yaml 里删去；要停用，把它的「发布单位」清空成 []。`,
    `The role ${lost} has been published and cannot be taken out of feed.yaml; to retire it, empty its list of units.`,
  )
}
