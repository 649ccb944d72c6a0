import type { Route } from './route.ts'

/** A place on the way, with what its screen wants back when it is seen again. */
export interface Visit {
  readonly route: Route
  memory: unknown
}

/**
 * The way from home to here. Back goes along it step by step; it always begins at
 * home, and no place on it is without a way back.
 */
export class Journey {
  private visits: Visit[] = []
  /** The visit whose screen is on the glass: behind the last one while a record is being opened. */
  private shown: Visit | null = null

  /** Where the household wants to be; undefined before home was reached. */
  get last(): Visit | undefined {
    return this.visits[this.visits.length - 1]
  }

  /** Begins anew, at home or, on an empty box, nowhere. */
  begin(home: boolean): void {
    this.visits = home ? [{ route: { to: 'home' }, memory: null }] : []
    this.shown = null
  }

  /** The last visit's screen is on the glass now. */
  arrived(): void {
    this.shown = this.last ?? null
  }

  /** Keeps what the screen on the glass wants back. */
  keep(memory: unknown): void {
    if (this.shown) this.shown.memory = memory
  }

  /** Goes on. What is still being opened is given up for the new wish. */
  go(route: Route): void {
    if (this.shown && this.shown !== this.last) this.visits.pop()
    if (route.to === 'home') this.visits = []
    this.visits.push({ route, memory: null })
  }

  /** One step back. False at home, and before it. */
  back(): boolean {
    if (this.visits.length < 2) return false
    this.visits.pop()
    return true
  }
}
