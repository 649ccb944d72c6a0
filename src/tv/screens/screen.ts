import { Lightning } from '@lightningjs/sdk'
import type { Library } from '../store/edition.ts'
import type { Language } from '../language/language.ts'
import type { Measure } from '../typesetting/index.ts'
import { Drawing } from '../widgets/drawing.ts'
import type { OutlineMirror } from '../widgets/outline.ts'
import type { Ahead, Surface, View } from '../widgets/surface.ts'
import type { Route } from './route.ts'

/** What every screen may use. One object for the whole app, handed over when a screen is made. */
export interface Context {
  readonly library: Library
  readonly language: Language
  readonly surface: Surface
  readonly mirror: OutlineMirror
  /** Division code of the household's district. */
  readonly region: string
  /** Today in China, `YYYY-MM-DD`, by the most trustworthy clock there is. */
  today(): string
  readonly measure: Measure
  /** Width of a text in px; every string is measured once. */
  widthOf(text: string, size: number, bold: boolean): number
  /** The decoded picture behind a target, once it is there; asks for it otherwise, and redraws when it comes. */
  imageOf(target: string): CanvasImageSource | undefined
  go(route: Route): void
  back(): void
  /** Looks for news now: what the household asks for by pressing OK on an error. */
  retry(): void
}

/**
 * A screen: it handles keys and says what is shown. What it shows is a function of
 * its state, so that it can be restored, painted ahead and tested without a glass.
 */
export abstract class Screen extends Lightning.Component {
  protected context!: Context
  /** Name of the screen, for the outline: `home`, `section` … */
  abstract readonly screenName: string

  /** Called once when the screen is opened; `memory` is what `remember` returned when it was left. */
  open(context: Context, memory: unknown): void {
    this.context = context
    this.recall(memory)
  }

  /** What has to come back when the household returns here. */
  remember(): unknown {
    return null
  }

  protected recall(_memory: unknown): void {}

  protected abstract view(): View

  /** What will probably be shown next. */
  protected ahead(): Ahead | null {
    return null
  }

  /** The set lines on the screen, where it shows running text. */
  lines(): readonly string[] {
    return []
  }

  /** The edition was replaced by a newer one. */
  editionChanged(): void {
    this.refresh()
  }

  /** Shows the present state. */
  refresh(): void {
    if (!this.parent) return
    const { surface, mirror } = this.context
    const view = this.view()
    surface.present(view)
    // Neither may delay the answer to the key.
    surface.afterFrame(() => {
      if (!this.parent) return
      mirror.say(this.screenName, view.outline())
      const next = this.ahead()
      if (next) surface.paintAhead(next)
    })
  }

  override _handleBack(): boolean {
    this.context.back()
    return true
  }

  protected drawing(): Drawing {
    return new Drawing((text, size, bold) => this.context.widthOf(text, size, bold))
  }
}
