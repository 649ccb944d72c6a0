import { describe, expect, it } from 'vitest'
import { bootDelay, nextSlot, retryDelay, successDelay, timingOf } from './schedule.ts'

const minute = 60_000
const hour = 60 * minute
const timing = timingOf({
  periodMinutes: 240,
  bootSpreadMinutes: 30,
  retryFirstSeconds: 30,
  retryMostMinutes: 60,
  pauseAfterKeyMilliseconds: 400,
  requestTimeoutSeconds: 30,
})
const midnight = Date.parse('2026-03-01T00:00:00Z')

describe('the slot', () => {
  it.each([
    // seed, after, next slot, hours since midnight
    [0, 0, 4],
    [0, 0.001, 4],
    [0.5, 0, 2],
    [0.5, 1.999, 2],
    [0.5, 2, 6],
    [0.25, 3, 5],
    [0.999, 0, 3.996],
  ])('seed %d, after %d h: %d h', (seed, after, next) => {
    expect((nextSlot(midnight + after * hour, 4 * hour, seed) - midnight) / hour).toBeCloseTo(next, 6)
  })

  it('comes at least half a period after a success, and at most one and a half', () => {
    for (let i = 0; i < 100; i++) {
      const delay = successDelay(midnight + i * 7 * minute, timing, i / 100)
      expect(delay).toBeGreaterThan(2 * hour)
      expect(delay).toBeLessThanOrEqual(6 * hour)
    }
  })

  it('stays the same from period to period', () => {
    const first = midnight + successDelay(midnight, timing, 0.3)
    expect(successDelay(first, timing, 0.3)).toBeCloseTo(4 * hour, 3)
  })
})

describe('after the start', () => {
  const boot = { now: midnight, seed: 0.5, hungry: false, lastSuccess: midnight - hour }
  it.each([
    ['an empty box: at once', { ...boot, hungry: true, lastSuccess: null }, 0],
    ['a box whose first sync was cut off: at once', { ...boot, hungry: true }, 0],
    ['a success an hour ago: at the slot', boot, 2 * hour],
    ['a success just under a period ago: at the slot', { ...boot, lastSuccess: midnight - 4 * hour + 1 }, 2 * hour],
    ['a success a period ago: within the spread', { ...boot, lastSuccess: midnight - 4 * hour }, 15 * minute],
    ['no success on record: within the spread', { ...boot, lastSuccess: null }, 15 * minute],
    ['a success in the future: within the spread', { ...boot, lastSuccess: midnight + hour }, 15 * minute],
  ])('%s', (_, state, delay) => {
    expect(bootDelay(state, timing, () => 0.5)).toBe(delay)
  })
})

describe('after a failure', () => {
  it.each([
    // failures in a row, Retry-After, span
    [1, undefined, 0, 30_000],
    [2, undefined, 0, 60_000],
    [5, undefined, 0, 480_000],
    [8, undefined, 0, hour],
    [1000, undefined, 0, hour],
    [1, 120_000, 120_000, 150_000],
    [1, 1e12, 4 * hour, 4 * hour + 30_000],
    [1, -1, 0, 30_000],
  ])('number %i, Retry-After %s: from %i to %i ms', (failures, retryAfter, least, most) => {
    expect(retryDelay(failures, timing, () => 0, retryAfter)).toBe(least)
    expect(retryDelay(failures, timing, () => 1, retryAfter)).toBe(most)
  })
})
