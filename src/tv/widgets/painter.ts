import type { Palette } from '../theme/palette.ts'
import type { Drawing, Stroke } from './drawing.ts'

/** How drawings become pixels on this box. */
export interface PaintOptions {
  readonly palette: Palette
  /** CSS font family list. */
  readonly family: string
  /** Device px for one px of the 1920×1080 picture. */
  readonly scale: number
}

/** Paints a drawing on a canvas, replacing what was there. */
export function paint(context: CanvasRenderingContext2D, drawing: Drawing, options: PaintOptions): void {
  const { canvas } = context
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.setTransform(options.scale, 0, 0, options.scale, 0, 0)
  context.textBaseline = 'alphabetic'
  let font = ''
  for (const stroke of drawing.strokes) {
    if (stroke.kind === 'text') {
      const wanted = `${stroke.bold ? 'bold ' : ''}${stroke.size}px ${options.family}`
      // Setting the font is dear on old engines, even to the value it has.
      if (wanted !== font) context.font = font = wanted
    }
    paintStroke(context, stroke, options.palette)
  }
}

function paintStroke(context: CanvasRenderingContext2D, stroke: Stroke, palette: Palette): void {
  if (stroke.kind === 'image') {
    context.drawImage(stroke.source, stroke.x, stroke.y, stroke.width, stroke.height)
    return
  }
  context.fillStyle = palette[stroke.ink]
  switch (stroke.kind) {
    case 'text':
      paintText(context, stroke.text, stroke.x, stroke.y, stroke.spacing)
      break
    case 'fill':
      if (stroke.radius > 0) {
        roundedPath(context, stroke.x, stroke.y, stroke.width, stroke.height, stroke.radius)
        context.fill()
      } else context.fillRect(stroke.x, stroke.y, stroke.width, stroke.height)
      break
    case 'frame': {
      const { x, y, width, height, line } = stroke
      context.fillRect(x, y, width, line)
      context.fillRect(x, y + height - line, width, line)
      context.fillRect(x, y + line, line, height - 2 * line)
      context.fillRect(x + width - line, y + line, line, height - 2 * line)
      break
    }
    case 'disc':
      context.beginPath()
      context.arc(stroke.x, stroke.y, stroke.radius, 0, 2 * Math.PI)
      context.fill()
      break
    case 'arrow':
      arrowPath(context, stroke.x, stroke.y, stroke.size, stroke.direction)
      context.fill()
      break
  }
}

/** With spacing every character is set by itself: old engines have no `letterSpacing` on a canvas. */
function paintText(context: CanvasRenderingContext2D, text: string, x: number, y: number, spacing: number): void {
  if (spacing === 0) {
    context.fillText(text, x, y)
    return
  }
  let at = x
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const pair = code >= 0xd800 && code <= 0xdbff
    const character = pair ? text.slice(i, i + 2) : text.charAt(i)
    if (pair) i++
    context.fillText(character, at, y)
    at += advance(context, character, code) + spacing
  }
}

/** Ideographs all have one width in a face, so only the first is measured. */
const ideographWidth = new Map<string, number>()

function advance(context: CanvasRenderingContext2D, character: string, code: number): number {
  if (code < 0x4e00 || code > 0x9fff) return context.measureText(character).width
  let width = ideographWidth.get(context.font)
  if (width === undefined) ideographWidth.set(context.font, (width = context.measureText(character).width))
  return width
}

function roundedPath(context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, r: number): void {
  context.beginPath()
  context.moveTo(x + r, y)
  context.arcTo(x + w, y, x + w, y + h, r)
  context.arcTo(x + w, y + h, x, y + h, r)
  context.arcTo(x, y + h, x, y, r)
  context.arcTo(x, y, x + w, y, r)
  context.closePath()
}

/** A solid triangle whose middle is x, y. */
function arrowPath(context: CanvasRenderingContext2D, x: number, y: number, size: number, direction: 'right' | 'down' | 'left'): void {
  const half = size / 2
  context.beginPath()
  if (direction === 'down') {
    context.moveTo(x - half, y - half)
    context.lineTo(x + half, y - half)
    context.lineTo(x, y + half)
  } else {
    const sign = direction === 'right' ? 1 : -1
    context.moveTo(x - sign * half, y - half)
    context.lineTo(x + sign * half, y)
    context.lineTo(x - sign * half, y + half)
  }
  context.closePath()
}
