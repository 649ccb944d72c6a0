import type { Run } from './text.ts'

/** What a piece of text is, for the painter to choose its colour by. */
export type TextRole = 'body' | 'heading' | 'note' | 'caption' | 'cell' | 'head' | 'marker'

/** A line of text; the runs' `x` counts from the mark's. */
export interface TextMark {
  readonly kind: 'text'
  readonly x: number
  /** Baseline (alphabetic), px from the top of the text area. */
  readonly y: number
  /** Em size, px. Bold is each run's own. */
  readonly size: number
  readonly role: TextRole
  readonly runs: readonly Run[]
}

/** A thin line: of a table, or the bar at a note's side. */
export interface RuleMark {
  readonly kind: 'rule'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly role: 'table' | 'note'
}

/** A filled area behind text; comes before the text in `marks`. */
export interface FillMark {
  readonly kind: 'fill'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly role: 'note' | 'head'
}

/** A picture, to be drawn into the given box when it is there. */
export interface ImageMark {
  readonly kind: 'image'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Path of the TUF target. */
  readonly target: string
  readonly alt: string
}

/** Everything that a painter draws, in order. Origin: top left of the text area. */
export type Mark = TextMark | RuleMark | FillMark | ImageMark

/** One screenful. */
export interface Page {
  readonly marks: readonly Mark[]
  /** Reading order, a paragraph a line, pictures as what they say: for the accessible mirror. */
  readonly text: string
  /** The set lines; an empty string stands between paragraphs. What `checkLines` reads. */
  readonly lines: readonly string[]
  /** Whether the first line goes on with the last paragraph of the page before. */
  readonly continues: boolean
  /** Index of the block that the page begins in: where to go on reading after a change of size. */
  readonly block: number
}

/** An entry of the chapter jump: a heading and the page that it stands on (0 = first). */
export interface Chapter {
  readonly title: string
  readonly level: 1 | 2 | 3
  readonly page: number
}
