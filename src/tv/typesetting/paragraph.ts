import { type Atoms, FREELY } from './atoms.ts'
import { lineEnd } from './breaks.ts'
import { compose } from './compose.ts'
import { EPSILON } from './fit.ts'
import { cutLine, setLine } from './place.ts'
import { sourceOf, type Source } from './source.ts'
import type { Face, Line, Measure, ParagraphStyle, Span } from './text.ts'
import { type FaceWidths, widthsOf } from './widths.ts'

/** A measure of whole ems, the widest that fits: ideographs then stand under each other (CLREQ 2.3.2). */
export function gridWidth(width: number, size: number): number {
  return Math.max(1, Math.floor((width + EPSILON) / size)) * size
}

/**
 * Sets a paragraph: chooses the line ends and places the characters. A line feed in the
 * text ends a line. Together the lines' texts are the text, line feeds apart.
 */
export function breakParagraph(text: readonly Span[] | string, style: ParagraphStyle, measure: Measure): Line[] {
  const source = sourceOf(text)
  const plain = widthsOf(measure, style.face)
  const strong = source.toggles.length > 0 ? widthsOf(measure, { size: style.face.size, bold: true }) : plain
  const lines: Line[] = []
  const whole = source.text
  const most = style.maxLines || Infinity
  for (let from = 0; from < whole.length && lines.length < most;) {
    let to = whole.indexOf('\n', from)
    if (to < 0) to = whole.length
    setPart(lines, source, from, to, style, plain, strong, most)
    from = to + 1
  }
  return lines
}

/** Sets the text between two line feeds. */
function setPart(
  lines: Line[], source: Source, from: number, to: number, style: ParagraphStyle, plain: FaceWidths, strong: FaceWidths,
  most: number,
): void {
  const text = source.text
  const em = style.face.size
  const indent = style.indent || 0
  const firstLeft = indent + (from === 0 ? style.firstIndent * em : 0)
  const a = compose(source, from, to, plain, strong, style.width - Math.max(indent, firstLeft))
  const right = style.align === 'center' ? balanced(a, firstLeft, indent, style.width, em) : style.width
  const justify = style.align === 'justify'
  let textFrom = from
  let at = 0
  do {
    const left = at === 0 ? firstLeft : indent
    const next = a.count === 0 ? 0 : lineEnd(a, at, left, right, em)
    const last = next === a.count
    if (lines.length + 1 === most && (!last || to < text.length)) {
      lines.push(cutLine(a, at, left, style, text, textFrom, plain))
      return
    }
    const textTo = last ? to : (a.start[next] as number)
    lines.push(setLine(a, at, next, left, style, justify && !last, text, text.slice(textFrom, textTo)))
    textFrom = textTo
    at = next
  } while (at < a.count)
}

/** How wide a text is: set in one line, and its widest part that is not broken; px. */
export interface Extents {
  readonly natural: number
  readonly unit: number
}

/** Measures a text without setting it: what columns are made by. */
export function extents(text: string, face: Face, measure: Measure): Extents {
  const widths = widthsOf(measure, face)
  const a = compose(sourceOf(text), 0, text.length, widths, widths, Infinity)
  let natural = 0
  let unit = 0
  let at = 0
  for (let i = 0; i < a.count; i++) {
    const advance = (a.advance[i] as number) - (i === 0 ? (a.head[i] as number) : 0)
    natural += advance + (a.gap[i] as number)
    at = a.mayBreak[i] === FREELY ? advance : at + advance + (a.gap[i] as number)
    unit = Math.max(unit, at - (a.tail[i] as number))
  }
  if (a.count > 0) natural -= a.tail[a.count - 1] as number
  return { natural, unit }
}

/** More lines than this are not balanced: that is running text. */
const MOST_BALANCED = 4

/** The right edge that breaks centred text into lines of about one length, without a line more. */
function balanced(a: Atoms, firstLeft: number, left: number, width: number, em: number): number {
  const lines = countLines(a, firstLeft, left, width, em, MOST_BALANCED)
  if (lines < 2 || lines > MOST_BALANCED) return width
  let narrow = width
  while (narrow - em > width / 2 && countLines(a, firstLeft, left, narrow - em, em, lines) <= lines) narrow -= em
  return narrow
}

/** Number of lines, or `most` + 1 if there are more. */
function countLines(a: Atoms, firstLeft: number, left: number, right: number, em: number, most: number): number {
  let lines = 0
  for (let at = 0; at < a.count && lines <= most; lines++) at = lineEnd(a, at, at === 0 ? firstLeft : left, right, em)
  return lines
}
