import { describe, expect, it } from 'vitest'
import { Drawing } from './drawing.ts'

/** Every character one em wide. */
const drawing = (): Drawing => new Drawing((text, size) => text.length * size)

describe('a line of text', () => {
  it('stands where its alignment says', () => {
    const d = drawing()
    d.text(100, 50, '四个汉字', { size: 10 })
    d.text(100, 50, '四个汉字', { size: 10, align: 'center' })
    d.text(100, 50, '四个汉字', { size: 10, align: 'end' })
    expect(d.strokes.map((s) => s.kind === 'text' && s.x)).toEqual([100, 80, 60])
  })

  it('is cut with a full ellipsis when it is too long, and never after a comma or an opening mark', () => {
    const d = drawing()
    const width = d.text(0, 0, '关于《南宁市、防城港市》', { size: 10, within: 90 })
    expect(d.strokes[0]).toMatchObject({ text: '关于《南宁市……' })
    expect(width).toBeLessThanOrEqual(90)
  })

  it('is not cut through a character', () => {
    const d = drawing()
    d.text(0, 0, '𠮷𠮷𠮷𠮷', { size: 10, within: 50 })
    expect(d.strokes[0]).toMatchObject({ text: '𠮷……' })
  })

  it('is left whole when it just fits', () => {
    const d = drawing()
    d.text(0, 0, '南宁市', { size: 10, within: 30 })
    expect(d.strokes[0]).toMatchObject({ text: '南宁市' })
  })
})
