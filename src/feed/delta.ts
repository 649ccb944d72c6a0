import { catalogueFile, catalogueOf, type Catalogue, type CatalogueFile, type Entry } from './catalogue.ts'
import { partOf, type StepRange } from './layout.ts'
import type { Unit } from './unit.ts'

/*
 * A role's catalogue and packs are written once and stay for an epoch; what changes is laid over
 * them. Each step from edition to edition has two files: what changed in the catalogue, and a pack
 * of the changed bodies (so that a list needs no bodies). Every 7 steps and every 28 are also
 * rolled up into one: who has followed the steps has nothing to fetch again, who comes later needs
 * few files. All of them stay listed until the next epoch.
 */

/** What changed in a catalogue. */
export interface ListChange {
  /** All units as they are now; null when they have not changed. */
  readonly units: readonly Unit[] | null
  /** Ids that are gone. */
  readonly removed: readonly string[]
  /** New and changed entries; their bodies are in the pack of the same steps. */
  readonly entries: readonly Entry[]
}

interface ListChangeFile {
  readonly format: 1
  readonly units: readonly Unit[] | null
  readonly removed: readonly string[]
  readonly changed: CatalogueFile
}

/** The text of a change of a role's catalogue. */
export function encodeListChange(role: string, { units, removed, entries }: ListChange): string {
  const file: ListChangeFile = { format: 1, units, removed, changed: catalogueFile({ role, units: [], entries }) }
  return JSON.stringify(file)
}

/**
 * Reads a change of a catalogue that has already been verified.
 * @throws {Error} when it is of another format than this app knows
 */
export function decodeListChange(text: string): ListChange {
  const { format, units, removed, changed } = JSON.parse(text) as ListChangeFile
  if (format !== 1) throw new Error(`catalogue change format ${String(format)} is newer than this app (1)`)
  return { units, removed, entries: catalogueOf(changed).entries }
}

/** A catalogue with the changes since, in their order. */
export function applyChanges(base: Catalogue, changes: readonly ListChange[]): Catalogue {
  if (changes.length === 0) return base
  let { units } = base
  const entries = new Map(base.entries.map((entry) => [entry.id, entry]))
  for (const change of changes) {
    units = change.units ?? units
    change.removed.forEach((id) => entries.delete(id))
    change.entries.forEach((entry) => entries.set(entry.id, entry))
  }
  return { role: base.role, units, entries: [...entries.values()] }
}

/** What is needed of a target here. */
export interface SizedTarget {
  readonly path: string
  readonly length: number
  readonly sha256: string
}

/** The files of one step, or of several rolled up. */
export interface Delta<T extends SizedTarget> {
  readonly range: StepRange
  readonly list: T
  /** The bodies; absent where none changed. */
  readonly pack?: T
}

/** The deltas among a role's targets. */
export function deltasOf<T extends SizedTarget>(targets: readonly T[]): readonly Delta<T>[] {
  const packs = new Map<string, T>()
  const key = ({ from, to }: StepRange) => `${from} ${to}`
  for (const target of targets) {
    const known = partOf(target.path)
    if (known?.part === 'delta') packs.set(key(known.range), target)
  }
  return targets.reduce<readonly Delta<T>[]>((found, list) => {
    const known = partOf(list.path)
    if (known?.part !== 'catalog') return found
    const pack = packs.get(key(known.range))
    return found.concat({ range: known.range, list, ...(pack && { pack }) })
  }, [])
}

/** What a byte of a list weighs against a byte of bodies: lists are waited for. */
const listWeight = 1000

/**
 * The deltas that lead from the base to the newest step with the least to fetch, in order; of as much,
 * the fewest. What was fetched of a choice makes the same choice only better, so that it stays.
 * @param held whether a file is here already, by its hash
 * @throws {Error} when a step is missing
 */
export function leastToFetch<T extends SizedTarget>(
  deltas: readonly Delta<T>[],
  held: (sha256: string) => boolean,
): readonly Delta<T>[] {
  const last = deltas.reduce((most, { range }) => Math.max(most, range.to), 0)
  const weight = (file: T | undefined) => (file && !held(file.sha256) ? file.length : 0)
  // Ways to each step: what is to be fetched, the number of deltas, and the deltas.
  const ways: ({ readonly cost: number; readonly deltas: readonly Delta<T>[] } | undefined)[] = [{ cost: 0, deltas: [] }]
  for (let step = 1; step <= last; step++) {
    for (const delta of deltas) {
      const before = delta.range.to === step ? ways[delta.range.from - 1] : undefined
      if (!before) continue
      const cost = before.cost + weight(delta.list) * listWeight + weight(delta.pack)
      const known = ways[step]
      const fewer = known && cost === known.cost && before.deltas.length + 1 < known.deltas.length
      if (!known || cost < known.cost || fewer) ways[step] = { cost, deltas: before.deltas.concat(delta) }
    }
  }
  const way = ways[last]
  if (!way) throw new Error(`the deltas do not lead to step ${last}`)
  return way.deltas
}
