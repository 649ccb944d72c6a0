import type { Block } from './block.ts'
import { Flow } from './flow.ts'
import type { Chapter, Mark, Page } from './page.ts'
import { EPSILON } from './fit.ts'
import { moved, type Row } from './rows.ts'
import type { PageStyle } from './style.ts'
import type { Measure, Span } from './text.ts'

/** What a picture counts for in estimates, characters. */
const PICTURE_CHARACTERS = 200
/** Height of a regulation against that of solid lines: headings, short items, last lines, page ends. */
const AIRY = 1.5
/** Weight of that average in estimates, characters. */
const ASSUMED = 1500
/** Characters that `step` lays out when it is not told. */
const STEP_CHARACTERS = 1500

/**
 * Lays blocks out in pages, as they are asked for. Nothing happens in the constructor:
 * `page(0)` sets just as many blocks as the first page needs, `step()` the next few.
 */
export class Paginator {
  /** The pages so far, in order. */
  readonly pages: Page[] = []
  /** The headings on the pages so far; complete when `done`. */
  readonly chapters: Chapter[] = []

  private readonly flow: Flow
  private readonly characters: number
  /** Blocks laid out so far, their characters, and the height they take, px. */
  private blocksDone = 0
  private charactersDone = 0
  private height = 0
  /** The page that each block begins on. */
  private readonly beginnings: (number | undefined)[] = []
  /** Rows that are on no page yet, from `next` on. */
  private rows: Row[] = []
  private next = 0

  constructor(private readonly blocks: readonly Block[], private readonly style: PageStyle, measure: Measure) {
    this.flow = new Flow(style, measure)
    let characters = 0
    for (let i = 0; i < blocks.length; i++) characters += charactersOf(blocks[i] as Block)
    this.characters = characters
  }

  /** Whether every page is laid out. */
  get done(): boolean {
    return this.blocksDone === this.blocks.length && this.next === this.rows.length
  }

  /** Number of pages; a guess from what is laid out so far until `done`. */
  get estimatedPages(): number {
    if (this.done) return this.pages.length
    const { body, width, height } = this.style
    // What texts of this kind take on the average counts for the first few pages' worth.
    const average = (AIRY * body.lineHeight * body.size) / width
    const perCharacter = (this.height + average * ASSUMED) / (this.charactersDone + ASSUMED)
    const guess = Math.ceil((perCharacter * this.characters) / height)
    return Math.max(this.pages.length + 1, guess)
  }

  /** Page `n`, 0 the first; works up to it. `undefined` behind the last page. */
  page(n: number): Page | undefined {
    while (this.pages.length <= n && !this.done) this.advance()
    return this.pages[n]
  }

  /**
   * Works on by about so many characters, whole blocks at least; returns whether there is more to do.
   * For the time between two frames.
   */
  step(characters = STEP_CHARACTERS): boolean {
    const until = this.charactersDone + characters
    while (!this.done && this.charactersDone < until) this.advance()
    return !this.done
  }

  /**
   * The page that a block begins on: where to go on reading after a change of size.
   * Works up to it. A block that nothing was set of: the page of the one before it.
   */
  pageOf(block: number): number {
    while (this.beginnings.length <= block && !this.done) this.advance()
    for (let i = block; i >= 0; i--) {
      const page = this.beginnings[i]
      if (page !== undefined) return page
    }
    return 0
  }

  /** Lays out one block, or the last page. */
  private advance(): void {
    const block = this.blocks[this.blocksDone]
    if (block !== undefined) {
      const rows = this.flow.rows(block, this.blocksDone++)
      this.charactersDone += charactersOf(block)
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] as Row
        this.height += row.before + row.height
        this.rows.push(row)
      }
    }
    while (this.next < this.rows.length && this.cutPage()) continue
    if (this.next > 0 && (this.next === this.rows.length || this.next > MANY_ROWS)) {
      this.rows = this.rows.slice(this.next)
      this.next = 0
    }
  }

  /** Fills a page if there are rows enough. */
  private cutPage(): boolean {
    const { rows, next } = this
    const room = this.style.height + EPSILON
    const first = rows[next] as Row
    let y = first.repeat === undefined ? 0 : first.repeat.height
    let to = next
    for (; to < rows.length; to++) {
      const row = rows[to] as Row
      const taken = y + (to === next ? 0 : row.before) + row.height
      if (taken > room && to > next) break
      y = taken
    }
    if (to === rows.length) {
      if (this.blocksDone < this.blocks.length) return false
    } else {
      let whole = to
      while (whole > next && (rows[whole] as Row).keep) whole--
      // What must stay together and fills more than a page is cut where the page ends.
      if (whole > next) to = whole
    }
    this.pages.push(this.makePage(to))
    this.next = to
    return true
  }

  private makePage(to: number): Page {
    const { rows, next } = this
    const first = rows[next] as Row
    const marks: Mark[] = []
    const lines: string[] = []
    const text: string[] = []
    let y = 0
    if (first.repeat !== undefined) {
      addRow(first.repeat, 0, marks, lines, text)
      y = first.repeat.height
    }
    for (let i = next; i < to; i++) {
      const row = rows[i] as Row
      if (i > next) y += row.before
      addRow(row, y, marks, lines, text)
      if (this.beginnings[row.block] === undefined) this.beginnings[row.block] = this.pages.length
      if (row.chapter !== undefined) this.chapters.push({ ...row.chapter, page: this.pages.length })
      y += row.height
    }
    return { marks, lines, text: text.join('\n'), continues: !first.starts, block: first.block }
  }
}

/** Rows that were put on pages are let go when there are so many. */
const MANY_ROWS = 200

function addRow(row: Row, y: number, marks: Mark[], lines: string[], text: string[]): void {
  for (let i = 0; i < row.marks.length; i++) {
    const mark = moved(row.marks[i] as Mark, y)
    if (mark.kind === 'text' || !extend(marks, mark)) marks.push(mark)
  }
  if (row.spoken !== undefined) text.push(row.spoken)
  let fresh = row.starts
  for (let i = 0; i < row.lines.length; i++) {
    const line = row.lines[i] as string
    if (line === '') {
      fresh = true
      continue
    }
    if (fresh && lines.length > 0) lines.push('')
    lines.push(line)
    if (fresh || text.length === 0) text.push(line)
    else text[text.length - 1] += line
    fresh = false
  }
}

/** Draws out the ground or bar that the mark goes on with, so that a note is one box and not one a line. */
function extend(marks: Mark[], mark: Mark): boolean {
  if (mark.kind !== 'fill' && mark.kind !== 'rule') return false
  if (mark.role !== 'note') return false
  for (let i = marks.length - 1; i >= 0; i--) {
    const other = marks[i] as Mark
    if (other.kind !== mark.kind || other.role !== mark.role) continue
    if (other.x !== mark.x || other.width !== mark.width) return false
    if (Math.abs(other.y + other.height - mark.y) > EPSILON) return false
    marks[i] = { ...other, height: other.height + mark.height }
    return true
  }
  return false
}

function charactersOf(block: Block): number {
  let count = 0
  switch (block.type) {
    case 'image':
      return PICTURE_CHARACTERS
    case 'table':
      for (let i = 0; i < block.head.length; i++) count += (block.head[i] as string).length
      for (let i = 0; i < block.rows.length; i++) {
        const row = block.rows[i] as readonly string[]
        for (let c = 0; c < row.length; c++) count += (row[c] as string).length
      }
      return count + 1
    case 'list':
      for (let i = 0; i < block.items.length; i++) count += lengthOf(block.items[i] as readonly Span[])
      return count + 1
    default:
      return lengthOf(block.text) + 1
  }
}

function lengthOf(text: readonly Span[]): number {
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const span = text[i] as Span
    length += typeof span === 'string' ? span.length : span.strong.length
  }
  return length
}
