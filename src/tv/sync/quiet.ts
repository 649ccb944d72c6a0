import {
  BehaviorSubject,
  debounceTime,
  filter,
  firstValueFrom,
  switchMap,
  tap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs'

/** Lets frames and keys go first. */
export interface Quiet {
  /** Resolves in a later task, once no key was pressed for a while. */
  pause(): Promise<void>
  close(): void
}

/**
 * @param keys$ emits at every key press
 * @param after ms without a key until background work goes on
 */
export function quietAfter(keys$: Observable<unknown>, after: number, scheduler?: SchedulerLike): Quiet {
  const busy$ = new BehaviorSubject(false)
  const keys = keys$
    .pipe(
      tap(() => busy$.next(true)),
      debounceTime(after, scheduler),
    )
    .subscribe(() => busy$.next(false))
  return {
    pause: async () => {
      await firstValueFrom(
        timer(0, scheduler).pipe(
          switchMap(() => busy$),
          filter((busy) => !busy),
        ),
      )
    },
    close: () => {
      keys.unsubscribe()
      busy$.next(false)
    },
  }
}
