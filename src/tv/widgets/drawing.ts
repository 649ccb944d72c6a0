import type { Ink } from '../theme/palette.ts'
import type { Mark as PageMark, TextRole } from '../typesetting/index.ts'

/** A rectangle in px of the 1920×1080 picture. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One thing to paint. Positions in px of the 1920×1080 picture; `y` of text is its baseline. */
export type Stroke =
  | { readonly kind: 'text'; x: number; y: number; text: string; size: number; bold: boolean; ink: Ink; spacing: number }
  | { readonly kind: 'fill'; x: number; y: number; width: number; height: number; ink: Ink; radius: number }
  | { readonly kind: 'frame'; x: number; y: number; width: number; height: number; ink: Ink; line: number }
  | { readonly kind: 'disc'; x: number; y: number; radius: number; ink: Ink }
  | { readonly kind: 'arrow'; x: number; y: number; size: number; direction: 'right' | 'down' | 'left'; ink: Ink }
  | { readonly kind: 'image'; x: number; y: number; width: number; height: number; source: CanvasImageSource }

export interface TextStyle {
  readonly size: number
  readonly ink?: Ink
  readonly bold?: boolean
  /** Where `x` is: the text's left edge, its middle or its right edge. */
  readonly align?: 'start' | 'center' | 'end'
  /** Longest width, px; longer text is cut and ends in ……. */
  readonly within?: number
}

/** Width of a text in px; bold or not. */
export type TextWidth = (text: string, size: number, bold: boolean) => number

const pageInk: Readonly<Record<TextRole, Ink>> = {
  body: 'text',
  heading: 'accent',
  note: 'text',
  caption: 'quiet',
  cell: 'text',
  head: 'accent',
  marker: 'accent',
}

/**
 * What one sheet shows, as data: a screen fills it, the painter paints it, tests read it.
 * One drawing becomes one texture, because a frame costs by the number of things it draws.
 */
export class Drawing {
  readonly strokes: Stroke[] = []

  constructor(private readonly widthOf: TextWidth) {}

  /** Sets one line of text. Returns its width, px. */
  text(x: number, y: number, text: string, style: TextStyle): number {
    const bold = style.bold ?? false
    const shown = style.within === undefined ? text : this.fit(text, style.size, bold, style.within)
    const width = this.widthOf(shown, style.size, bold)
    const left = style.align === 'end' ? x - width : style.align === 'center' ? x - width / 2 : x
    this.strokes.push({ kind: 'text', x: left, y, text: shown, size: style.size, bold, ink: style.ink ?? 'text', spacing: 0 })
    return width
  }

  /** Width of a text, px. */
  width(text: string, size: number, bold = false): number {
    return this.widthOf(text, size, bold)
  }

  fill(rect: Rect, ink: Ink, radius = 0): void {
    this.strokes.push({ kind: 'fill', ...rect, ink, radius })
  }

  frame(rect: Rect, ink: Ink, line: number): void {
    this.strokes.push({ kind: 'frame', ...rect, ink, line })
  }

  disc(x: number, y: number, radius: number, ink: Ink): void {
    this.strokes.push({ kind: 'disc', x, y, radius, ink })
  }

  arrow(x: number, y: number, size: number, direction: 'right' | 'down' | 'left', ink: Ink): void {
    this.strokes.push({ kind: 'arrow', x, y, size, direction, ink })
  }

  /** A horizontal rule, two px thick at 1920. */
  rule(x: number, y: number, width: number, ink: Ink = 'rule'): void {
    this.strokes.push({ kind: 'fill', x, y, width, height: 3, ink, radius: 0 })
  }

  /** The marks of a typeset page, with its text area's origin at x, y. Pictures come from `imageOf` once they are there. */
  page(x: number, y: number, marks: readonly PageMark[], imageOf: (target: string) => CanvasImageSource | undefined): void {
    for (const mark of marks) {
      if (mark.kind === 'text') {
        for (const run of mark.runs) {
          const { text, spacing, bold } = run
          const ink = pageInk[mark.role]
          this.strokes.push({ kind: 'text', x: x + mark.x + run.x, y: y + mark.y, text, size: mark.size, bold, ink, spacing })
        }
      } else if (mark.kind === 'image') {
        const source = imageOf(mark.target)
        const rect = { x: x + mark.x, y: y + mark.y, width: mark.width, height: mark.height }
        if (source) this.strokes.push({ kind: 'image', ...rect, source })
        else this.frame(rect, 'rule', 3)
      } else {
        const ink: Ink = mark.kind === 'rule' ? (mark.role === 'note' ? 'accent' : 'rule') : mark.role === 'head' ? 'raised' : 'panel'
        this.fill({ x: x + mark.x, y: y + mark.y, width: mark.width, height: mark.height }, ink)
      }
    }
  }

  /** Cuts a text to a width, ending it in an ellipsis that takes two ems, as GB/T 15834 has it. */
  private fit(text: string, size: number, bold: boolean, within: number): string {
    if (this.widthOf(text, size, bold) <= within) return text
    let low = 0
    let high = text.length
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.widthOf(`${text.slice(0, middle)}……`, size, bold) <= within) low = middle
      else high = middle - 1
    }
    // Never half a character beyond the basic plane: rare names have them.
    if (/[\ud800-\udbff]/.test(text.charAt(low - 1))) low--
    return `${text.slice(0, low).replace(/[，、；：（《“\s]+$/, '')}……`
  }
}
