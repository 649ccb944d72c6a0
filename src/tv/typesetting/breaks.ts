import { type Atoms, FREELY, HAN_WESTERN, RARELY, RELUCTANTLY, WORD_SPACE } from './atoms.ts'
import { DASH, ELLIPSIS, isLeftInk, NARROW_CLOSE } from './classes.ts'
import { EPSILON } from './fit.ts'

/** Where lines end. Everything is decided on measured widths, before anything is placed. */

/**
 * Pressing a line together to get one more thing in is preferred to pushing it out
 * ("先挤进，后推出", CLREQ 3.1.4) unless marks would lose much for little: what must be
 * gained, weighted from the first to the second of these by the square of the share that is
 * taken of all that can be given, against what the line would have to be stretched by.
 */
const LIGHT_SQUEEZE = 0.4
const FULL_SQUEEZE = 1.8
/** A line is not shortened below this share of its length to save a lone character. */
const SHORTEST = 2 / 3
/** Most atoms that a last line with a single character can have: (字）。……) */
const LONE_ATOMS = 5

/** First atom after the line that begins with atom `from` and has its room between `left` and `right`. */
export function lineEnd(a: Atoms, from: number, left: number, right: number, em: number): number {
  const end = closestEnd(a, from, left, right, em)
  if (end === a.count || a.count - end >= LONE_ATOMS || !isLone(a, end)) return end
  return withoutLone(a, from, end, left, right, em)
}

function closestEnd(a: Atoms, from: number, left: number, right: number, em: number): number {
  const count = a.count
  const { advance, head, tail, gap, gapKind, mayBreak } = a
  let x = left - (head[from] as number)
  // What can be taken out of the line so far without touching its last atom.
  let give = 0
  let fits = -1
  let slack = 0
  let reluctant = -1
  let rare = -1
  let torn = -1
  for (let i = from; i < count; i++) {
    if (i > from) {
      const space = gap[i] as number
      const kind = gapKind[i]
      x += space
      if (kind === HAN_WESTERN) give += space / 2
      else if (kind === WORD_SPACE) give += space - em / 4
      give += (tail[i - 1] as number) + (head[i] as number)
    }
    x += advance[i] as number
    const over = x - (tail[i] as number) - right
    // Without a look at what may follow: every further atom only makes the line longer.
    if (over - give > EPSILON && i > from) break
    const next = i + 1 < count ? mayBreak[i + 1] : FREELY
    if (over <= EPSILON) {
      if (next === FREELY) {
        fits = i
        slack = -over
      } else if (next === RELUCTANTLY) reluctant = i
      else if (next === RARELY) rare = i
      else torn = i
    } else if (next === FREELY) {
      const share = over / give
      const weight = LIGHT_SQUEEZE + (FULL_SQUEEZE - LIGHT_SQUEEZE) * share * share
      if (fits < 0 || over * weight < slack) return i + 1
      break
    }
  }
  if (fits >= 0) return fits + 1
  if (reluctant >= 0) return reluctant + 1
  if (rare >= 0) return rare + 1
  return (torn >= 0 ? torn : from) + 1
}

/** Whether a last line of the atoms from `from` on is a single character, with or without marks (CLREQ 3.4.4). */
function isLone(a: Atoms, from: number): boolean {
  let characters = 0
  for (let i = from; i < a.count; i++) {
    const cls = a.cls[i] as number
    if (isLeftInk(cls) || cls === NARROW_CLOSE || cls === ELLIPSIS || cls === DASH) continue
    characters += (a.end[i] as number) - (a.start[i] as number)
  }
  return characters < 2
}

/**
 * Another end for a line that would leave a lone character: all of it pressed in
 * (GB/T 15834 5.1.11), or as much moved down as makes a last line (CLREQ 3.4.4).
 */
function withoutLone(a: Atoms, from: number, end: number, left: number, right: number, em: number): number {
  if (tightest(a, from, a.count, left, em) <= right + EPSILON) return a.count
  let x = widest(a, from, end, left)
  const shortest = left + (right - left) * SHORTEST
  for (let i = end - 1; i > from; i--) {
    x -= (a.advance[i] as number) + (a.gap[i] as number)
    if (x < shortest) break
    if (a.mayBreak[i] === FREELY && !isLone(a, i)) return i
  }
  return end
}

/** Natural right edge of a line, px. */
function widest(a: Atoms, from: number, to: number, left: number): number {
  let x = left - (a.head[from] as number)
  for (let i = from; i < to; i++) x += (a.advance[i] as number) + (i > from ? (a.gap[i] as number) : 0)
  return x
}

/** Right edge of a line that is pressed together as far as it goes, px. */
function tightest(a: Atoms, from: number, to: number, left: number, em: number): number {
  let x = widest(a, from, to, left) - (a.tail[to - 1] as number)
  for (let i = from + 1; i < to; i++) {
    x -= (a.tail[i - 1] as number) + (a.head[i] as number)
    if (a.gapKind[i] === HAN_WESTERN) x -= (a.gap[i] as number) / 2
    else if (a.gapKind[i] === WORD_SPACE) x -= (a.gap[i] as number) - em / 4
  }
  return x
}
