import { element, inOneLine } from './element.ts'
import { remoteKeys, remoteKeyOf } from './keys.ts'
import type { RemoteKey, RemoteKeyName } from './keys.ts'
import type { KeyPhase } from './television.ts'
import { texts } from './texts.ts'

/** A remote repeats a key that is held: after this time, and then this often, ms. */
const repeatAfter = 450
const repeatEvery = 110

type Send = (key: RemoteKey, phase: KeyPhase, repeat: boolean) => void

/** The remote: looks and works like the one on the sofa table. */
export class Remote {
  readonly node: HTMLElement
  private readonly buttons = new Map<RemoteKeyName, HTMLButtonElement>()

  constructor(private readonly send: Send) {
    const ring = element(
      'div',
      { class: 'ring' },
      element('div', { class: 'arrows' }, ...(['up', 'right', 'left', 'down'] as const).map((name) => this.arrow(name))),
      this.button('ok'),
    )
    const pages = element(
      'div',
      { class: 'rocker', role: 'group', 'aria-label': inOneLine(texts.turnPage) },
      this.button('pageUp'),
      this.button('pageDown'),
    )
    this.node = element(
      'div',
      { class: 'remote', role: 'group', 'aria-label': inOneLine(texts.remote) },
      element('div', { class: 'eye' }),
      element('div', { class: 'keys' }, this.button('home'), ring, this.button('back'), pages, this.button('info')),
    )
  }

  /** Shows a key as pressed while the app has it pressed, wherever it came from. */
  light(code: number, phase: KeyPhase): void {
    const name = remoteKeyOf(code)
    if (name) this.buttons.get(name)?.classList.toggle('lit', phase === 'keydown')
  }

  /** Nothing is pressed any more: the app is a new one. */
  dark(): void {
    for (const button of this.buttons.values()) button.classList.remove('lit')
  }

  private arrow(name: 'up' | 'right' | 'left' | 'down'): HTMLButtonElement {
    const button = this.button(name)
    button.replaceChildren(element('span', { class: 'tip' }))
    return button
  }

  private button(name: RemoteKeyName): HTMLButtonElement {
    const key = remoteKeys[name]
    const title = `${inOneLine(key.label)}${key.keyboard === '' ? '' : `（${key.keyboard}）`}`
    const button = element(
      'button',
      { type: 'button', class: `key ${name}`, title, 'aria-label': inOneLine(key.label) },
      element('b', {}, key.label.zh),
      element('small', { lang: 'en' }, key.label.en),
    )
    this.buttons.set(name, button)
    this.wire(button, key)
    return button
  }

  /** Down and up of the button become down and up of the key, with the repeats between. */
  private wire(button: HTMLButtonElement, key: RemoteKey): void {
    let timer: ReturnType<typeof setTimeout> | undefined
    let held = false
    const press = (): void => {
      held = true
      this.send(key, 'keydown', false)
    }
    const repeat = (): void => {
      this.send(key, 'keydown', true)
      timer = setTimeout(repeat, repeatEvery)
    }
    const release = (): void => {
      clearTimeout(timer)
      if (held) this.send(key, 'keyup', false)
      held = false
    }
    button.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      press()
      timer = setTimeout(repeat, repeatAfter)
    })
    for (const end of ['pointerup', 'pointerleave', 'pointercancel', 'blur']) button.addEventListener(end, release)
    // The keyboard stays with the television when the remote is used by mouse.
    button.addEventListener('mousedown', (event) => {
      event.preventDefault()
    })
    button.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      if (event.repeat) this.send(key, 'keydown', true)
      else press()
    })
    button.addEventListener('keyup', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      release()
    })
    // A click without a pointer comes from assistive technology: one short press.
    button.addEventListener('click', (event) => {
      if (event.detail !== 0) return
      press()
      release()
    })
  }
}
