import type { Block, HeadingBlock, ImageBlock, ListBlock, NoteBlock, ParagraphBlock } from './block.ts'
import type { Mark } from './page.ts'
import { breakParagraph } from './paragraph.ts'
import { keepParagraph, type Row, textMark, textRows } from './rows.ts'
import type { PageStyle, TextSize } from './style.ts'
import { tableRows } from './table.ts'
import type { Line, Measure, ParagraphStyle, Span } from './text.ts'

/** Pictures are not blown up further than this. */
const LARGEST_SCALE = 2
/** A heading stays on a page with so many lines that follow it (CLREQ 4.1.3). */
const KEPT_WITH_HEADING = 2

/** Turns blocks into rows, one after the other; what must stay together is marked on the rows. */
export class Flow {
  /** Space that the last block wants below it, px. */
  private after = 0
  /** How many of the next rows stay with the heading above them, and the height from the heading's top to there. */
  private kept = 0
  private keptHeight = 0

  constructor(private readonly style: PageStyle, private readonly measure: Measure) {}

  /** The rows of the next block. */
  rows(block: Block, index: number): Row[] {
    const rows = this.blockRows(block)
    const first = rows[0]
    if (first === undefined) return rows
    first.before = Math.max(this.after, this.spaceAbove(block))
    this.after = this.spaceBelow(block)
    if (this.kept === 0) this.keptHeight = -first.before
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as Row
      row.block = index
      this.keptHeight += row.before + row.height
      if (this.kept > 0) {
        row.keep = true
        this.kept--
      }
    }
    if (block.type === 'heading') this.kept = KEPT_WITH_HEADING
    return rows
  }

  private blockRows(block: Block): Row[] {
    switch (block.type) {
      case 'heading':
        return this.heading(block)
      case 'paragraph':
        return this.paragraph(block)
      case 'list':
        return this.list(block)
      case 'note':
        return this.note(block)
      case 'image':
        return this.image(block)
      case 'table':
        return tableRows(block, this.style, this.measure)
    }
  }

  private spaceAbove(block: Block): number {
    if (block.type === 'heading') return this.style.headingBefore[block.level - 1] as number
    return block.type === 'paragraph' ? this.style.paragraphGap : this.style.blockGap
  }

  private spaceBelow(block: Block): number {
    if (block.type === 'heading') return this.style.headingAfter[block.level - 1] as number
    return block.type === 'paragraph' ? this.style.paragraphGap : this.style.blockGap
  }

  private break(
    text: readonly Span[] | string, size: TextSize, bold: boolean, width: number, align: ParagraphStyle['align'],
    firstIndent: number, indent: number,
  ): Line[] {
    return breakParagraph(text, { face: { size: size.size, bold }, width, firstIndent, indent, align }, this.measure)
  }

  private heading(block: HeadingBlock): Row[] {
    const size = this.style.headings[block.level - 1] as TextSize
    const lines = this.break(block.text, size, true, this.style.width, block.level === 1 ? 'center' : 'start', 0, 0)
    const rows = textRows(lines, 0, size, 'heading')
    for (let i = 1; i < rows.length; i++) (rows[i] as Row).keep = true
    const title = lines.map((line) => line.text).join('')
    if (rows.length > 0) rows[0] = { ...(rows[0] as Row), chapter: { title, level: block.level } }
    return rows
  }

  private paragraph(block: ParagraphBlock): Row[] {
    // CLREQ 3.4.1: two ems; not for lines set to the middle or the end.
    const indent = block.align === undefined ? 2 : 0
    const size = this.style.body
    const lines = this.break(block.text, size, false, this.style.width, block.align || 'justify', indent, 0)
    return textRows(lines, 0, size, 'body')
  }

  /** Markers hang in whole ems before the text (CLREQ 3.4.1, 凸排). */
  private list(block: ListBlock): Row[] {
    const { style, measure } = this
    const em = style.body.size
    const ordered = block.start !== undefined
    const start = block.start || 0
    const widest = ordered ? measure(`${start + block.items.length - 1}.`, { size: em, bold: false }) : em / 2
    const indent = Math.max(2, Math.ceil(widest / em + 0.5)) * em
    const rows: Row[] = []
    for (let i = 0; i < block.items.length; i++) {
      const lines = this.break(block.items[i] as readonly Span[], style.body, false, style.width, 'justify', 0, indent)
      const item = textRows(lines, 0, style.body, 'body')
      const first = item[0]
      if (first === undefined) continue
      const marker = ordered ? `${start + i}.` : BULLET
      first.marks.unshift(ordered ? this.number(marker, indent) : this.bullet(indent))
      first.lines[0] = `${marker} ${first.lines[0] as string}`
      first.before = rows.length > 0 ? style.paragraphGap : 0
      for (let k = 0; k < item.length; k++) rows.push(item[k] as Row)
    }
    return rows
  }

  private number(marker: string, indent: number): Mark {
    const body = this.style.body
    const width = this.measure(marker, { size: body.size, bold: false })
    const line: Line = { runs: [{ text: marker, x: 0, spacing: 0, bold: false }], width, text: marker }
    return textMark(line, indent - body.size / 2 - width, 0, body, 'marker')
  }

  /** A disc of half the body's size, in the middle of its height: fonts without • have ●. */
  private bullet(indent: number): Mark {
    const body = this.style.body
    const size = body.size / 2
    const line: Line = { runs: [{ text: BULLET, x: 0, spacing: 0, bold: false }], width: size, text: BULLET }
    return textMark(line, indent - size * 2, 0, { size, lineHeight: body.lineHeight }, 'marker')
  }

  private note(block: NoteBlock): Row[] {
    const { width, note, notePadding, noteBar } = this.style
    const left = noteBar + notePadding
    const lines = this.break(block.text, note, false, width - left - notePadding, 'justify', 0, 0)
    const rows: Row[] = []
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] as Line
      const top = i === 0 ? notePadding : 0
      const height = top + note.lineHeight + (i === lines.length - 1 ? notePadding : 0)
      rows.push({
        before: 0,
        height,
        marks: [
          { kind: 'fill', x: 0, y: 0, width, height, role: 'note' },
          { kind: 'rule', x: 0, y: 0, width: noteBar, height, role: 'note' },
          textMark(line, left, top, note, 'note'),
        ],
        lines: [line.text],
        starts: i === 0,
        keep: false,
        block: 0,
      })
    }
    keepParagraph(rows)
    return rows
  }

  /** A picture with its caption below, in one row: neither is split, nor are they parted. */
  private image(block: ImageBlock): Row[] {
    const { width, height, caption, blockGap } = this.style
    const lines = block.caption ? this.break(block.caption, caption, false, width, 'center', 0, 0) : []
    const captionHeight = lines.length * caption.lineHeight
    const above = this.kept > 0 ? this.keptHeight + Math.max(this.after, blockGap) : 0
    const room = Math.max(height / 4, height - captionHeight - above)
    const scale = Math.min(LARGEST_SCALE, width / block.width, room / block.height)
    const picture = { width: Math.floor(block.width * scale), height: Math.floor(block.height * scale) }
    const x = Math.floor((width - picture.width) / 2)
    const marks: Mark[] = [{ kind: 'image', x, y: 0, ...picture, target: block.target, alt: block.alt }]
    for (let i = 0; i < lines.length; i++) {
      marks.push(textMark(lines[i] as Line, 0, picture.height + i * caption.lineHeight, caption, 'caption'))
    }
    return [
      {
        before: 0,
        height: picture.height + captionHeight,
        marks,
        lines: lines.map((line) => line.text),
        spoken: block.alt,
        starts: true,
        keep: false,
        block: 0,
      },
    ]
  }
}

const BULLET = '●'
