import { map, NEVER, Subject, timer, type Observable } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { describe, expect, it } from 'vitest'
import { quietAfter } from './quiet.ts'
import { rhythm, type Attempt } from './rhythm.ts'

const inVirtualTime = (test: (scheduler: TestScheduler) => void) => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected))
  scheduler.run(() => test(scheduler))
}

/** Runs a rhythm whose checks end as listed, each after 10 ms, and returns when they started. */
function starts(scheduler: TestScheduler, outcomes: Attempt[], now$: Observable<unknown> = NEVER): number[] {
  const started: number[] = []
  rhythm({
    check: () => {
      const outcome = outcomes[started.length] ?? { ok: true }
      started.push(scheduler.now())
      return timer(10, scheduler).pipe(map(() => outcome))
    },
    now$,
    firstDelay: () => 100,
    successDelay: () => 10_000,
    retryDelay: (failures, retryAfter) => failures * 1000 + (retryAfter ?? 0),
    scheduler,
  }).subscribe()
  return started
}

describe('the rhythm of checks', () => {
  it('waits after a success', () => {
    inVirtualTime((scheduler) => {
      const started = starts(scheduler, [])
      scheduler.maxFrames = 25_000
      scheduler.flush()
      expect(started).toEqual([100, 10_110, 20_120])
    })
  })

  it('counts failures, forgets them after a success, and passes Retry-After on', () => {
    inVirtualTime((scheduler) => {
      const bad = { ok: false }
      const started = starts(scheduler, [bad, bad, { ok: true }, { ok: false, retryAfter: 500 }])
      scheduler.maxFrames = 18_000
      scheduler.flush()
      expect(started).toEqual([100, 1110, 3120, 13_130, 14_640])
    })
  })

  it('checks at once when asked, but not twice at a time', () => {
    inVirtualTime((scheduler) => {
      const ask = new Subject<void>()
      const started = starts(scheduler, [], ask)
      for (const at of [50, 55, 300]) scheduler.schedule(() => ask.next(), at)
      scheduler.maxFrames = 9000
      scheduler.flush()
      expect(started).toEqual([50, 300])
    })
  })
})

describe('quiet', () => {
  it('lets keys go first', async () => {
    const scheduler = new TestScheduler(() => undefined)
    const runUntil = async (frame: number) => {
      scheduler.maxFrames = frame
      scheduler.flush()
      await new Promise((resolve) => setTimeout(resolve))
    }
    const keys = new Subject<void>()
    const quiet = quietAfter(keys, 400, scheduler)
    let passed = 0
    const pause = () => void quiet.pause().then(() => (passed += 1))

    pause()
    await runUntil(0)
    expect(passed).toBe(1)

    // A key at 0 ms and another at 300 ms: quiet from 700 ms on.
    keys.next()
    scheduler.schedule(() => keys.next(), 300)
    pause()
    await runUntil(650)
    expect(passed).toBe(1)
    await runUntil(700)
    expect(passed).toBe(2)
  })

  it('holds nothing up once it is closed', async () => {
    const keys = new Subject<void>()
    const quiet = quietAfter(keys, 60_000)
    keys.next()
    const waiting = quiet.pause()
    quiet.close()
    await waiting
  })
})
