import { readdir, unlink } from 'node:fs/promises'
import path from 'node:path'
import { hashedPath } from '../../feed/layout.ts'
import { parseSnapshot, parseTargets, type Snapshot, type Targets } from '../../feed/tuf/metadata.ts'
import { isMissing, readIfThere } from '../files.ts'
import { dayMilliseconds, validDays } from '../signing/periods.ts'
import { versionedName } from './previous.ts'

/** Days for which the files of an edition stay after the next one: a box may be in the middle of fetching it. */
export const keptDays = 30

const maxBytes = 64_000_000

/**
 * Deletes what only editions name that were replaced more than 30 days ago. Root
 * metadata stays for ever: a box follows the whole chain (TUF 5.3.3). Files that
 * do not look like ours are left alone.
 * @returns the deleted files, below `out`
 */
export async function prune(out: string, now: Date): Promise<string[]> {
  const metadata = path.join(out, 'metadata')
  const names = await list(metadata)
  const versions = names
    .flatMap((name) => /^(\d+)\.snapshot\.json$/u.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
  const snapshots = new Map<number, Snapshot>()
  for (const version of versions) {
    const bytes = await readIfThere(path.join(metadata, versionedName('snapshot.json', version)))
    if (bytes) snapshots.set(version, parseSnapshot(bytes, maxBytes).signed)
  }
  const limit = now.getTime() - keptDays * dayMilliseconds
  const kept = versions.filter((_, i) => {
    const next = snapshots.get(versions[i + 1] ?? -1)
    return !next || signedAt(next) >= limit
  })
  if (kept.length === versions.length) return []

  const keptMetadata = new Set<string>(['timestamp.json'])
  const keptTargets = new Set<string>()
  for (const version of kept) {
    keptMetadata.add(versionedName('snapshot.json', version))
    for (const [name, meta] of snapshots.get(version)?.meta ?? []) {
      const file = versionedName(name, meta.version)
      if (keptMetadata.has(file)) continue
      keptMetadata.add(file)
      const targets = await readTargets(path.join(metadata, file), name.replace(/\.json$/u, ''))
      for (const [target, { sha256 }] of targets?.targets ?? []) keptTargets.add(hashedPath(target, sha256))
    }
  }
  const goneMetadata = names.filter(
    (name) => /^\d+\.[\w-]+\.json$/u.test(name) && !/^\d+\.root\.json$/u.test(name) && !keptMetadata.has(name),
  )
  const goneTargets = (await listTargets(path.join(out, 'targets'))).filter((name) => !keptTargets.has(name))
  const gone = [...goneMetadata.map((name) => `metadata/${name}`), ...goneTargets.map((name) => `targets/${name}`)]
  for (const file of gone) await unlink(path.join(out, file))
  return gone
}

/** When a snapshot was signed. */
const signedAt = (snapshot: Snapshot): number => snapshot.expiresAt - validDays.snapshot * dayMilliseconds

async function readTargets(file: string, role: string): Promise<Targets | undefined> {
  const bytes = await readIfThere(file)
  return bytes && parseTargets(bytes, role, maxBytes).signed
}

/** Hash-named files below `targets/`, with `/`. */
async function listTargets(folder: string, below = ''): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(path.join(folder, below), { withFileTypes: true }).catch(none)) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) found.push(...(await listTargets(folder, name)))
    else if (/^[0-9a-f]{64}\./u.test(entry.name)) found.push(name)
  }
  return found
}

const list = (folder: string): Promise<string[]> => readdir(folder).catch(none)

function none(error: unknown): [] {
  if (isMissing(error)) return []
  throw error
}
