import { type Atoms, FIXED, HAN_WESTERN, WORD_SPACE } from './atoms.ts'
import { CLOSE, OPEN, PAUSE } from './classes.ts'

/**
 * Line adjustment: the atoms of one line are pressed together or drawn apart until they
 * fill the measure, in the order of CLREQ 3.5.3 (reduction) and 3.5.4 (expansion).
 */

/** Lengths closer than this are equal, px. */
export const EPSILON = 0.01
/** Widest even spacing, em: a line that would need more is left ragged rather than torn open. */
const WIDEST = 0.5

// CLREQ 3.5.3, in order. Marks at the line end come first and are always trimmed
// (GB/T 15834 5.1.10), interpuncts always take half an em (5.1.7): neither is left to reduce here.
const WORDS = 0
const BRACKETS = 1
const PAUSES = 2
const MIXED = 3
const STOPS = 4

/** How a line is adjusted; one object, used again for every line. */
export interface Fit {
  /** Where the line ends if nothing is adjusted, and where it does end; px from the left of the measure. */
  natural: number
  right: number
  /** Share taken of what each kind of place can give, 0…1. */
  readonly squeeze: Float64Array
  /** Share given to word spaces and to Han–Western spaces of what they can grow by, 0…1. */
  words: number
  mixed: number
  /** Added to every place that is not fixed, px. */
  even: number
}

const result: Fit = { natural: 0, right: 0, squeeze: new Float64Array(5), words: 0, mixed: 0, even: 0 }
const room = new Float64Array(5)

/** What a mark can give belongs to this kind. */
function kindOf(cls: number): number {
  return cls === CLOSE || cls === OPEN ? BRACKETS : cls === PAUSE ? PAUSES : STOPS
}

/**
 * Fits the atoms `from`…`to` (exclusive) between `left` and `right`, px. Too long: pressed
 * together; too short: drawn apart when `stretch` says so. The result is shared.
 */
export function fitLine(
  a: Atoms, from: number, to: number, left: number, right: number, em: number, stretch: boolean,
): Fit {
  const fit = result
  room.fill(0)
  fit.squeeze.fill(0)
  fit.words = fit.mixed = fit.even = 0
  let x = left
  let places = 0
  let wordGrowth = 0
  let mixedGrowth = 0
  for (let i = from; i < to; i++) {
    if (i === from) {
      x += (a.advance[i] as number) - (a.head[i] as number)
      continue
    }
    const gap = a.gap[i] as number
    const kind = a.gapKind[i]
    x += gap + (a.advance[i] as number)
    if (kind !== FIXED) places++
    if (kind === HAN_WESTERN) {
      room[MIXED] = (room[MIXED] as number) + gap / 2
      mixedGrowth += em / 2 - gap
    } else if (kind === WORD_SPACE) {
      room[WORDS] = (room[WORDS] as number) + gap - em / 4
      wordGrowth += Math.max(0, em / 2 - gap)
    }
    room[BRACKETS] = (room[BRACKETS] as number) + (a.head[i] as number)
    const tail = a.tail[i - 1] as number
    if (tail > 0) {
      const mark = kindOf(a.cls[i - 1] as number)
      room[mark] = (room[mark] as number) + tail
    }
  }
  if (to > from) x -= a.tail[to - 1] as number
  fit.natural = fit.right = x

  let over = x - right
  if (over > EPSILON) {
    for (let kind = WORDS; kind <= STOPS && over > 0; kind++) {
      const given = Math.min(over, room[kind] as number)
      if (given > 0) fit.squeeze[kind] = given / (room[kind] as number)
      over -= given
    }
    fit.right = right + over
  } else if (stretch && over < -EPSILON) {
    expand(fit, right, -over, wordGrowth, mixedGrowth, places, em)
  }
  return fit
}

/** CLREQ 3.5.4: word spaces, then Han–Western spaces, both up to half an em; then everything evenly. */
function expand(
  fit: Fit, right: number, slack: number, words: number, mixed: number, places: number, em: number,
): void {
  const toWords = Math.min(slack, words)
  const toMixed = Math.min(slack - toWords, mixed)
  const even = slack - toWords - toMixed
  if (even > EPSILON && even > places * em * WIDEST) return
  if (toWords > 0) fit.words = toWords / words
  if (toMixed > 0) fit.mixed = toMixed / mixed
  if (places > 0) fit.even = even / places
  fit.right = right
}

/** Distance of atom `i` to the one before it in a fitted line, px. */
export function gapOf(a: Atoms, i: number, fit: Fit, em: number): number {
  const gap = a.gap[i] as number
  const kind = a.gapKind[i]
  if (kind === FIXED) return gap
  if (kind === HAN_WESTERN) {
    return gap - (gap / 2) * (fit.squeeze[MIXED] as number) + (em / 2 - gap) * fit.mixed + fit.even
  }
  if (kind === WORD_SPACE) {
    const growth = Math.max(0, em / 2 - gap) * fit.words
    return gap - (gap - em / 4) * (fit.squeeze[WORDS] as number) + growth + fit.even
  }
  return gap + fit.even
}

/** What is taken off the left of an opening bracket within a fitted line, px. */
export function headCut(a: Atoms, i: number, fit: Fit): number {
  return (a.head[i] as number) * (fit.squeeze[BRACKETS] as number)
}

/** What is taken off the right of a mark within a fitted line, px. */
export function tailCut(a: Atoms, i: number, fit: Fit): number {
  const tail = a.tail[i] as number
  return tail > 0 ? tail * (fit.squeeze[kindOf(a.cls[i] as number)] as number) : 0
}
