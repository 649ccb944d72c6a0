import type { TableBlock } from './block.ts'
import type { Mark } from './page.ts'
import { breakParagraph, extents } from './paragraph.ts'
import { type Row, textMark, textRows } from './rows.ts'
import type { PageStyle } from './style.ts'
import type { Line, Measure } from './text.ts'

/** Narrowest column, em. */
const NARROWEST = 4
/** Narrowest column of cells that hold sentences, em. */
const NARROWEST_LONG = 6
/** Longest unbreakable text that a column is made wide for, em: a document's number. */
const LONGEST_UNIT = 12
/** A column is not made wider than its content by more than this, em. */
const LOOSEST = 4

/** The rows of a table; as cards where its columns would be too narrow to read. */
export function tableRows(table: TableBlock, style: PageStyle, measure: Measure): Row[] {
  const widths = columnWidths(table, style, measure)
  const body = widths === undefined ? cards(table, style, measure) : grid(table, widths, style, measure)
  const caption = captionRows(table, style, measure)
  if (caption.length > 0 && body.length > 0) (body[0] as Row).keep = true
  return caption.concat(body)
}

function captionRows(table: TableBlock, style: PageStyle, measure: Measure): Row[] {
  if (!table.caption) return []
  const face = { size: style.caption.size, bold: true }
  const lines = breakParagraph(table.caption, { face, width: style.width, firstIndent: 0, align: 'center' }, measure)
  const rows = textRows(lines, 0, style.caption, 'caption')
  for (let i = 1; i < rows.length; i++) (rows[i] as Row).keep = true
  return rows
}

/**
 * Widths of the columns by their content, padding included, px; `undefined` when they do not fit.
 * Columns whose content fits into an even share have what they need; the rest share what is
 * left by the square root of their content, so that no column of short words is starved by one of sentences.
 */
function columnWidths(table: TableBlock, style: PageStyle, measure: Measure): number[] | undefined {
  const em = style.cell.size
  const columns = table.head.length
  const padding = 2 * style.cellPaddingX
  const least: number[] = []
  const wanted: number[] = []
  for (let c = 0; c < columns; c++) {
    let unit = 0
    let natural = NARROWEST * em
    for (let r = -1; r < table.rows.length; r++) {
      const text = (r < 0 ? table.head[c] : (table.rows[r] as readonly string[])[c]) || ''
      const extent = extents(text, { size: em, bold: r < 0 }, measure)
      unit = Math.max(unit, extent.unit)
      natural = Math.max(natural, extent.natural)
    }
    const longest = Math.max(NARROWEST * em, Math.min(natural, NARROWEST_LONG * em), Math.min(unit, LONGEST_UNIT * em))
    least.push(longest + padding)
    // A hair more than the content, or rounding would break it.
    wanted.push(Math.ceil(natural) + padding)
  }
  const total = sum(wanted)
  if (total <= style.width) return wanted.map((w) => w + Math.min((style.width - total) / columns, LOOSEST * em))
  if (sum(least) > style.width) return undefined
  return share(least, wanted, style.width)
}

function share(least: readonly number[], wanted: readonly number[], width: number): number[] {
  const settled: (number | undefined)[] = wanted.map(() => undefined)
  for (;;) {
    let left = width
    let weights = 0
    for (let c = 0; c < wanted.length; c++) {
      if (settled[c] !== undefined) left -= settled[c] as number
      else weights += Math.sqrt(wanted[c] as number)
    }
    // Columns that would get less than they need are settled first, then those that need less than they would get.
    let changed = false
    for (const bound of [least, wanted]) {
      for (let c = 0; c < wanted.length && !changed; c++) {
        if (settled[c] !== undefined) continue
        const part = (left * Math.sqrt(wanted[c] as number)) / weights
        if (bound === least ? part < (bound[c] as number) : part > (bound[c] as number)) {
          settled[c] = bound[c]
          changed = true
        }
      }
    }
    if (!changed) {
      return wanted.map((w, c) => (settled[c] === undefined ? (left * Math.sqrt(w)) / weights : (settled[c])))
    }
  }
}

function grid(table: TableBlock, widths: readonly number[], style: PageStyle, measure: Measure): Row[] {
  const head = gridRow(setCells(table.head, widths, true, style, measure), widths, style, true)
  const rows = [head]
  const most = Math.floor(
    (style.height - head.height - 2 * style.cellPaddingY - style.rule) / style.cell.lineHeight,
  )
  for (const source of table.rows) {
    const cells = setCells(source, widths, false, style, measure)
    const lines = cells.reduce((longest, cell) => Math.max(longest, cell.length), 1)
    // Only a row that no page could hold is split.
    const step = lines > most ? Math.max(1, most) : lines
    for (let at = 0; at < lines; at += step) {
      const part = step === lines ? cells : cells.map((cell) => cell.slice(at, at + step))
      rows.push({ ...gridRow(part, widths, style, false), repeat: head })
    }
  }
  if (rows.length > 1) (rows[1] as Row).keep = true
  return rows
}

function setCells(
  texts: readonly string[], widths: readonly number[], bold: boolean, style: PageStyle, measure: Measure,
): Line[][] {
  const face = { size: style.cell.size, bold }
  return widths.map((width, c) => {
    const text = texts[c] || ''
    return breakParagraph(text, { face, width: width - 2 * style.cellPaddingX, firstIndent: 0, align: 'start' }, measure)
  })
}

/** A row of cells with a rule below; the head has a ground and a rule above too. */
function gridRow(
  cells: readonly (readonly Line[])[], widths: readonly number[], style: PageStyle, head: boolean,
): Row {
  const { cell, cellPaddingX, cellPaddingY, rule } = style
  const count = cells.reduce((longest, lines) => Math.max(longest, lines.length), 1)
  const top = head ? rule : 0
  const bottom = top + count * cell.lineHeight + 2 * cellPaddingY
  const width = sum(widths)
  const marks: Mark[] = []
  const lines: string[] = []
  if (head) {
    marks.push({ kind: 'fill', x: 0, y: 0, width, height: bottom, role: 'head' })
    marks.push({ kind: 'rule', x: 0, y: 0, width, height: rule, role: 'table' })
  }
  let x = 0
  for (let c = 0; c < cells.length; c++) {
    const set = cells[c] as readonly Line[]
    for (let i = 0; i < set.length; i++) {
      const line = set[i] as Line
      const y = top + cellPaddingY + i * cell.lineHeight
      marks.push(textMark(line, x + cellPaddingX, y, cell, head ? 'head' : 'cell'))
      if (i === 0 && lines.length > 0) lines.push('')
      lines.push(line.text)
    }
    x += widths[c] as number
  }
  marks.push({ kind: 'rule', x: 0, y: bottom, width, height: rule, role: 'table' })
  return { before: 0, height: bottom + rule, marks, lines, starts: true, keep: false, block: 0 }
}

/** Each row as a list of "head：cell", between rules. A card is split only when it is taller than a page. */
function cards(table: TableBlock, style: PageStyle, measure: Measure): Row[] {
  const rows: Row[] = []
  const { cell, cellPaddingY, rule, width } = style
  const face = { size: cell.size, bold: false }
  for (const source of table.rows) {
    const card: Row[] = [ruleRow(width, rule, cellPaddingY)]
    for (let c = 0; c < table.head.length; c++) {
      const text = source[c]
      if (!text) continue
      const spans = [{ strong: `${table.head[c] as string}：` }, text]
      const lines = breakParagraph(spans, { face, width, firstIndent: 0, indent: 0, align: 'justify' }, measure)
      for (const row of textRows(lines, 0, cell, 'cell')) card.push(row)
    }
    const last = card[card.length - 1] as Row
    card[card.length - 1] = { ...last, height: last.height + cellPaddingY }
    let height = 0
    for (const row of card) height += row.height
    if (height <= style.height) for (let i = 1; i < card.length; i++) (card[i] as Row).keep = true
    else (card[1] as Row).keep = true
    for (const row of card) rows.push(row)
  }
  return rows
}

function ruleRow(width: number, rule: number, padding: number): Row {
  return {
    before: 0,
    height: rule + padding,
    marks: [{ kind: 'rule', x: 0, y: 0, width, height: rule, role: 'table' }],
    lines: [],
    starts: true,
    keep: false,
    block: 0,
  }
}

function sum(numbers: readonly number[]): number {
  let total = 0
  for (let i = 0; i < numbers.length; i++) total += numbers[i] as number
  return total
}
