import path from 'node:path'
import { decodeCatalogue, type Catalogue } from '../../feed/catalogue.ts'
import { cataloguePath, hashedPath, urgentPath } from '../../feed/layout.ts'
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
import type { PackPlan } from '../compile/packs.ts'

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

/**
 * The catalogue of a role in the edition before; null when there is none.
 * @throws {CommandError} when it is signed for and cannot be read: page numbers would be lost
 */
export async function previousCatalogue(
  out: string,
  previous: PreviousFeed | null,
  role: string,
): Promise<Catalogue | null> {
  const target = cataloguePath(role)
  if (!previous?.roles.get(role)?.signed.targets.has(target)) return null
  try {
    const bytes = await previousTarget(out, previous, role, target)
    if (!bytes) throw new Error(`targets/${target} is missing or changed`)
    return decodeCatalogue(new TextDecoder().decode(gunzipSync(bytes)))
  } catch (error) {
    throw damaged(out, error)
  }
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

/** How the records of a role were spread over packs in the edition before. */
export function previousPlan(previous: PreviousFeed | null, role: string): PackPlan | undefined {
  const names = [...(previous?.roles.get(role)?.signed.targets.keys() ?? [])]
  const packs = names.flatMap((name) => /\/base-(\d+)-\d+\.json\.gz$/u.exec(name)?.[1] ?? [])
  const [epoch] = packs
  return epoch === undefined ? undefined : { epoch, count: packs.length }
}
