/**
 * What goes into the line breaker and what comes out of it. All lengths are CSS
 * pixels of the canvas that will be painted, unless a comment says em.
 */

/** A run of source text: plain, or set in bold. The same shape as the feed's spans. */
export type Span = string | { readonly strong: string }

/** A face of the one family that is in use. */
export interface Face {
  /** Em size, px. */
  readonly size: number
  readonly bold: boolean
}

/**
 * Width in px of a string set in a face; the caller backs it with canvas `measureText`.
 * Each distinct string is asked for once per face (see widths.ts), so it need not cache.
 */
export type Measure = (text: string, face: Face) => number

/**
 * Characters that are drawn from `x` on in one go.
 * `spacing` 0: one `fillText`. Otherwise every character is followed by `spacing` px
 * (negative when it is set tighter): draw them one by one, or with the canvas's `letterSpacing`.
 */
export interface Run {
  readonly text: string
  /** Left edge, px from the left edge of the line's measure. */
  readonly x: number
  /** Extra px after every character of the run. */
  readonly spacing: number
  readonly bold: boolean
}

/** One set line. */
export interface Line {
  readonly runs: readonly Run[]
  /** Right edge of the line, px from the left edge of the measure; a justified line's equals the measure. */
  readonly width: number
  /** The source text of the line, with the spaces that are not drawn at its end. */
  readonly text: string
}

/** How a paragraph is set. */
export interface ParagraphStyle {
  readonly face: Face
  /** Measure: the length of a line, px. Best a whole number of ems, see `gridWidth`. */
  readonly width: number
  /** First-line indent, em. 2 for running text (CLREQ 3.4.1), 0 elsewhere. */
  readonly firstIndent: number
  /** Indent of every line, px: the hanging text of list items. */
  readonly indent?: number
  readonly align: 'justify' | 'start' | 'center' | 'end'
  /** Cut after so many lines; the last one then ends in ……. */
  readonly maxLines?: number
}
