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
/** From the top of a line to its baseline, px. */
const baselineDown = 45

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

  has(page: number): boolean {
    return page < this.pages
  }

  draw(drawing: Drawing, page: number, rect: Rect): void {
    for (const { fact, y, lines, labelLines } of this.laidOut[page] ?? []) {
      const baseline = rect.y + y + baselineDown
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
    const said = ({ fact, lines, labelLines }: Placed): string => {
      const text = lines.map((line) => line.text).join('')
      // A text that goes on from the page before does not say its label again.
      return fact.label && labelLines.length > 0 ? `${fact.label} ${text}` : text
    }
    return (this.laidOut[page] ?? []).map(said).join('\n')
  }

  lines(page: number): readonly string[] {
    return (this.laidOut[page] ?? []).flatMap(({ lines }) => [...lines.map((line) => line.text), ''])
  }
}

interface Broken {
  readonly fact: Fact
  readonly lines: readonly Line[]
  readonly labelLines: readonly Line[]
  readonly rows: number
}

function breakFact(fact: Fact, width: number, measure: Measure): Broken {
  const face = { size: size.body, bold: fact.heading ?? false }
  const column = fact.label ? width - labelWidth - gap : width
  const lines = breakParagraph(fact.text, { face, width: column, firstIndent: 0, align: 'justify' }, measure)
  const labelStyle = { face: { size: size.label, bold: false }, width: labelWidth, firstIndent: 0, align: 'start' } as const
  const labelLines = fact.label ? breakParagraph(fact.label, labelStyle, measure) : []
  return { fact, lines, labelLines, rows: Math.max(lines.length, labelLines.length) }
}

/** Height that a fact needs on its page: its own, and under a heading that of what it heads. */
function needed(broken: readonly Broken[], i: number, height: number): number {
  const own = (broken[i]?.rows ?? 0) * lineHeight
  if (!broken[i]?.fact.heading || i + 1 >= broken.length) return own
  const next = needed(broken, i + 1, height)
  return own + between + (own + between + next <= height ? next : lineHeight)
}

function layOut(facts: readonly Fact[], width: number, height: number, measure: Measure): Placed[][] {
  const broken = facts.map((fact) => breakFact(fact, width, measure))
  const pages: Placed[][] = [[]]
  let y = 0
  const turn = (): void => {
    pages.push([])
    y = 0
  }
  broken.forEach(({ fact, lines, labelLines, rows }, i) => {
    const wanted = needed(broken, i, height)
    if (y > 0 && y + (wanted <= height ? wanted : lineHeight) > height) turn()
    // A text longer than a page goes on on the next one.
    for (let from = 0; from < rows; ) {
      const to = Math.min(rows, from + Math.max(1, Math.floor((height - y) / lineHeight)))
      pages[pages.length - 1]?.push({ fact, y, lines: lines.slice(from, to), labelLines: labelLines.slice(from, to) })
      y += (to - from) * lineHeight
      from = to
      if (from < rows) turn()
    }
    y += between
  })
  return pages
}
