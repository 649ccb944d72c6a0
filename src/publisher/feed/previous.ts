import path from 'node:path'
import { decodeCatalogue, type Catalogue } from '../../feed/catalogue.ts'
import { applyChanges, decodeListChange, deltasOf, leastToFetch, type SizedTarget } from '../../feed/delta.ts'
import { cataloguePath, hashedPath, partOf, urgentPath } from '../../feed/layout.ts'
import { decodePack } from '../../feed/pack.ts'
import type { Rec } from '../../feed/records/index.ts'
import {
  parseSnapshot,
  parseTargets,
  parseTimestamp,
  type Envelope,
  type FileMeta,
  type Snapshot,
  type Targets,
  type Timestamp,
} from '../../feed/tuf/metadata.ts'
import { decodeUrgent, nothingUrgent, type Urgent } from '../../feed/urgent.ts'
import { gunzipSync } from 'fflate'
import { CommandError } from '../errors.ts'
import { readIfThere, sha256 } from '../files.ts'

/** The edition that lies in an output folder. */
export interface PreviousFeed {
  readonly timestamp: Envelope<Timestamp>
  readonly snapshot: Envelope<Snapshot>
  /** The top-level targets metadata. */
  readonly targets: Envelope<Targets>
  /** Metadata of the publishing roles. */
  readonly roles: ReadonlyMap<string, Envelope<Targets>>
}

/** Our own files: much more than any of them has. */
const maxBytes = 64_000_000

/**
 * Reads the edition of an output folder, checking the hashes from timestamp down;
 * null when there is none.
 * @throws {CommandError} when it is damaged
 */
export async function readPrevious(out: string): Promise<PreviousFeed | null> {
  const bytes = await readIfThere(path.join(out, 'metadata', 'timestamp.json'))
  if (!bytes) return null
  try {
    const timestamp = parseTimestamp(bytes, maxBytes)
    const snapshotMeta = timestamp.signed.snapshot
    const snapshot = parseSnapshot(await metadata(out, 'snapshot.json', snapshotMeta), maxBytes)
    const roles = new Map<string, Envelope<Targets>>()
    for (const [name, meta] of snapshot.signed.meta) {
      const role = name.replace(/\.json$/u, '')
      roles.set(role, parseTargets(await metadata(out, name, meta), role, maxBytes))
    }
    const targets = roles.get('targets')
    if (!targets) throw new Error('snapshot does not name targets.json')
    roles.delete('targets')
    return { timestamp, snapshot, targets, roles }
  } catch (error) {
    throw damaged(out, error)
  }
}

/** Consistent snapshots: `5.city.json` (TUF 7.1). */
export const versionedName = (name: string, version: number): string => `${String(version)}.${name}`

async function metadata(out: string, name: string, meta: FileMeta): Promise<Uint8Array> {
  const file = versionedName(name, meta.version)
  const bytes = await readIfThere(path.join(out, 'metadata', file))
  if (!bytes) throw new Error(`metadata/${file} is missing`)
  const hash = meta.hashes?.sha256
  if (hash !== undefined && sha256(bytes) !== hash) throw new Error(`metadata/${file} does not have its signed hash`)
  return bytes
}

function damaged(out: string, error: unknown): CommandError {
  const reason = error instanceof Error ? error.message : String(error)
  return new CommandError(
    `输出文件夹 ${out} 里的上一版不完整：${reason}。` +
      '请恢复备份；如果从未对外发布过，可删去整个文件夹重新生成。',
    `The edition in ${out} is damaged: ${reason}. ` +
      'Restore it from a backup; if it was never published, delete the folder.',
  )
}

/** The bytes of a target of the edition before; undefined when it has none, or not with the signed hash. */
export async function previousTarget(
  out: string,
  previous: PreviousFeed | null,
  role: string,
  target: string,
): Promise<Uint8Array | undefined> {
  const meta = previous?.roles.get(role)?.signed.targets.get(target)
  if (!meta) return undefined
  const bytes = await readIfThere(path.join(out, 'targets', hashedPath(target, meta.sha256)))
  return bytes && sha256(bytes) === meta.sha256 ? bytes : undefined
}

/** What a role published in the edition before. */
export interface PreviousRole {
  /** Part of the base packs' names. */
  readonly epoch: string
  /** The base with all changes since. */
  readonly catalogue: Catalogue
  /** The record bodies by id; null when not all of them can be read, so that they must be published anew. */
  readonly records: ReadonlyMap<string, Rec> | null
  /** Its lists and packs, by target path. */
  readonly files: ReadonlyMap<string, PreviousFile>
}

/** A gzip target of the edition before, and what it holds. */
export interface PreviousFile extends SizedTarget {
  readonly bytes: Uint8Array
  readonly content: Uint8Array
}

/**
 * A role in the edition before; null when there is none.
 * @throws {CommandError} when a list is signed for and cannot be read: page numbers would be lost
 */
export async function previousRole(
  out: string,
  previous: PreviousFeed | null,
  role: string,
): Promise<PreviousRole | null> {
  const signed = previous?.roles.get(role)?.signed.targets
  if (!signed?.has(cataloguePath(role))) return null
  const files = new Map<string, PreviousFile>()
  for (const { path: target, length, sha256: hash } of signed.values()) {
    if (!isPart(role, target)) continue
    const bytes = await previousTarget(out, previous, role, target)
    if (bytes) files.set(target, { path: target, length, sha256: hash, bytes, content: gunzipSync(bytes) })
  }
  const text = (target: string): string => {
    const file = files.get(target)
    if (!file) throw new Error(`targets/${target} is missing or changed`)
    return new TextDecoder().decode(file.content)
  }
  let catalogue: Catalogue
  try {
    const steps = leastToFetch(deltasOf([...signed.values()]), () => false)
    const changes = steps.map(({ list }) => decodeListChange(text(list.path)))
    catalogue = applyChanges(decodeCatalogue(text(cataloguePath(role))), changes)
  } catch (error) {
    throw damaged(out, error)
  }
  const [epoch = '1'] = [...signed.keys()].flatMap((name) => /\/base-(\d+)-\d+\.json\.gz$/u.exec(name)?.[1] ?? [])
  const whole = [...signed.keys()].every((target) => !isPart(role, target) || files.has(target))
  return { epoch, catalogue, records: whole ? bodies(catalogue, text) : null, files }
}

/** Whether a target is one of a role's lists and packs. */
const isPart = (role: string, target: string): boolean =>
  target === cataloguePath(role) || partOf(target) !== null || /\/base-\d+-\d+\.json\.gz$/u.test(target)

/** The bodies that a catalogue leads to; null when one is not where it should be. */
function bodies(catalogue: Catalogue, text: (target: string) => string): Map<string, Rec> | null {
  const packs = new Map<string, readonly Rec[]>()
  const records = new Map<string, Rec>()
  for (const { id, pack, index } of catalogue.entries) {
    const opened = packs.get(pack) ?? decodePack(text(pack))
    packs.set(pack, opened)
    const record = opened[index]
    if (record?.id !== id) return null
    records.set(id, record)
  }
  return records
}

/**
 * What a role said urgently in the edition before.
 * @throws {CommandError} when it is signed for and cannot be read: a recall would be forgotten
 */
export async function previousUrgent(out: string, previous: PreviousFeed | null, role: string): Promise<Urgent> {
  const target = urgentPath(role)
  if (!previous?.roles.get(role)?.signed.targets.has(target)) return nothingUrgent
  try {
    const bytes = await previousTarget(out, previous, role, target)
    if (!bytes) throw new Error(`targets/${target} is missing or changed`)
    return decodeUrgent(new TextDecoder().decode(bytes))
  } catch (error) {
    throw damaged(out, error)
  }
}
