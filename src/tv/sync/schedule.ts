import type { Settings } from '../settings.ts'

/**
 * When to look for news. Pure functions of times in milliseconds; the numbers spread a
 * million boxes over the period, also after a power cut that starts them all at once.
 */
export interface Timing {
  readonly period: number
  readonly bootSpread: number
  readonly retryFirst: number
  readonly retryMost: number
}

export const timingOf = (sync: Settings['sync']): Timing => ({
  period: sync.periodMinutes * 60_000,
  bootSpread: sync.bootSpreadMinutes * 60_000,
  retryFirst: sync.retryFirstSeconds * 1000,
  retryMost: sync.retryMostMinutes * 60_000,
})

/**
 * The next moment of this box's own slot in the period.
 * @param after ms since 1970: the slot is later than this
 * @param seed 0 ≤ seed < 1, the box's place in the period
 */
export function nextSlot(after: number, period: number, seed: number): number {
  const offset = seed * period
  return Math.floor((after - offset) / period) * period + period + offset
}

/**
 * How long to wait after a check that succeeded: until the slot, and at least half a
 * period, so that a check at boot is not followed by another one at once.
 */
export const successDelay = (now: number, timing: Timing, seed: number): number =>
  nextSlot(now + timing.period / 2, timing.period, seed) - now

export interface Boot {
  readonly now: number
  readonly seed: number
  /** True when nothing, or not everything, of an edition is here yet. */
  readonly hungry: boolean
  /** Time of the last completed check, ms since 1970; null when there was none. */
  readonly lastSuccess: number | null
}

/**
 * How long to wait after the start: not at all on a hungry box; a random part of the
 * spread when the last success is older than a period; else until the slot.
 */
export function bootDelay(boot: Boot, timing: Timing, random: () => number): number {
  if (boot.hungry) return 0
  const age = boot.lastSuccess === null ? Infinity : boot.now - boot.lastSuccess
  // A success in the future means that the clock went back: its age is unknown.
  if (age >= timing.period || age < 0) return random() * timing.bootSpread
  return nextSlot(boot.now, timing.period, boot.seed) - boot.now
}

/**
 * How long to wait after a failure: a random part of a span that doubles.
 * @param failures how many there were in a row, from 1
 * @param retryAfter what the server asked for, ms: honoured up to a period, since whoever
 *   answers is not to be trusted with more; the random part comes on top, so that not all return together
 */
export function retryDelay(failures: number, timing: Timing, random: () => number, retryAfter = 0): number {
  const span = Math.min(timing.retryMost, timing.retryFirst * Math.pow(2, failures - 1))
  return Math.min(Math.max(retryAfter, 0), timing.period) + random() * span
}
