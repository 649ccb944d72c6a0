import type { Ink } from '../theme/palette.ts'
import { leading } from '../theme/tokens.ts'
import { breakParagraph } from '../typesetting/index.ts'
import type { Measure } from '../typesetting/index.ts'
import type { Drawing } from './drawing.ts'

export interface LabelStyle {
  readonly size: number
  readonly width: number
  /** Distance of the baselines, px; 1.5 em where it is not said. */
  readonly lineHeight?: number
  readonly ink?: Ink
  readonly bold?: boolean
  readonly maxLines?: number
  readonly align?: 'start' | 'center'
}

/**
 * Sets a short text over several lines, broken as Chinese is. `y` is the first
 * baseline. Returns the baseline that a further line would have.
 */
export function drawLabel(drawing: Drawing, x: number, y: number, text: string, style: LabelStyle, measure: Measure): number {
  const { size, width, maxLines } = style
  const lineHeight = style.lineHeight ?? size * leading
  const face = { size, bold: style.bold ?? false }
  const cut = maxLines === undefined ? {} : { maxLines }
  const lines = breakParagraph(text, { face, width, firstIndent: 0, align: style.align ?? 'start', ...cut }, measure)
  lines.forEach((line, i) => {
    for (const run of line.runs) {
      drawing.strokes.push({
        kind: 'text',
        x: x + run.x,
        y: y + i * lineHeight,
        text: run.text,
        size,
        bold: run.bold || face.bold,
        ink: style.ink ?? 'text',
        spacing: run.spacing,
      })
    }
  })
  return y + lines.length * lineHeight
}
