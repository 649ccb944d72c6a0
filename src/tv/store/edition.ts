import type { Entry } from '../../feed/catalogue.ts'
import type { Rec } from '../../feed/records/index.ts'
import type { Unit } from '../../feed/unit.ts'

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
  /** No entry of this id in the edition. */
  | 'unknown'
  /** Its pack has not arrived yet and cannot be fetched now. */
  | 'not-here-yet'
  /** What the box had kept no longer matches its signature; it was thrown away. */
  | 'damaged'

/** A record that could not be opened, and why. */
export class OpenError extends Error {
  constructor(
    readonly failure: OpenFailure,
    readonly id: string,
  ) {
    super(`record ${id}: ${failure}`)
    this.name = 'OpenError'
  }
}

/** What the screens may ask of the box's keeping. */
export interface Library {
  /** The edition that is shown now; null on an empty box. */
  readonly edition: Edition | null
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
