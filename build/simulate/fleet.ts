import { bootDelay, nextSlot, retryDelay, successDelay } from '../../src/tv/sync/schedule.ts'
import type { Timing } from '../../src/tv/sync/schedule.ts'

/**
 * A day of a whole city's boxes. Each box decides by the schedule functions that run on the
 * box; only the network between is a model. Times are seconds of the day unless said otherwise.
 */
export interface Scenario {
  /** When power is away from every box. They start again within a minute after. */
  readonly powerCut?: Span
  /** When the origin answers nothing but failures. `retryAfter`: what it then asks for, seconds. */
  readonly outage?: Span & { readonly retryAfter?: number }
  /** When a new edition appears: every box fetches `changeRequests` files more, once. */
  readonly editionAt?: number
  /** Caches between boxes and origin: each asks for the timestamp once a minute, for other files once. */
  readonly edges?: number
  /** The moment from which it is counted how long boxes take to be up to date. */
  readonly from: number
}

export interface Span {
  readonly start: number
  readonly end: number
}

export interface Fleet {
  readonly boxes: number
  readonly timing: Timing
  /** Requests that the origin answers in a second; more are refused at once. */
  readonly capacity: number
  /** For the random numbers: the same seed gives the same day. */
  readonly seed: number
}

/** What a day came to. */
export interface Day {
  /** Requests at the origin, answered or refused, second by second. */
  readonly perSecond: Uint32Array
  /** Requests at the origin in a second: the mean of the seconds with power, and the most. */
  readonly mean: number
  readonly peak: number
  /** Checks that failed, and boxes that saw a check fail. */
  readonly failures: number
  readonly failedBoxes: number
  /** Seconds from `from` until 99% of the boxes had checked with success; Infinity: not on this day. */
  readonly until99: number
}

/** Requests of a day's change, feed.md's budget. */
export const changeRequests = 10
/** `max-age` of the timestamp, seconds. */
const timestampAge = 60
/** After a power cut all boxes start within this time, seconds. */
const startWithin = 60
export const daySeconds = 86_400

/** Lives one day. */
export function simulate(scenario: Scenario, { boxes, timing, capacity, seed }: Fleet): Day {
  const random = generator(seed)
  const queue = new Agenda(boxes)
  const place = Float64Array.from({ length: boxes }, random)
  const lastSuccess = Float64Array.from(place, (at) => nextSlot(-timing.period, timing.period, at))
  const failuresInARow = new Uint8Array(boxes)
  const everFailed = new Uint8Array(boxes)
  const hasEdition = new Uint8Array(boxes)
  const upToDate = new Uint8Array(boxes)
  const perSecond = new Uint32Array(daySeconds)
  const network = scenario.edges === undefined ? direct(scenario) : behindCaches(scenario, scenario.edges)
  let failures = 0
  let reached = 0
  let until99 = Infinity

  for (let box = 0; box < boxes; box++) queue.add(box, nextSlot(0, timing.period, place[box] ?? 0))
  for (let second = 0; second < daySeconds; second++) {
    if (second === scenario.powerCut?.start) {
      queue.clear()
      for (let box = 0; box < boxes; box++) {
        const now = (scenario.powerCut.end + random() * startWithin) * 1000
        const boot = { now, seed: place[box] ?? 0, hungry: false, lastSuccess: lastSuccess[box] ?? null }
        queue.add(box, now + bootDelay(boot, timing, random))
      }
    }
    let left = within(second, scenario.outage) ? 0 : capacity
    queue.takeAll(second, (box, now) => {
      const wants = network(box, second, hasEdition[box] === 1, left > 0)
      perSecond[second] = (perSecond[second] ?? 0) + (wants.atOrigin <= left ? wants.atOrigin : Math.min(1, wants.atOrigin))
      if (wants.atOrigin <= left) {
        left -= wants.atOrigin
        failuresInARow[box] = 0
        lastSuccess[box] = now
        if (wants.edition) hasEdition[box] = 1
        const current = scenario.editionAt === undefined || wants.edition
        if (second >= scenario.from && current && upToDate[box] === 0) {
          upToDate[box] = 1
          reached++
          if (reached >= boxes * 0.99 && until99 === Infinity) until99 = second - scenario.from
        }
        queue.add(box, now + successDelay(now, timing, place[box] ?? 0))
      } else {
        failures++
        everFailed[box] = 1
        const inARow = Math.min(255, (failuresInARow[box] ?? 0) + 1)
        failuresInARow[box] = inARow
        const asked = within(second, scenario.outage) ? (scenario.outage?.retryAfter ?? 0) * 1000 : 0
        queue.add(box, now + retryDelay(inARow, timing, random, asked))
      }
    })
  }
  const dark = scenario.powerCut ? scenario.powerCut.end - scenario.powerCut.start : 0
  let total = 0
  let peak = 0
  for (const count of perSecond) {
    total += count
    peak = Math.max(peak, count)
  }
  const failedBoxes = everFailed.reduce((sum, failed) => sum + failed, 0)
  return { perSecond, mean: total / (daySeconds - dark), peak, failures, failedBoxes, until99 }
}

/** What a check asks of the origin, and whether it brings the new edition. */
interface Wants {
  readonly atOrigin: number
  readonly edition: boolean
}
type Network = (box: number, second: number, has: boolean, originUp: boolean) => Wants

const isOut = ({ editionAt = Infinity }: Scenario, second: number): boolean => second >= editionAt

function direct(scenario: Scenario): Network {
  return (_box, second, has) => {
    const edition = isOut(scenario, second)
    return { atOrigin: edition && !has ? 1 + changeRequests : 1, edition }
  }
}

function behindCaches(scenario: Scenario, edges: number): Network {
  const timestampAt = new Float64Array(edges).fill(-Infinity)
  const knows = new Uint8Array(edges)
  return (box, second, _has, originUp) => {
    const edge = box % edges
    if (second - (timestampAt[edge] ?? 0) < timestampAge) return { atOrigin: 0, edition: knows[edge] === 1 }
    const news = isOut(scenario, second) && knows[edge] === 0
    if (originUp) {
      timestampAt[edge] = second
      if (news) knows[edge] = 1
    }
    return { atOrigin: news ? 1 + changeRequests : 1, edition: isOut(scenario, second) }
  }
}

const within = (second: number, span: Span | undefined): boolean =>
  span !== undefined && second >= span.start && second < span.end

/** What each box does next: one thing a box, found by its second. */
class Agenda {
  private readonly first = new Int32Array(daySeconds + 1).fill(-1)
  private readonly next: Int32Array
  private readonly when: Float64Array
  /** The second that is being taken; what comes in it comes in the next. */
  private taking = -1

  constructor(boxes: number) {
    this.next = new Int32Array(boxes).fill(-1)
    this.when = new Float64Array(boxes)
  }

  /** @param at ms; after the day's end it is forgotten */
  add(box: number, at: number): void {
    const second = Math.min(Math.max(Math.floor(at / 1000), this.taking + 1), daySeconds)
    this.when[box] = Math.max(at, second * 1000)
    this.next[box] = this.first[second] ?? -1
    this.first[second] = box
  }

  clear(): void {
    this.first.fill(-1)
  }

  /** Gives every box of a second, with its time in ms. */
  takeAll(second: number, give: (box: number, now: number) => void): void {
    this.taking = second
    let box = this.first[second] ?? -1
    while (box >= 0) {
      const following = this.next[box] ?? -1
      give(box, this.when[box] ?? 0)
      box = following
    }
  }
}

/** Random numbers, 0 ≤ r < 1, the same for the same seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
