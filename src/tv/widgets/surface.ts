import { Lightning } from '@lightningjs/sdk'
import { screenHeight, screenWidth } from '../theme/tokens.ts'
import type { Drawing, Rect } from './drawing.ts'
import type { OutlineNode } from './outline.ts'
import type { PaintOptions } from './painter.ts'
import { Ring } from './ring.ts'
import { Sheet } from './sheet.ts'

/** What a screen shows at a moment. */
export interface View {
  /** Two views with the same key have the same picture; only the focus may differ. */
  readonly key: string
  draw(): Drawing
  /** What has the focus; null when nothing on this view can be chosen. */
  readonly focus: Rect | null
  outline(): readonly OutlineNode[]
}

/** A view that has been painted ahead of its use. */
export type Ahead = Pick<View, 'key' | 'draw'>

interface SurfaceSpec extends Lightning.Component.TemplateSpec {
  Ring: typeof Ring
  SheetA: typeof Sheet
  SheetB: typeof Sheet
  Clock: typeof Sheet
  Status: typeof Sheet
}

/** A frame that did not come by then, ms, will not come: the page is hidden. */
const hiddenPatience = 250

/** Where the two small sheets lie that change by themselves. */
export interface Corners {
  readonly clock: Rect
  readonly status: Rect
}

/**
 * The glass: two full-screen sheets, of which one is seen and the other is being
 * painted ahead, the focus ring beneath them, and the clock and the status line in
 * sheets of their own because they change while nothing else does. All screens share
 * it, so that the number of textures is the same after a thousand documents.
 */
export class Surface
  extends Lightning.Component<SurfaceSpec>
  implements Lightning.Component.ImplementTemplateSpec<SurfaceSpec>
{
  private options: PaintOptions | undefined
  private front: Sheet | undefined
  private back: Sheet | undefined
  private frontKey = ''
  private backKey = ''
  private frameAsked = false
  private after: (() => void) | undefined
  private patience: ReturnType<typeof setTimeout> | undefined

  static override _template(): Lightning.Component.Template<SurfaceSpec> {
    return {
      Ring: { type: Ring },
      SheetA: { type: Sheet },
      SheetB: { type: Sheet, visible: false },
      Clock: { type: Sheet },
      Status: { type: Sheet },
    }
  }

  /** To be called once, before anything is shown. */
  prepare(options: PaintOptions, corners: Corners): void {
    this.options = options
    const sheets = (['SheetA', 'SheetB'] as const).map((ref) => this.tag(ref) as Sheet)
    for (const sheet of sheets) sheet.prepare(screenWidth, screenHeight, options.scale)
    ;[this.front, this.back] = sheets
    for (const [ref, rect] of [
      ['Clock', corners.clock],
      ['Status', corners.status],
    ] as const) {
      const sheet = this.tag(ref) as Sheet
      sheet.prepare(rect.width, rect.height, options.scale)
      sheet.patch({ x: rect.x, y: rect.y })
    }
    ;(this.tag('Ring') as Ring).dress(options.palette)
  }

  /** Shows a view. Paints only what is not yet painted. */
  present(view: View): void {
    if (!this.options || !this.front || !this.back) return
    if (view.key !== this.frontKey) {
      if (view.key !== this.backKey) {
        this.back.show(view.draw(), this.options)
        this.backKey = view.key
      }
      ;[this.front, this.back] = [this.back, this.front]
      ;[this.frontKey, this.backKey] = [this.backKey, this.frontKey]
      this.front.visible = true
      this.back.visible = false
    }
    ;(this.tag('Ring') as Ring).moveTo(view.focus)
    this.askFrame()
  }

  /** Paints what will probably be wanted next on the sheet that is not seen. */
  paintAhead(view: Ahead): void {
    if (!this.options || !this.back || view.key === this.frontKey || view.key === this.backKey) return
    this.back.show(view.draw(), this.options)
    this.backKey = view.key
  }

  /** Repaints one of the small sheets. */
  corner(which: 'Clock' | 'Status', drawing: Drawing): void {
    if (!this.options) return
    ;(this.tag(which) as Sheet).show(drawing, this.options)
    this.askFrame()
  }

  /** Forgets what was painted: after pictures arrived or colours changed. */
  forget(): void {
    this.frontKey = this.backKey = ''
  }

  /**
   * Draws one frame soon. Lightning's own loop would run for ever, at 260 ms of main
   * thread a second on a slow box; here a frame is drawn when something was changed.
   */
  askFrame(): void {
    if (this.frameAsked) return
    this.frameAsked = true
    requestAnimationFrame(() => {
      this.frameAsked = false
      this.stage.drawFrame()
      setTimeout(() => {
        this.runAfter()
      }, 0)
    })
  }

  /**
   * Does something once the frame that was asked for is on the glass; the last wish
   * counts. Frames sleep while the page is hidden: then it is done without one.
   */
  afterFrame(then: () => void): void {
    this.after = then
    clearTimeout(this.patience)
    this.patience = setTimeout(() => {
      this.runAfter()
    }, hiddenPatience)
    this.askFrame()
  }

  private runAfter(): void {
    clearTimeout(this.patience)
    const then = this.after
    this.after = undefined
    then?.()
  }
}
