import { leading, size } from '../theme/tokens.ts'
import { breakParagraph } from '../typesetting/index.ts'
import type { Line, Measure } from '../typesetting/index.ts'
import type { Drawing, Rect } from './drawing.ts'
import type { Panel } from './panel.ts'

/** A label and what it says; a fact without a label stands across the whole width. */
export interface Fact {
  readonly label?: string
  readonly text: string
  /** A heading above the facts that follow. */
  readonly heading?: boolean
}

const labelWidth = 252
const gap = 24
/** Space between two facts, px. */
const between = 12
const lineHeight = size.body * leading

interface Placed {
  readonly fact: Fact
  readonly y: number
  readonly lines: readonly Line[]
  readonly labelLines: readonly Line[]
}

/** Labels at the left, their texts beside them, in pages: what a form says about a thing. */
export class FactsPanel implements Panel {
  readonly done = true
  private readonly laidOut: readonly (readonly Placed[])[]

  constructor(facts: readonly Fact[], width: number, height: number, measure: Measure) {
    this.laidOut = layOut(facts, width, height, measure)
  }

  get pages(): number {
    return Math.max(1, this.laidOut.length)
  }

  draw(drawing: Drawing, page: number, rect: Rect): void {
    for (const { fact, y, lines, labelLines } of this.laidOut[page] ?? []) {
      const baseline = rect.y + y + size.body * 1.05
      labelLines.forEach((line, i) => {
        drawing.text(rect.x, baseline + i * lineHeight, line.text, { size: size.label, ink: 'quiet' })
      })
      const x = rect.x + (fact.label ? labelWidth + gap : 0)
      lines.forEach((line, i) => {
        for (const run of line.runs) {
          drawing.strokes.push({
            kind: 'text',
            x: x + run.x,
            y: baseline + i * lineHeight,
            text: run.text,
            size: size.body,
            bold: fact.heading ?? false,
            ink: fact.heading ? 'accent' : 'text',
            spacing: run.spacing,
          })
        }
      })
    }
  }

  text(page: number): string {
    return (this.laidOut[page] ?? []).map(({ fact }) => (fact.label ? `${fact.label} ${fact.text}` : fact.text)).join('\n')
  }
}

function layOut(facts: readonly Fact[], width: number, height: number, measure: Measure): Placed[][] {
  const pages: Placed[][] = []
  let page: Placed[] = []
  let y = 0
  facts.forEach((fact, i) => {
    const face = { size: size.body, bold: fact.heading ?? false }
    const column = fact.label ? width - labelWidth - gap : width
    const lines = breakParagraph(fact.text, { face, width: column, firstIndent: 0, align: 'justify' }, measure)
    const labelFace = { size: size.label, bold: false }
    const labelLines = fact.label
      ? breakParagraph(fact.label, { face: labelFace, width: labelWidth, firstIndent: 0, align: 'start' }, measure)
      : []
    const rows = Math.max(lines.length, labelLines.length)
    // A heading takes the first line of what follows along, so that it never ends a page.
    const needed = rows * lineHeight + (fact.heading && i + 1 < facts.length ? between + lineHeight : 0)
    if (y > 0 && y + (needed <= height ? needed : lineHeight) > height) {
      pages.push(page)
      page = []
      y = 0
    }
    let from = 0
    // A text longer than a page goes on on the next one.
    while (from < rows) {
      const fitting = Math.max(1, Math.floor((height - y) / lineHeight))
      const to = Math.min(rows, from + fitting)
      page.push({ fact, y, lines: lines.slice(from, to), labelLines: labelLines.slice(from, to) })
      y += (to - from) * lineHeight
      from = to
      if (from < rows) {
        pages.push(page)
        page = []
        y = 0
      }
    }
    y += between
  })
  if (page.length > 0) pages.push(page)
  return pages
}
