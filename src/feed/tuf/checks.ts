import { TufError } from './errors.ts'
import { hashProblem } from './hash.ts'
import {
  parseRoot,
  parseSnapshot,
  parseTargets,
  parseTimestamp,
  type Authority,
  type Envelope,
  type FileMeta,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from './metadata.ts'
import type { Rules } from './rules.ts'
import { verifyThreshold } from './verify.ts'

/*
 * The checks of the client workflow (TUF 5), each a function from a file's bytes and what is
 * already trusted to the file, now trusted. They fetch and keep nothing.
 */

/** TUF 5.2: the shipped root. Its expiry does not matter, its own signatures must hold. */
export function openTrustedRoot(bytes: Uint8Array, rules: Rules): Envelope<Root> {
  const root = parseRoot(bytes, rules.limits.rootLength)
  verifyThreshold(root, root.signed.authorities.root, rules.verifiers, '5.2')
  return root
}

/** TUF 5.3.4 and 5.3.5: the root that follows a trusted one. */
export function openNextRoot(bytes: Uint8Array, trusted: Envelope<Root>, rules: Rules): Envelope<Root> {
  const next = parseRoot(bytes, rules.limits.rootLength)
  verifyThreshold(next, trusted.signed.authorities.root, rules.verifiers, '5.3.4')
  verifyThreshold(next, next.signed.authorities.root, rules.verifiers, '5.3.4')
  const expected = trusted.signed.version + 1
  if (next.signed.version !== expected) {
    throw new TufError('rollback', 'root', '5.3.5', `version ${next.signed.version}, expected ${expected}`)
  }
  return next
}

/** TUF 5.3.11: whether the keys of timestamp or snapshot differ between two roots. */
export function onlineKeysRotated(before: Root, after: Root): boolean {
  return (['timestamp', 'snapshot'] as const).some(
    (role) => keysOf(before.authorities[role]) !== keysOf(after.authorities[role]),
  )
}

/** The same text for the same keys. */
const keysOf = (authority: Authority): string =>
  JSON.stringify(
    authority.keyids
      .map((keyid) => {
        const key = authority.keys.get(keyid)
        return key ? `${key.keytype}/${key.scheme}/${key.public}` : keyid
      })
      .sort(),
  )

/** TUF 5.4.2: signatures of a timestamp. */
export function openTimestamp(bytes: Uint8Array, root: Root, rules: Rules): Envelope<Timestamp> {
  const timestamp = parseTimestamp(bytes, rules.limits.timestampLength)
  verifyThreshold(timestamp, root.authorities.timestamp, rules.verifiers, '5.4.2')
  return timestamp
}

/**
 * TUF 5.4.3: refuses a timestamp that is older than what was trusted before.
 * @param snapshot the trusted snapshot. 5.4.3.2 compares with what the trusted timestamp says of it;
 * comparing with itself as well keeps the protection when the kept timestamp was lost.
 */
export function checkTimestampRollback(
  next: Timestamp,
  timestamp: Timestamp | undefined,
  snapshot: Snapshot | undefined,
): void {
  if (timestamp && next.version < timestamp.version) {
    throw new TufError('rollback', 'timestamp', '5.4.3.1', `version ${next.version} after ${timestamp.version}`)
  }
  const known = Math.max(timestamp ? timestamp.snapshot.version : 0, snapshot ? snapshot.version : 0)
  if (next.snapshot.version < known) {
    throw new TufError('rollback', 'timestamp', '5.4.3.2', `snapshot version ${next.snapshot.version} after ${known}`)
  }
}

/** TUF 5.5.3: signatures of a snapshot. */
export function openSnapshot(bytes: Uint8Array, root: Root, rules: Rules): Envelope<Snapshot> {
  const snapshot = parseSnapshot(bytes, rules.limits.snapshotLength)
  verifyThreshold(snapshot, root.authorities.snapshot, rules.verifiers, '5.5.3')
  return snapshot
}

/** TUF 5.5.2 to 5.5.6: the snapshot that a timestamp names, after the one that was trusted before. */
export function acceptSnapshot(
  bytes: Uint8Array,
  root: Root,
  timestamp: Timestamp,
  previous: Snapshot | undefined,
  rules: Rules,
): Envelope<Snapshot> {
  checkAgainstMeta(bytes, timestamp.snapshot, 'snapshot', '5.5.2', rules)
  const next = openSnapshot(bytes, root, rules)
  checkVersion(next, timestamp.snapshot, '5.5.4')
  if (previous) checkSnapshotRollback(next.signed, previous)
  checkExpiry(next, '5.5.6', rules)
  return next
}

/** TUF 5.5.5: no listed file may disappear or go back. */
function checkSnapshotRollback(next: Snapshot, previous: Snapshot): void {
  previous.meta.forEach((before, name) => {
    const after = next.meta.get(name)
    if (!after) throw new TufError('rollback', 'snapshot', '5.5.5', `${name} is no longer listed`)
    if (after.version < before.version) {
      throw new TufError('rollback', 'snapshot', '5.5.5', `${name} version ${after.version} after ${before.version}`)
    }
  })
}

/** What a snapshot says about the metadata of a targets role; undefined when the role is not listed. */
export const metaOf = (snapshot: Snapshot, role: string): FileMeta | undefined => snapshot.meta.get(`${role}.json`)

/** TUF 5.6.2 to 5.6.5: metadata of the targets role, or of a delegated one by the word of one delegator. */
export function acceptTargets(
  bytes: Uint8Array,
  authority: Authority,
  meta: FileMeta,
  rules: Rules,
): Envelope<Targets> {
  const { role } = authority
  checkAgainstMeta(bytes, meta, role, '5.6.2', rules)
  const next = parseTargets(bytes, role, rules.limits.targetsLength)
  verifyThreshold(next, authority, rules.verifiers, '5.6.3')
  checkVersion(next, meta, '5.6.4')
  checkExpiry(next, '5.6.5', rules)
  return next
}

/** TUF 5.3.10, 5.4.4, 5.5.6, 5.6.5: a frozen repository shows by what has expired. */
export function checkExpiry(
  file: Envelope<{ readonly expiresAt: number; readonly expires: string }>,
  clause: string,
  rules: Rules,
): void {
  if (rules.now === null) return
  // A clock that is not a number counts as expired.
  if (file.signed.expiresAt > rules.now) return
  throw new TufError('expired', file.role, clause, `expired ${file.signed.expires}`)
}

function checkAgainstMeta(bytes: Uint8Array, meta: FileMeta, role: string, clause: string, rules: Rules): void {
  if (meta.length !== undefined && bytes.length !== meta.length) {
    throw new TufError('length', role, clause, `metadata of ${bytes.length} bytes, signed are ${meta.length}`)
  }
  const problem = meta.hashes && hashProblem(bytes, meta.hashes, rules.hashers)
  if (problem) throw new TufError('hash', role, clause, problem)
}

function checkVersion(file: Envelope<{ readonly version: number }>, meta: FileMeta, clause: string): void {
  const { version } = file.signed
  if (version !== meta.version) {
    throw new TufError('rollback', file.role, clause, `version ${version}, announced is ${meta.version}`)
  }
}
