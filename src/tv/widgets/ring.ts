import { Lightning } from '@lightningjs/sdk'
import { argb } from '../theme/palette.ts'
import type { Palette } from '../theme/palette.ts'
import { focusRing } from '../theme/tokens.ts'
import type { Rect } from './drawing.ts'

interface RingSpec extends Lightning.Component.TemplateSpec {
  Fill: object
  Top: object
  Bottom: object
  Start: object
  End: object
}

/**
 * Shows what has the focus, by shape and by colour: a frame with a lighter ground.
 * Five plain quads under the sheet, so that moving it repaints no text and makes no texture.
 */
export class Ring extends Lightning.Component<RingSpec> implements Lightning.Component.ImplementTemplateSpec<RingSpec> {
  static override _template(): Lightning.Component.Template<RingSpec> {
    const quad = { rect: true }
    return { visible: false, Fill: { ...quad }, Top: { ...quad }, Bottom: { ...quad }, Start: { ...quad }, End: { ...quad } }
  }

  dress(palette: Palette): void {
    const edge = { color: argb(palette.accent) }
    this.patch({ Fill: { color: argb(palette.focusFill) }, Top: edge, Bottom: edge, Start: edge, End: edge })
  }

  /** Puts the ring round a rectangle, or hides it. */
  moveTo(rect: Rect | null): void {
    if (!rect) {
      this.visible = false
      return
    }
    const { width: w, height: h } = rect
    const line = focusRing.width
    this.patch({
      visible: true,
      x: rect.x,
      y: rect.y,
      Fill: { w, h },
      Top: { w, h: line },
      Bottom: { w, h: line, y: h - line },
      Start: { w: line, h },
      End: { w: line, h, x: w - line },
    })
  }
}
