import { createHash } from 'node:crypto'
import { maxBasePacks } from '../../feed/layout.ts'
import { encodePack } from '../../feed/pack.ts'
import type { Rec } from '../../feed/records/index.ts'
import { compare } from '../content/problems.ts'

/**
 * Inflated bytes that a pack should have. Larger ones compress better, smaller
 * ones mean less to fetch again after an edit.
 */
const packBytes = 96 * 1024

/** Packs that are aimed at, at most: their lengths vary, and there must not be more than `maxBasePacks`. */
const mostAimedAt = 40

/** A pack's text, and where in it each record stands. */
export interface Pack {
  readonly text: string
  readonly ids: readonly string[]
}

/**
 * Cuts the records, oldest first, into packs. Where a cut falls is decided by the ids around it, not by
 * counting, so that what is new or changed leaves the packs before and after as they were: a re-base
 * gives them the same bytes, and a box does not fetch them again.
 */
export function cutPacks(records: readonly Rec[]): Pack[] {
  const inOrder = [...records].sort((a, b) => compare(a.published, b.published) || compare(a.id, b.id))
  const total = inOrder.reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)), 0)
  const wanted = Math.min(mostAimedAt, Math.max(1, Math.round(total / packBytes)))
  // Powers of two, so that a little growth does not move every cut.
  let length = 2 ** Math.max(0, Math.round(Math.log2(inOrder.length / wanted)))
  let packs = wanted === 1 ? [inOrder].filter((all) => all.length > 0) : cut(inOrder, length)
  while (packs.length > maxBasePacks) packs = cut(inOrder, (length *= 2))
  return packs.map((pack) => ({ text: encodePack(pack), ids: pack.map(({ id }) => id) }))
}

/** Packs of about so many records, between half and twice as many; the last may be shorter. */
function cut(records: readonly Rec[], length: number): Rec[][] {
  const packs: Rec[][] = []
  let pack: Rec[] = []
  for (const record of records) {
    pack.push(record)
    if ((pack.length >= length / 2 && isCut(record.id, length)) || pack.length >= length * 2) {
      packs.push(pack)
      pack = []
    }
  }
  return pack.length > 0 ? [...packs, pack] : packs
}

const isCut = (id: string, length: number): boolean =>
  createHash('sha256').update(id).digest().readUInt32BE(0) % length === 0
