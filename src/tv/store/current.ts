import type { MetadataFiles } from '../../feed/tuf/index.ts'
import type { Keeping, Place } from './keeping.ts'

/** How much of an edition is on the box. */
export type EditionState =
  /** Every file of the followed roles. */
  | 'whole'
  /** The lists, and as many packs as came so far. */
  | 'arriving'
  /** The lists, and as many packs as the box has room for. The others are fetched when they are opened. */
  | 'no-room'

/**
 * What the box shows: the whole metadata set of one edition, in one value. Writing it
 * is the switch from one edition to the next, and a power loss falls before or after it.
 */
export interface Current {
  /** How many times this box has switched: of two, the higher is the newer. */
  readonly generation: number
  /** The publishing roles that it was put together from, widest first. */
  readonly roles: readonly string[]
  readonly state: EditionState
  readonly files: MetadataFiles
}

/**
 * Metadata that was accepted after the current edition's, by name; null for a file that
 * must be forgotten. Laid over the current files it is where the next refresh starts,
 * so that a sync that failed half-way cannot be rolled back behind what it had seen.
 */
export type Ahead = ReadonlyMap<string, Uint8Array | null>

/** The key of what is shown. */
export const currentKey = 'current'
const aheadKey = 'ahead'
/** The key of what is urgent before its edition is here (see urgent.ts). */
export const urgentKey = 'urgent'

type Files = readonly (readonly [name: string, bytes: Uint8Array | null])[]

/** Whether a kept value is a list of named files. */
export const isFiles = (v: unknown): v is Files =>
  Array.isArray(v) &&
  v.every((f) => Array.isArray(f) && typeof f[0] === 'string' && (f[1] === null || f[1] instanceof Uint8Array))

function currentOf(value: unknown): Current | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { generation, roles, state, files } = value as Record<string, unknown>
  if (typeof generation !== 'number' || !Array.isArray(roles) || !isFiles(files)) return undefined
  const present = new Map<string, Uint8Array>()
  files.forEach(([name, bytes]) => bytes && present.set(name, bytes))
  const known = state === 'whole' || state === 'no-room' ? state : 'arriving'
  return { generation, roles: roles.map(String), state: known, files: present }
}

/** What is under `current` in each place, newest first: nothing of it is verified yet.
 * @throws {KeepingFault} when a place is broken and no other has anything */
export async function readCurrent(keeping: Keeping): Promise<{ readonly kept: Current[]; readonly malformed: number }> {
  const values = await keeping.getEverywhere(currentKey)
  const kept = values.map(currentOf).filter((c): c is Current => c !== undefined)
  kept.sort((a, b) => b.generation - a.generation)
  return { kept, malformed: values.length - kept.length }
}

/**
 * The switch: from now on, also after a restart, the box shows this edition.
 * @returns the place that took it
 */
export function writeCurrent(keeping: Keeping, current: Current): Promise<Place> {
  const { generation, roles, state, files } = current
  return keeping.setEverywhere([
    [currentKey, { generation, roles, state, files: [...files] }],
    [aheadKey, { over: generation, files: [] }],
    // The edition says itself what is urgent.
    [urgentKey, null],
  ])
}

/**
 * Metadata accepted since the switch; empty when there is none, or it cannot be read.
 * @param over generation of the current edition, 0 on an empty box: what lies over another one is out of date
 */
export async function readAhead(keeping: Keeping, over: number): Promise<Ahead> {
  const values: unknown[] = await keeping.getEverywhere(aheadKey).catch(() => [])
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue
    const ahead = value as Record<string, unknown>
    if (ahead.over === over && isFiles(ahead.files)) return new Map(ahead.files)
  }
  return new Map()
}

/** Keeps the metadata accepted since the switch to generation `over`. */
export async function writeAhead(keeping: Keeping, over: number, ahead: Ahead): Promise<void> {
  await keeping.setEverywhere([[aheadKey, { over, files: [...ahead] }]])
}

/** Where the next refresh starts: the shown edition's files under those accepted since. */
export function refreshFrom(current: MetadataFiles, ahead: Ahead): MetadataFiles {
  const files = new Map(current)
  ahead.forEach((bytes, name) => {
    if (bytes) files.set(name, bytes)
    else files.delete(name)
  })
  return files
}
