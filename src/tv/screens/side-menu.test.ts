import { describe, expect, it } from 'vitest'
import { content } from '../theme/tokens.ts'
import { Drawing } from '../widgets/drawing.ts'
import { SideMenu } from './side-menu.ts'

const ems = (text: string, size: number): number => text.length * size
const measure = (text: string, face: { size: number }): number => ems(text, face.size)
const menu = (labels: readonly string[]): SideMenu<string> =>
  new SideMenu(
    labels.map((label) => ({ value: label, label })),
    measure,
  )
const letters = 'abcdefghijklmnopqrst'.split('')

describe('moving', () => {
  it('stops at both ends and says so', () => {
    const m = menu(['a', 'b'])
    expect([m.step(-1), m.step(1), m.step(1), m.value]).toEqual([false, true, false, 'b'])
  })

  it('goes on page by page when it is long, the focus always inside the content area', () => {
    const m = menu(letters)
    const firsts = new Set<number>()
    do {
      const rect = m.focusRect()
      expect(rect.y).toBeGreaterThanOrEqual(content.top)
      expect(rect.y + rect.height).toBeLessThanOrEqual(content.bottom)
      firsts.add(m.firstShown)
    } while (m.step(1))
    expect(firsts.size).toBe(3)
  })

  it('falls back to the first item when a value is gone', () => {
    const m = menu(['a', 'b'])
    m.choose('gone')
    expect(m.value).toBe('a')
  })
})

describe('labels', () => {
  const texts = (label: string): { text: string; size: number }[] => {
    const drawing = new Drawing(ems)
    menu([label]).draw(drawing)
    return drawing.strokes.flatMap((s) => (s.kind === 'text' ? [{ text: s.text, size: s.size }] : []))
  }

  it('get smaller before they are broken, and never smaller than can be read', () => {
    expect(texts('办理地点')).toEqual([{ text: '办理地点', size: 36 }])
    expect(texts('十一个汉字刚好放不下了')).toEqual([{ text: '十一个汉字刚好放不下了', size: 33 }])
    const broken = texts('广西壮族自治区人民政府办公厅')
    expect(broken.map(({ text }) => text).join('')).toBe('广西壮族自治区人民政府办公厅')
    expect(new Set(broken.map(({ size }) => size))).toEqual(new Set([33]))
  })
})

it('tells the outline where it is in the whole list', () => {
  const m = menu(letters)
  m.chooseAt(9)
  const node = m.outline('目录', true)
  const focused = node.role === 'list' ? node.options.filter((option) => option.focused) : []
  expect(focused).toEqual([{ text: 'j', focused: true, position: 10, of: 20 }])
})
