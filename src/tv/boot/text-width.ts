import type { Measure } from '../typesetting/index.ts'

/** Distinct strings that are remembered: a few screens of labels. */
const remembered = 3000

/** Text widths from a canvas, in px of the 1920×1080 picture. */
export function canvasMeasure(family: string): Measure {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) throw new Error('this engine has no 2D canvas')
  let font = ''
  return (text, face) => {
    const wanted = `${face.bold ? 'bold ' : ''}${face.size}px ${family}`
    if (wanted !== font) context.font = font = wanted
    return context.measureText(text).width
  }
}

/** The same for whole labels, each measured once. */
export function rememberedWidth(measure: Measure): (text: string, size: number, bold: boolean) => number {
  const widths = new Map<string, number>()
  return (text, size, bold) => {
    const key = `${size}${bold ? 'b' : ' '}${text}`
    const known = widths.get(key)
    if (known !== undefined) return known
    if (widths.size >= remembered) widths.clear()
    const width = measure(text, { size, bold })
    widths.set(key, width)
    return width
  }
}
