import { type Atoms, NEVER } from './atoms.ts'
import { CONNECTOR, DASH, ELLIPSIS, NARROW_OPEN, OPEN, PAUSE, PREFIX } from './classes.ts'
import { EPSILON, type Fit, fitLine, gapOf, headCut, tailCut } from './fit.ts'
import type { Line, ParagraphStyle, Run } from './text.ts'
import type { FaceWidths } from './widths.ts'

/**
 * The atoms `from`…`to` (exclusive) as a line. `stretch`: justified to the measure if it is short of it.
 * `text`: the source of the line.
 */
export function setLine(
  a: Atoms, from: number, to: number, left: number, style: ParagraphStyle, stretch: boolean, source: string,
  text: string,
): Line {
  const em = style.face.size
  const fit = fitLine(a, from, to, left, style.width, em, stretch)
  const shift = shiftOf(style, fit.right)
  return { runs: place(a, from, to, left + shift, em, style.face.bold, source, fit), width: fit.right + shift, text }
}

/**
 * The last line that there is room for, of a text that goes on: as much as fits beside an
 * ellipsis (six dots, GB/T 15834 4.11.2; three where room is scarce).
 */
export function cutLine(
  a: Atoms, from: number, left: number, style: ParagraphStyle, source: string, textFrom: number, widths: FaceWidths,
): Line {
  const em = style.face.size
  const dots = style.width >= ROOMY * em ? '……' : '…'
  const dotsWidth = widths.word(dots)
  const room = style.width - dotsWidth
  let x = left
  let to = from
  for (let i = from; i < a.count; i++) {
    x += (a.advance[i] as number) + (i > from ? (a.gap[i] as number) : 0)
    if (x > room + EPSILON) break
    if (i + 1 === a.count || a.mayBreak[i + 1] !== NEVER) to = i + 1
  }
  while (to > from && isDangling(a.cls[to - 1] as number)) to--
  const fit = fitLine(a, from, to, left, room, em, false)
  const end = fit.natural + (to > from ? (a.tail[to - 1] as number) : 0)
  const shift = shiftOf(style, end + dotsWidth)
  const runs = place(a, from, to, left + shift, em, style.face.bold, source, fit)
  runs.push({ text: dots, x: end + shift, spacing: 0, bold: style.face.bold })
  const text = source.slice(textFrom, to > from ? a.end[to - 1] : textFrom) + dots
  return { runs, width: end + dotsWidth + shift, text }
}

/** Measures of so many ems have room for an ellipsis of two. */
const ROOMY = 12

/** What an ellipsis does not follow. */
function isDangling(cls: number): boolean {
  return (
    cls === PAUSE || cls === OPEN || cls === NARROW_OPEN || cls === PREFIX || cls === DASH || cls === ELLIPSIS ||
    cls === CONNECTOR
  )
}

/** How far a line that ends at `right` is moved for the sake of its alignment, px (CLREQ 3.4.3). */
function shiftOf(style: ParagraphStyle, right: number): number {
  if (style.align === 'center') return Math.max(0, (style.width - right) / 2)
  return style.align === 'end' ? Math.max(0, style.width - right) : 0
}

/** The runs of a fitted line: as few as can be, since every one is a call to the canvas. */
function place(
  a: Atoms, from: number, to: number, left: number, em: number, bold: boolean, source: string, fit: Fit,
): Run[] {
  const runs: Run[] = []
  let x = left
  let first = from
  let firstX = 0
  let spacing = 0
  let drawnTo = 0
  for (let i = from; i < to; i++) {
    const cut = i > from ? headCut(a, i, fit) : (a.head[i] as number)
    if (i > from) x += gapOf(a, i, fit, em) - tailCut(a, i - 1, fit)
    const drawX = x - (a.lead[i] as number) - cut
    if (i === from) {
      firstX = drawX
    } else {
      const step = drawX - drawnTo
      const solid = step < EPSILON && step > -EPSILON
      const joins =
        a.start[i] === a.end[i - 1] && a.bold[i] === a.bold[i - 1] &&
        (solid ? spacing === 0 : spaces(a, i, step - fit.even) && (i - 1 === first || spacing > 0))
      if (!joins) {
        runs.push(runOf(a, first, i, firstX, spacing, bold, source))
        first = i
        firstX = drawX
        spacing = 0
      } else if (!solid) {
        spacing = fit.even
      }
    }
    drawnTo = drawX + (a.width[i] as number)
    x += (a.advance[i] as number) - cut
  }
  if (to > from) runs.push(runOf(a, first, to, firstX, spacing, bold, source))
  return runs
}

/** Whether an atom follows the one before it in a run with even spacing: both are single characters. */
function spaces(a: Atoms, i: number, difference: number): boolean {
  return (
    difference < EPSILON && difference > -EPSILON &&
    (a.end[i] as number) - (a.start[i] as number) === 1 && (a.end[i - 1] as number) - (a.start[i - 1] as number) === 1
  )
}

function runOf(
  a: Atoms, first: number, to: number, x: number, spacing: number, bold: boolean, source: string,
): Run {
  return {
    text: source.slice(a.start[first], a.end[to - 1]),
    x,
    spacing,
    bold: bold || a.bold[first] === 1,
  }
}
