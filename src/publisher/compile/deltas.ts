import { shownOf, type Entry } from '../../feed/catalogue.ts'
import { decodeListChange, encodeListChange, type ListChange } from '../../feed/delta.ts'
import { catalogueDeltaPath, deltaPath, type StepRange } from '../../feed/layout.ts'
import { decodePack, encodePack } from '../../feed/pack.ts'
import type { Rec } from '../../feed/records/index.ts'
import type { Unit } from '../../feed/unit.ts'
import { compare } from '../content/problems.ts'

/** What a role publishes: its units, and its records with their entries. */
export interface RoleContent {
  readonly units: readonly Unit[]
  /** By record id; where the body lies does not matter here. */
  readonly entries: ReadonlyMap<string, Entry>
  readonly records: ReadonlyMap<string, Rec>
}

/** What changed from one edition to another. */
export interface Change {
  readonly units: readonly Unit[] | null
  readonly removed: readonly string[]
  readonly entries: readonly Entry[]
  /** The bodies of `entries`, in their order. */
  readonly records: readonly Rec[]
}

/** Steps that are rolled up into one, and those into one again. */
export const rollUps = [7, 28] as const

/** Most steps of an epoch: its metadata lists the files of them all. */
export const mostSteps = 84

/** What changed; null when nothing did. */
export function changeBetween(before: RoleContent, after: RoleContent): Change | null {
  const isChanged = ({ id }: Entry): boolean => {
    const [old, now] = [before.entries.get(id), after.entries.get(id)]
    if (!old || !now || shownOf(old) !== shownOf(now)) return true
    return JSON.stringify(before.records.get(id)) !== JSON.stringify(after.records.get(id))
  }
  const entries = [...after.entries.values()].filter(isChanged).sort((a, b) => compare(a.id, b.id))
  const removed = [...before.entries.keys()].filter((id) => !after.entries.has(id)).sort(compare)
  const units = JSON.stringify(before.units) === JSON.stringify(after.units) ? null : after.units
  if (entries.length === 0 && removed.length === 0 && units === null) return null
  return { units, removed, entries, records: bodiesOf(entries, after.records) }
}

const bodiesOf = (entries: readonly Entry[], records: ReadonlyMap<string, Rec>): Rec[] =>
  entries.flatMap(({ id }) => records.get(id) ?? [])

/** Several changes as one, in their order. */
export function rollUp(changes: readonly Change[]): Change {
  let units: readonly Unit[] | null = null
  const removed = new Set<string>()
  const entries = new Map<string, Entry>()
  const records = new Map<string, Rec>()
  for (const change of changes) {
    units = change.units ?? units
    for (const id of change.removed) {
      entries.delete(id)
      removed.add(id)
    }
    change.entries.forEach((entry, i) => {
      const record = change.records[i]
      if (!record) return
      removed.delete(entry.id)
      entries.set(entry.id, entry)
      records.set(entry.id, record)
    })
  }
  const sorted = [...entries.values()].sort((a, b) => compare(a.id, b.id))
  return { units, removed: [...removed].sort(compare), entries: sorted, records: bodiesOf(sorted, records) }
}

/** The ranges of steps that end with a step: itself, and what is rolled up with it. */
export const rangesAt = (step: number): StepRange[] => [
  { from: step, to: step },
  ...rollUps.filter((length) => step % length === 0).map((length) => ({ from: step - length + 1, to: step })),
]

/** The texts of the files of a change, by target path. */
export function changeFiles(role: string, range: StepRange, change: Change): Map<string, string> {
  const pack = deltaPath(role, range)
  const entries = change.entries.map((entry, index) => ({ ...entry, pack, index }))
  const { units, removed, records } = change
  const files = new Map([[catalogueDeltaPath(role, range), encodeListChange(role, { units, removed, entries })]])
  if (records.length > 0) files.set(pack, encodePack(records))
  return files
}

/** The change that such files hold. */
export function changeOf(role: string, range: StepRange, text: (target: string) => string): Change {
  const list: ListChange = decodeListChange(text(catalogueDeltaPath(role, range)))
  return { ...list, records: list.entries.length > 0 ? decodePack(text(deltaPath(role, range))) : [] }
}
