import { describe, expect, it } from 'vitest'
import { Drawing } from './drawing.ts'
import { FactsPanel } from './facts.ts'
import type { Fact } from './facts.ts'

const ems = (text: string, size: number): number => text.length * size
const rect = { x: 0, y: 0, width: 1260, height: 732 }
const panel = (facts: readonly Fact[]): FactsPanel =>
  new FactsPanel(facts, rect.width, rect.height, (text, face) => ems(text, face.size))

/** Everything that is drawn on all pages, and the lowest baseline. */
function drawn(p: FactsPanel): { text: string; lowest: number } {
  let text = ''
  let lowest = 0
  for (let page = 0; page < p.pages; page++) {
    const drawing = new Drawing(ems)
    p.draw(drawing, page, rect)
    for (const stroke of drawing.strokes) {
      if (stroke.kind !== 'text') continue
      text += stroke.text
      lowest = Math.max(lowest, stroke.y)
    }
  }
  return { text, lowest }
}

describe('facts', () => {
  it('that fit stand on one page, labels beside their texts', () => {
    const p = panel([{ label: '电话', text: '12345' }])
    expect(p.pages).toBe(1)
    expect(p.text(0)).toBe('电话 12345')
  })

  it('that do not fit go on on further pages, and nothing is lost or below the edge', () => {
    const long = '每年汛期之前完成排水管网的清疏和检修。'.repeat(40)
    const p = panel([{ label: '内容', text: long }, { label: '时间', text: '三月' }])
    expect(p.pages).toBeGreaterThan(1)
    const { text, lowest } = drawn(p)
    expect(text).toBe(`内容${long}时间三月`)
    expect(lowest).toBeLessThanOrEqual(rect.height)
  })

  it('never end a page with a heading', () => {
    for (let n = 1; n < 24; n++) {
      const p = panel([...Array.from({ length: n }, (_, i) => ({ text: `第${i}条` })), { text: '依据', heading: true }, { text: '尾' }])
      for (let page = 0; page < p.pages; page++) expect(p.text(page).endsWith('依据')).toBe(false)
    }
  })

  it('keep a heading with the whole of what it heads, where that fits on a page', () => {
    for (let n = 1; n < 12; n++) {
      const four = '每年汛期之前完成排水管网的清疏和检修。'.repeat(6)
      const p = panel([...Array.from({ length: n }, (_, i) => ({ text: `第${i}条` })), { text: '一', heading: true }, { text: '依据', heading: true }, { text: four }])
      for (let page = 0; page < p.pages; page++) {
        if (p.text(page).includes('依据')) expect(p.text(page)).toContain(`一\n依据\n${four}`)
      }
    }
  })

  it('are one page when there are none', () => {
    expect(panel([]).pages).toBe(1)
  })
})
