import { element, both, inOneLine } from './element.ts'
import { texts } from './texts.ts'

export type KeyPhase = 'keydown' | 'keyup'

export interface TelevisionEvents {
  /** The page in the frame has loaded, or a new one is on its way. */
  changed(): void
  /** A key reached the app, from the remote, the page or the frame itself. */
  key(code: number, phase: KeyPhase): void
}

/** A code above 255 has no key on a keyboard; browsers take it in the event all the same. */
interface Key {
  readonly code: number
  readonly key: string
}

/** The app in a frame of the picture's full size, shown as large as there is room for. */
export class Television {
  readonly node: HTMLElement
  private frame: HTMLIFrameElement
  private readonly glass = element('div', { class: 'glass' })
  private readonly away = element(
    'div',
    { class: 'away', hidden: true },
    element('p', {}, both(texts.left)),
    element('p', {}, both(texts.enterAgain)),
  )
  private size = { width: 1280, height: 720 }
  private address = ''
  /** Room for the picture, CSS px. */
  private room = { width: 640, height: 360 }

  constructor(private readonly events: TelevisionEvents) {
    this.frame = this.freshFrame()
    this.glass.append(this.away)
    this.node = element('div', { class: 'set' }, this.glass)
    this.away.addEventListener('click', () => {
      this.restart()
    })
  }

  /** The app's window; null while there is no page of our own origin in the frame. */
  get window(): (Window & typeof globalThis) | null {
    try {
      const { contentWindow } = this.frame
      // Reading across origins throws, as on the browser's own error page.
      return contentWindow?.document ? (contentWindow as Window & typeof globalThis) : null
    } catch {
      return null
    }
  }

  /** How large a pixel of the picture is shown, 1 = 1 CSS px. */
  get scale(): number {
    return Math.min(1, this.room.width / this.size.width, this.room.height / this.size.height)
  }

  /** The hash of the app's address: where it is, or where it began; what it is to be while it is loading. */
  get place(): string {
    const app = this.window
    return app && app.location.href !== 'about:blank' ? app.location.hash : this.address.replace(/^[^#]*/, '')
  }

  get hasKeyboard(): boolean {
    return document.activeElement === this.frame
  }

  /** Switches the box off and on, at this address with a picture of this size (px). */
  start(address: string, size: { readonly width: number; readonly height: number }): void {
    this.address = address
    this.size = { width: size.width, height: size.height }
    this.boot()
  }

  /**
   * Switches the box off and on, where it was: a new frame, because a new hash alone would
   * not load the page again.
   */
  restart(): void {
    this.address = this.address.replace(/#.*$/, '') + this.place
    this.boot()
  }

  private boot(): void {
    const focused = this.hasKeyboard || document.activeElement === document.body
    this.off()
    this.frame = this.freshFrame()
    // With its address before it is in the page: else an empty page would load first.
    this.frame.src = this.address
    this.glass.prepend(this.frame)
    this.fit(this.room)
    this.away.hidden = true
    if (focused) this.focus()
    this.events.changed()
  }

  /** Switches the box off: the app's page is gone, and with it what it holds open. */
  off(): void {
    this.frame.remove()
  }

  /** Shows the picture within this room, CSS px. */
  fit(room: { readonly width: number; readonly height: number }): void {
    this.room = { width: room.width, height: room.height }
    const { width, height } = this.size
    const { scale } = this
    this.frame.width = String(width)
    this.frame.height = String(height)
    this.frame.style.transform = `scale(${scale})`
    this.glass.style.width = `${Math.floor(width * scale)}px`
    this.glass.style.height = `${Math.floor(height * scale)}px`
  }

  focus(): void {
    this.frame.focus()
  }

  /** Sends a key as the box's browser would: to what has the focus in the app's page. */
  send({ code, key }: Key, phase: KeyPhase, repeat = false): void {
    const app = this.window
    if (!app) return
    const event = new app.KeyboardEvent(phase, {
      key,
      keyCode: code,
      which: code,
      repeat,
      bubbles: true,
      cancelable: true,
      view: app,
    })
    ;(app.document.activeElement ?? app.document.documentElement).dispatchEvent(event)
  }

  private freshFrame(): HTMLIFrameElement {
    const frame = element('iframe', { class: 'picture', title: inOneLine(texts.television) })
    frame.addEventListener('load', () => {
      this.loaded()
    })
    return frame
  }

  private loaded(): void {
    const app = this.window
    if (app) {
      for (const phase of ['keydown', 'keyup'] as const) {
        app.addEventListener(phase, (event) => {
          this.events.key(event.keyCode, phase)
          if (!this.away.hidden && phase === 'keydown' && !event.repeat) this.restart()
        }, true)
      }
      // On a box this hands the screen back to live television; in a frame it would do nothing.
      app.close = () => {
        this.away.hidden = false
      }
    }
    this.events.changed()
  }
}
