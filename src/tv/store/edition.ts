import type { Catalogue, Entry } from '../../feed/catalogue.ts'
import type { Rec } from '../../feed/records/index.ts'
import type { Unit } from '../../feed/unit.ts'
import type { Notice } from '../../feed/urgent.ts'

/** One verified, consistent state of all the roles that this box follows. Immutable. */
export interface Edition {
  /** Snapshot version of the feed. */
  readonly version: number
  /** 数据截至: the signed time, ISO 8601 UTC. */
  readonly asOf: string
  /** All entries of all followed roles, newest first (by 发布日期, then page number). */
  readonly entries: readonly Entry[]
  readonly byId: ReadonlyMap<string, Entry>
  readonly units: ReadonlyMap<string, Unit>
}

/** Why a record could not be opened. */
export type OpenFailure =
  /** No entry of this id in the edition, or one that was recalled. */
  | 'unknown'
  /** Its pack has not arrived yet and cannot be fetched now. */
  | 'not-here-yet'
  /** What the box had kept no longer matches its signature; it was thrown away. */
  | 'damaged'
  /** Signed, but this version of the app cannot read it. */
  | 'unreadable'

/** A record that could not be opened, and why. */
export class OpenError extends Error {
  constructor(
    readonly failure: OpenFailure,
    readonly id: string,
  ) {
    super(`record ${id}: ${failure}`)
    this.name = 'OpenError'
    // Lowered to ES5, a subclass of Error loses its prototype.
    Object.setPrototypeOf(this, OpenError.prototype)
  }
}

/** What the screens may ask of the box's keeping. */
export interface Library {
  /** The edition that is shown now, without what was recalled; null on an empty box. */
  readonly edition: Edition | null
  /**
   * The emergency notices that are valid at a time, the gravest first. A box may have them before it has
   * the edition that carries them, or any.
   */
  notices(now: Date): readonly Notice[]
  /**
   * The record behind an entry, from its verified pack; fetched first when the pack is still on its way.
   * @throws {OpenError}
   */
  open(id: string): Promise<Rec>
  /**
   * The verified bytes of a picture of the edition.
   * @throws {OpenError}
   */
  image(target: string): Promise<Uint8Array>
}

const newestFirst = (a: Entry, b: Entry): number => {
  if (a.published !== b.published) return a.published < b.published ? 1 : -1
  if (a.page !== b.page) return a.page - b.page
  return a.id < b.id ? -1 : 1
}

/**
 * Puts catalogues together to what the box shows.
 * @param version snapshot version
 * @param asOf the signed time, ISO 8601 UTC
 * @param catalogues of the followed roles, widest first. Where two of them use one id, the
 *   wider one counts: a district cannot put its text in the place of the city's.
 */
export function mergeEdition(version: number, asOf: string, catalogues: readonly Catalogue[]): Edition {
  const units = new Map<string, Unit>()
  const byId = new Map<string, Entry>()
  for (const catalogue of catalogues) {
    for (const unit of catalogue.units) if (!units.has(unit.id)) units.set(unit.id, unit)
    for (const entry of catalogue.entries) if (!byId.has(entry.id)) byId.set(entry.id, entry)
  }
  const entries = [...byId.values()].sort(newestFirst)
  return { version, asOf, entries, byId, units }
}
