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

it('goes on page by page when it is long, the focus always inside the content area', () => {
  const m = menu(letters)
  const firsts = new Set<number>()
  letters.forEach((_, at) => {
    const rect = m.focusRect(at)
    expect(rect.y).toBeGreaterThanOrEqual(content.top)
    expect(rect.y + rect.height).toBeLessThanOrEqual(content.bottom)
    firsts.add(m.firstShown(at))
  })
  expect(firsts.size).toBe(3)
})

describe('labels', () => {
  const texts = (label: string): { text: string; size: number }[] => {
    const drawing = new Drawing(ems)
    menu([label]).draw(drawing, 0)
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

it('tells the outline what is chosen, and where it is in the whole list', () => {
  const node = menu(letters).outline('目录', 9, false)
  const chosen = node.role === 'list' ? node.options.filter((option) => option.chosen) : []
  expect(chosen).toEqual([{ text: 'j', chosen: true, focused: false, position: 10, of: 20 }])
})
