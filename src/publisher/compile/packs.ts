import { createHash } from 'node:crypto'
import { maxBasePacks } from '../../feed/layout.ts'
import { encodePack } from '../../feed/pack.ts'
import type { Rec } from '../../feed/records/index.ts'
import { compare } from '../content/problems.ts'

/** How the records of a role are spread over packs. Fixed until a re-base. */
export interface PackPlan {
  /** Part of the packs' names. */
  readonly epoch: string
  readonly count: number
}

/**
 * Inflated bytes that a pack should have. Larger ones compress better, smaller
 * ones mean less to fetch again after an edit.
 */
const packBytes = 96 * 1024

/**
 * Decides how many packs a role has. A plan is kept as long as it is within a
 * factor of two of the right one, since a new one renames every pack.
 * @param totalBytes bytes of all records as JSON
 */
export function planPacks(totalBytes: number, previous: PackPlan | undefined): PackPlan {
  const right = totalBytes === 0 ? 0 : Math.min(maxBasePacks, Math.max(1, Math.round(totalBytes / packBytes)))
  if (!previous) return { epoch: '1', count: right }
  const fits = right <= previous.count * 2 && right >= previous.count / 2 && (right === 0) === (previous.count === 0)
  return fits ? previous : { epoch: String(Number(previous.epoch) + 1), count: right }
}

/** A pack's text, and where in it each record stands. */
export interface Pack {
  readonly text: string
  readonly ids: readonly string[]
}

/** Spreads records over packs by a hash of their ids, so that an edit touches one pack only. */
export function fillPacks(records: readonly Rec[], count: number): Pack[] {
  const packs: Rec[][] = Array.from({ length: count }, () => [])
  for (const record of [...records].sort((a, b) => compare(a.id, b.id))) packs[packOf(record.id, count)]?.push(record)
  return packs.map((pack) => ({ text: encodePack(pack), ids: pack.map(({ id }) => id) }))
}

/** The number of the pack that holds a record. */
function packOf(id: string, count: number): number {
  return createHash('sha256').update(id).digest().readUInt32BE(0) % count
}
