import type { Mark, TextRole } from './page.ts'
import { snap, type TextSize } from './style.ts'
import type { Line } from './text.ts'

/**
 * A strip of a page as wide as the text area: a line of text, a row of a table, a picture.
 * Pages are cut between rows, never through one.
 */
export interface Row {
  /** Space above, px; none at the top of a page. */
  before: number
  readonly height: number
  /** Placed from the row's top left. */
  readonly marks: Mark[]
  /** The set lines; an empty string between paragraphs. */
  readonly lines: string[]
  /** What is read out where nothing is set: a picture's description. */
  readonly spoken?: string
  /** Whether it begins a paragraph. */
  readonly starts: boolean
  /** Whether a page must not begin with it. */
  keep: boolean
  /** Index of its block. */
  block: number
  /** The heading that it begins. */
  readonly chapter?: { readonly title: string; readonly level: 1 | 2 | 3 }
  /** Set above it again when a page begins with it: the head of its table. */
  readonly repeat?: Row
}

/** Share of the em above the baseline in CJK fonts. */
const ASCENT = 0.88

/** Baseline of a line, px below the top of its strip: the em is in the middle of the line's height. */
export function baseline(text: TextSize): number {
  return snap((text.lineHeight - text.size) / 2 + text.size * ASCENT)
}

/** The mark of a set line, with the top of its strip at `y`. */
export function textMark(line: Line, x: number, y: number, text: TextSize, role: TextRole): Mark {
  return { kind: 'text', x, y: y + baseline(text), size: text.size, role, runs: line.runs }
}

/** The rows of a paragraph's lines, one each. */
export function textRows(lines: readonly Line[], x: number, text: TextSize, role: TextRole): Row[] {
  const rows: Row[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line
    rows.push({
      before: 0,
      height: text.lineHeight,
      marks: [textMark(line, x, 0, text, role)],
      lines: [line.text],
      starts: i === 0,
      keep: false,
      block: 0,
    })
  }
  keepParagraph(rows)
  return rows
}

/** A paragraph of so many lines is not parted into fewer than two on either page. */
const LONG = 4

/**
 * Widows and orphans (CLREQ 3.4.4): no page begins with the last line of a paragraph,
 * none ends with the first of a longer one.
 */
export function keepParagraph(rows: readonly Row[]): void {
  const count = rows.length
  if (count > 1) (rows[count - 1] as Row).keep = true
  if (count >= LONG) (rows[1] as Row).keep = true
}

/** The mark moved down. */
export function moved(mark: Mark, y: number): Mark {
  switch (mark.kind) {
    case 'text':
      return { kind: 'text', x: mark.x, y: mark.y + y, size: mark.size, role: mark.role, runs: mark.runs }
    case 'image':
      return { ...mark, y: mark.y + y }
    case 'fill':
      return { ...mark, y: mark.y + y }
    case 'rule':
      return { ...mark, y: mark.y + y }
  }
}
