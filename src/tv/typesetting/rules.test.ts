import { describe, expect, it } from 'vitest'
import { checkLines, checkPages } from './check.ts'
import { Paginator } from './paginator.ts'
import { breakParagraph } from './paragraph.ts'
import { pageStyle } from './style.ts'
import { corpus, gridMeasure, inkEnd, SAMPLES, unevenMeasure } from './testing.ts'
import type { Line, Measure, ParagraphStyle, Span } from './text.ts'

const plain = (text: readonly Span[]): string => text.map((s) => (typeof s === 'string' ? s : s.strong)).join('')

/** What holds for every text, whatever its measure, size and font. */

const regulations = corpus()

/** What is wrong with a set paragraph: rules broken, text lost, lines that are not flush. */
function faults(text: string, lines: readonly Line[], style: ParagraphStyle, measure: Measure): string[] {
  const found = checkLines(lines.map((line) => line.text)).map((violation) => `${violation.rule} ${violation.text}`)
  if (lines.map((line) => line.text).join('') !== text) found.push(`lost text: ${text}`)
  lines.forEach((line, i) => {
    const drawnTo = inkEnd(line, style.face.size, measure)
    if (Math.abs(drawnTo - line.width) > 0.05) found.push(`not at its width: ${line.text}`)
    if (line.width > style.width + 0.05) found.push(`too wide: ${line.text}`)
    const full = line.width > style.width - 0.05
    // A line that would have to be torn open by more than half an em a character stays ragged.
    if (i < lines.length - 1 && !full && line.width > style.width * 0.85) found.push(`not flush: ${line.text}`)
  })
  return found
}

const settings: readonly (readonly [string, Measure, number, number])[] = [
  ['41 em of 42 px', gridMeasure, 41, 42],
  ['30 em of 57 px, uneven font', unevenMeasure, 30, 57],
  ['24.3 em of 40 px', gridMeasure, 24.3, 40],
  ['16 em of 36 px, uneven font', unevenMeasure, 16, 36],
]

describe.each(settings)('%s', (_name, measure, ems, size) => {
  const style: ParagraphStyle = { face: { size, bold: false }, width: ems * size, firstIndent: 2, align: 'justify' }

  it('our samples', () => {
    for (const text of SAMPLES) expect(faults(text, breakParagraph(text, style, measure), style, measure)).toEqual([])
  })

  it.runIf(regulations.length > 0)('every paragraph of the corpus', () => {
    const found: string[] = []
    for (const regulation of regulations) {
      for (const block of regulation.blocks) {
        const text = plain(block.text)
        for (const fault of faults(text, breakParagraph(text, style, measure), style, measure)) found.push(fault)
      }
    }
    expect(found).toEqual([])
  }, 60_000)
})

it.each([12, 20, 33])('our samples in columns of %d em, unjustified', (ems) => {
  for (const align of ['start', 'center', 'end'] as const) {
    const style: ParagraphStyle = { face: { size: 10, bold: true }, width: ems * 10, firstIndent: 0, align }
    for (const text of SAMPLES) {
      const lines = breakParagraph(text, style, gridMeasure)
      expect(checkLines(lines.map((line) => line.text))).toEqual([])
      expect(lines.map((line) => line.text).join('')).toBe(text)
      for (const line of lines) expect(line.width).toBeLessThanOrEqual(style.width + 0.01)
    }
  }
})

it.runIf(regulations.length > 0)('every regulation of the corpus in pages', () => {
  const style = pageStyle({ width: 1728, height: 800, size: 42 })
  for (const { name, blocks } of regulations) {
    const paginator = new Paginator(blocks, style, gridMeasure)
    while (paginator.step()) continue
    const { pages } = paginator
    expect(checkPages(pages), name).toEqual([])
    const source = blocks.map((block) => plain(block.text)).join('')
    expect(pages.map((page) => page.lines.join('')).join(''), name).toBe(source)
    for (const page of pages) {
      const last = page.marks[page.marks.length - 1]
      expect(last?.kind === 'text' && last.role === 'body' && last.y < style.height, name).toBe(true)
    }
    const headings = blocks.filter((block) => block.type === 'heading')
    expect(paginator.chapters.length, name).toBe(headings.length)
  }
}, 60_000)
