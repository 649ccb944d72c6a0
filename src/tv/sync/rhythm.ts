import { defer, exhaustMap, race, repeat, take, tap, timer, type Observable, type SchedulerLike } from 'rxjs'

/** How a check ended, as far as the next one depends on it. */
export interface Attempt {
  readonly ok: boolean
  /** What the server asked for, ms. */
  readonly retryAfter?: number
}

export interface RhythmOptions {
  /** Emits once, and completes. */
  readonly check: () => Observable<Attempt>
  /** Checks at once; ignored while one is under way. */
  readonly now$: Observable<unknown>
  /** Waiting times, ms. */
  readonly firstDelay: () => number
  readonly successDelay: () => number
  readonly retryDelay: (failures: number, retryAfter: number | undefined) => number
  readonly scheduler?: SchedulerLike
}

/** Checks for ever: waits, checks, and lets the outcome say how long to wait. Unsubscribing stops it. */
export function rhythm(options: RhythmOptions): Observable<Attempt> {
  return defer(() => {
    let delay = options.firstDelay()
    let failures = 0
    return defer(() => race(timer(delay, options.scheduler), options.now$)).pipe(
      take(1),
      exhaustMap(options.check),
      tap(({ ok, retryAfter }) => {
        failures = ok ? 0 : failures + 1
        delay = ok ? options.successDelay() : options.retryDelay(failures, retryAfter)
      }),
      repeat(),
    )
  })
}
