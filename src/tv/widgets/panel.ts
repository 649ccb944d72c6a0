import type { Drawing, Rect } from './drawing.ts'

/** The right-hand part of a screen: pages of something, whatever it is. */
export interface Panel {
  /** Pages known so far; at least 1. */
  readonly pages: number
  /** False while later pages are still being laid out: `pages` is then an estimate. */
  readonly done: boolean
  /** Whether there is such a page, also one that `pages` only guesses at. */
  has(page: number): boolean
  draw(drawing: Drawing, page: number, rect: Rect): void
  /** The page in words, in reading order. */
  text(page: number): string
  /** The set lines of a page, paragraphs apart: what a checker of line starts and ends reads. */
  lines?(page: number): readonly string[]
  /** Does a small slice of the remaining layout. */
  step?(): void
}

/** Pages that are drawn by a function each. */
export class DrawnPanel implements Panel {
  readonly done = true

  constructor(
    readonly pages: number,
    private readonly paintPage: (drawing: Drawing, page: number, rect: Rect) => void,
    private readonly words: (page: number) => string,
  ) {}

  has(page: number): boolean {
    return page < this.pages
  }

  draw(drawing: Drawing, page: number, rect: Rect): void {
    this.paintPage(drawing, page, rect)
  }

  text(page: number): string {
    return this.words(page)
  }
}
