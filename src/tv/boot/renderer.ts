import type { Settings } from '../settings.ts'

/** What the stage draws on. */
export interface Glass {
  readonly canvas: HTMLCanvasElement
  readonly context: WebGLRenderingContext | CanvasRenderingContext2D
  readonly renderer: 'webgl' | 'canvas'
}

/**
 * Chooses WebGL where it really works, and a 2D canvas elsewhere. Lightning looks only
 * whether the constructor exists, and Chromium 64 without a GPU has the constructor.
 * The context attributes are those that Lightning itself would ask for.
 * @throws {Error} when the engine has neither.
 */
export function glassFor(wish: Settings['screen']['renderer'], width: number, height: number): Glass {
  if (wish !== 'canvas') {
    const canvas = freshCanvas(width, height)
    const attributes: WebGLContextAttributes = { alpha: true, antialias: false, premultipliedAlpha: true, stencil: true, preserveDrawingBuffer: false }
    const context = canvas.getContext('webgl', attributes) ?? experimental(canvas, attributes)
    if (context && !context.isContextLost()) return { canvas, context, renderer: 'webgl' }
  }
  // A canvas that was once asked for WebGL gives no 2D context: take a new one.
  const canvas = freshCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this engine has neither WebGL nor a 2D canvas')
  return { canvas, context, renderer: 'canvas' }
}

/** The name that WebGL had on engines of 2014. */
function experimental(canvas: HTMLCanvasElement, attributes: WebGLContextAttributes): WebGLRenderingContext | null {
  return canvas.getContext('experimental-webgl', attributes) as WebGLRenderingContext | null
}

function freshCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas
}
