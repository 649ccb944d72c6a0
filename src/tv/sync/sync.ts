import { BehaviorSubject, defer, EMPTY, Subject, type Observable, type SchedulerLike, type Subscription } from 'rxjs'
import type { TufOptions } from '../../feed/tuf/index.ts'
import type { Settings } from '../settings.ts'
import type { Edition } from '../store/edition.ts'
import type { Keeping } from '../store/keeping.ts'
import type { BoxLibrary } from '../store/library.ts'
import type { KeptValues } from '../store/values.ts'
import { check } from './check.ts'
import { believedTime } from './clock.ts'
import { HttpError, type Fetch } from './http.ts'
import { eventLog, type EventLog, type LogEvent } from './log.ts'
import { quietAfter } from './quiet.ts'
import { rhythm, type Attempt } from './rhythm.ts'
import { bootDelay, retryDelay, successDelay, timingOf } from './schedule.ts'
import { createSource } from './source.ts'
import { problemOf, type SyncStatus } from './status.ts'
import { createTransfer } from './transfer.ts'

export interface SyncOptions {
  readonly settings: Pick<Settings, 'feed' | 'sync'>
  /** The shipped root, and how signatures are verified. */
  readonly tuf: TufOptions
  readonly library: BoxLibrary
  readonly keeping: Keeping
  readonly values: KeptValues
  /** The publishing roles to follow now, widest first. After a change call `checkNow`. */
  readonly roles: () => readonly string[]
  /** Address of the app's page, from which relative feed addresses count. */
  readonly page: string
  /** Time at which the app was built, ISO 8601. */
  readonly builtAt: string
  /** Emits at every key press: background work then waits. */
  readonly keys$?: Observable<unknown>
  /** Default: the engine's. */
  readonly fetch?: Fetch
  /** The box's clock, ms since 1970. */
  readonly now?: () => number
  /** 0 ≤ random < 1. */
  readonly random?: () => number
  readonly scheduler?: SchedulerLike
  /** Where events go; default: a log of its own. */
  readonly log?: EventLog
}

/** Keeps the box up to date. */
export interface Sync {
  /** Emits the status of now, and every change. */
  readonly status$: Observable<SyncStatus>
  /** Emits the edition that is shown now (null on an empty box), and every one that takes its place. */
  readonly edition$: Observable<Edition | null>
  /** The last events, oldest first. */
  readonly events: readonly LogEvent[]
  /** From now on checks by the schedule. */
  start(): void
  /** Checks at once, or again as soon as the check that is under way has ended. */
  checkNow(): void
  /** No more checks; one that is under way ends before its next step. */
  stop(): void
}

/** What ends a check that is under way when the sync is stopped. */
const stopped = new Error('the sync was stopped')

export function createSync(options: SyncOptions): Sync {
  const { settings, tuf, library, keeping, values, roles, page, builtAt, scheduler } = options
  const { now = () => Date.now(), random = () => Math.random(), keys$ = EMPTY } = options
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init))
  const log = options.log ?? eventLog(now)
  const timing = timingOf(settings.sync)
  const timeout = settings.sync.requestTimeoutSeconds * 1000

  const status$ = new BehaviorSubject<SyncStatus>({
    phase: 'idle',
    done: 0,
    total: 0,
    reachable: null,
    lastSuccess: values.get('lastSuccess') ?? null,
    problem: library.trouble,
  })
  const tell = (change: Partial<SyncStatus>) => status$.next({ ...status$.value, ...change })
  const edition$ = new BehaviorSubject<Edition | null>(library.edition)

  const quiet = quietAfter(keys$, settings.sync.pauseAfterKeyMilliseconds, scheduler)
  let running: Subscription | undefined
  const pause = async () => {
    await quiet.pause()
    if (!running) throw stopped
  }
  const source = createSource({ fetch, bases: settings.feed.bases, page, timeout, now })
  const transfer = createTransfer({ keeping, fetch: (target, onBytes) => source.target(target, onBytes), pause })
  library.fetchWith(async (target) => {
    try {
      return await transfer.urgent(target)
    } catch (error) {
      log.add('failed', String(error))
      throw error
    }
  })

  /** Roles of the check that ended last, to see a change that came in the middle of it. */
  let checkedRoles = ''
  let askedAgain = false
  const ask$ = new Subject<void>()

  const believed = () => believedTime({ box: now(), signedAt: library.edition?.asOf ?? '', builtAt }).now

  let tryRoom = true
  let percent = 0
  const progress = (done: number, total: number) => {
    const before = percent
    percent = Math.floor((100 * done) / Math.max(total, 1))
    const phase = 'fetching'
    // Screens draw what changes: a hundred times is often enough.
    if (percent !== before || status$.value.phase !== phase) tell({ phase, done, total, reachable: true })
  }

  async function attempt(): Promise<Attempt> {
    askedAgain = false
    tell({ phase: 'checking' })
    try {
      const following = roles()
      checkedRoles = following.join()
      const state = await check({
        ...{ tuf, keeping, library, values, source, transfer, log, pause },
        roles: following,
        now: believed(),
        tryRoom,
        onProgress: progress,
        onEdition: (edition) => edition$.next(edition),
      })
      tryRoom = false
      const lastSuccess = believed().toISOString()
      await values.set('lastSuccess', lastSuccess)
      const problem = state === 'no-room' ? 'storage' : null
      tell({ phase: 'idle', done: 0, total: 0, reachable: true, lastSuccess, problem })
      return { ok: true }
    } catch (error) {
      const idle = { phase: 'idle', done: 0, total: 0 } as const
      if (error === stopped) {
        tell(idle)
        return { ok: false }
      }
      const problem = problemOf(error)
      log.add(problem, String(error))
      tell({ ...idle, reachable: problem !== 'unreachable', problem })
      const retryAfter = error instanceof HttpError ? error.retryAfter : undefined
      return retryAfter === undefined ? { ok: false } : { ok: false, retryAfter }
    }
  }

  /** One check at a time, also when the sync is stopped and started in the middle of one. */
  let turn: Promise<unknown> = Promise.resolve()
  const attemptInTurn = (): Promise<Attempt> => {
    const mine = turn.then(attempt)
    turn = mine
    return mine
  }

  const seed = values.get('seed') ?? random()
  const again = () => askedAgain || roles().join() !== checkedRoles

  function firstDelay(): number {
    const { shown } = library
    const hungry = !shown || shown.state === 'arriving' || shown.roles.join() !== roles().join()
    const success = values.get('lastSuccess')
    const lastSuccess = success === undefined ? null : Date.parse(success)
    return bootDelay({ now: believed().getTime(), seed, hungry, lastSuccess }, timing, random)
  }

  return {
    status$: status$.asObservable(),
    edition$: edition$.asObservable(),
    get events() {
      return log.events
    },

    start() {
      if (running) return
      if (values.get('seed') === undefined) void values.set('seed', seed)
      running = rhythm({
        check: () => defer(attemptInTurn),
        now$: ask$,
        firstDelay,
        successDelay: () => (again() ? 0 : successDelay(believed().getTime(), timing, seed)),
        retryDelay: (failures, retryAfter) => (again() ? 0 : retryDelay(failures, timing, random, retryAfter)),
        ...(scheduler && { scheduler }),
      }).subscribe()
    },

    checkNow() {
      askedAgain = true
      ask$.next()
    },

    stop() {
      running?.unsubscribe()
      running = undefined
    },
  }
}
