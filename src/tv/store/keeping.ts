/**
 * Where the box keeps what it knows. `openKeeping` chooses the places once at start
 * (open.ts); everything above speaks to this one interface and never asks which it is.
 */

/** A kind of place, best first. Only memory forgets at a restart. */
export type Place = 'indexeddb' | 'local-storage' | 'memory'

/** A key and its value: bytes, or anything of JSON with bytes inside. */
export type Pair = readonly [key: string, value: unknown]

/** Why a place did not do what was asked. */
export type FaultReason =
  /** The engine has no such place, or forbids it. */
  | 'missing'
  /** It did not answer in time. */
  | 'slow'
  /** No room left. */
  | 'full'
  /** The connection broke and opening it anew did not help. */
  | 'lost'

/** A place that failed: for the operator's log, and the reason behind the status `storage`. */
export class KeepingFault extends Error {
  constructor(
    readonly place: Place,
    readonly reason: FaultReason,
    /** What was being done: `open`, `read`, `write`, `delete`, `list`. */
    readonly operation: string,
    /** What the engine said, if it said anything. */
    readonly detail = '',
  ) {
    super(`${place}: ${operation}: ${reason}${detail === '' ? '' : ` (${detail})`}`)
    this.name = 'KeepingFault'
    // Lowered to ES5, a subclass of Error loses its prototype.
    Object.setPrototypeOf(this, KeepingFault.prototype)
  }
}

/** One place. Each call either does everything that was asked, or rejects with a KeepingFault and did nothing. */
export interface Backend {
  readonly place: Place
  /** One value for each key, in the order of the keys; undefined where there is none. */
  getMany(keys: readonly string[]): Promise<unknown[]>
  /**
   * All pairs or none.
   * @param vital Small and needed for the first screen: may also use the room that is held back from bulk.
   */
  setMany(pairs: readonly Pair[], vital: boolean): Promise<void>
  delMany(keys: readonly string[]): Promise<void>
  keys(): Promise<string[]>
}

/** All places together. */
export interface Keeping {
  /** The best place that answers. */
  readonly place: Place
  /** True while something is kept in memory alone, and will be gone after a restart. */
  readonly lossy: boolean
  /** The first value of each key that any place has.
   * @throws {KeepingFault} when a key is nowhere found, and a place that may have it is broken. */
  getMany(keys: readonly string[]): Promise<unknown[]>
  /** What every place has under the key, best place first: they differ when a place was broken for a while.
   * @throws {KeepingFault} when nothing is found, and a place that may have it is broken. */
  getEverywhere(key: string): Promise<unknown[]>
  /** Keeps all pairs, or none, in the best place that takes them, and says which that was.
   * @throws {KeepingFault} when even memory is full. */
  setMany(pairs: readonly Pair[]): Promise<Place>
  /** The same, and besides a copy in every other lasting place that has room: for the little without which
   * a box whose best place breaks would show nothing. */
  setEverywhere(pairs: readonly Pair[]): Promise<Place>
  /** Deletes wherever it is. Never rejects: what stays by a fault is harmless, and collected another time. */
  delMany(keys: readonly string[]): Promise<void>
  /** All keys of all places, but for places that are given up.
   * @throws {KeepingFault} when a place broke that may yet come back: what it holds is not to be fetched again */
  keys(): Promise<string[]>
  /** Tries places that broke once more, from now on, and moves to a lasting place what had to stay in memory, as far as there is room now. */
  settle(): Promise<void>
}
