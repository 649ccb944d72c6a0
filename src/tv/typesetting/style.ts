import { gridWidth } from './paragraph.ts'

/** Em size and line height, px. */
export interface TextSize {
  readonly size: number
  readonly lineHeight: number
}

/** Every number of a page, px. They come from the theme's tokens; `pageStyle` derives a set from one size. */
export interface PageStyle {
  /** Text area. */
  readonly width: number
  readonly height: number
  readonly body: TextSize
  /** Levels 1, 2, 3; set in bold. */
  readonly headings: readonly [TextSize, TextSize, TextSize]
  /** Space above a heading by level; none at the top of a page. */
  readonly headingBefore: readonly [number, number, number]
  /** Space below a heading by level. */
  readonly headingAfter: readonly [number, number, number]
  /** Space between two paragraphs or list items. */
  readonly paragraphGap: number
  /** Space above and below a table, note, picture or list. */
  readonly blockGap: number
  readonly note: TextSize
  /** Inside a note's box, all round. */
  readonly notePadding: number
  /** Width of the bar at a note's side. */
  readonly noteBar: number
  readonly caption: TextSize
  readonly cell: TextSize
  /** Inside a cell: left and right; above and below. */
  readonly cellPaddingX: number
  readonly cellPaddingY: number
  /** Thickness of the rules. */
  readonly rule: number
}

/**
 * Positions are multiples of three px of the 1920 picture: they fall on whole device
 * pixels at 1280 too, where the picture is drawn at two thirds.
 */
const STEP = 3

/** The nearest position that is sharp at every resolution, px. */
export function snap(px: number): number {
  return Math.round(px / STEP) * STEP
}

/**
 * A page's style from its text area and the size of its body text, px. The proportions:
 * lines of body text 1.6 em apart; headings larger by 10 to 20% a level and bold (CLREQ 4.1.2);
 * no space between paragraphs, the indent tells them apart (CLREQ 3.4.1); the measure a
 * whole number of ems (CLREQ 2.3.2), so `width` comes out up to an em narrower than asked for.
 */
export function pageStyle(area: { readonly width: number; readonly height: number; readonly size: number }): PageStyle {
  const size = area.size
  const line = snap(size * 1.6)
  const small = { size: snap(size * 0.86), lineHeight: snap(size * 1.3) }
  return {
    width: gridWidth(area.width, size),
    height: area.height,
    body: { size, lineHeight: line },
    headings: [
      { size: snap(size * 1.3), lineHeight: snap(size * 1.8) },
      { size: snap(size * 1.15), lineHeight: snap(size * 1.7) },
      { size, lineHeight: line },
    ],
    headingBefore: [snap(line * 0.75), snap(line * 0.5), snap(line * 0.25)],
    headingAfter: [snap(line * 0.25), snap(line * 0.125), 0],
    paragraphGap: 0,
    blockGap: snap(line * 0.5),
    note: { size: snap(size * 0.93), lineHeight: snap(size * 1.5) },
    notePadding: snap(size * 0.6),
    noteBar: snap(size * 0.15),
    caption: small,
    cell: small,
    cellPaddingX: snap(size * 0.4),
    cellPaddingY: snap(size * 0.25),
    rule: STEP,
  }
}
