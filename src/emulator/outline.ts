import { both, element } from './element.ts'
import { texts } from './texts.ts'

/** A line of what a screen reader finds on the television. */
export interface OutlineLine {
  readonly kind: 'heading' | 'text' | 'list' | 'option' | 'status'
  readonly text: string
  readonly focused?: boolean
  /** `3 / 120`, where only a part of a list is on the screen. */
  readonly position?: string
}

/** What the app's hidden outline says, in reading order; empty while there is none. */
export function outlineOf(app: Document): OutlineLine[] {
  const lines: OutlineLine[] = []
  for (const node of app.querySelector('#outline')?.children ?? []) {
    const text = node.textContent
    if (node.tagName === 'H1') lines.push({ kind: 'heading', text })
    else if (node.tagName === 'UL') lines.push(...listLines(node))
    else lines.push({ kind: node.getAttribute('data-role') === 'status' ? 'status' : 'text', text })
  }
  const status = app.querySelector('#status')?.textContent ?? ''
  if (status !== '') lines.push({ kind: 'status', text: status })
  return lines
}

function listLines(list: Element): OutlineLine[] {
  const options = [...list.children].map((option): OutlineLine => {
    const position = option.getAttribute('aria-posinset')
    const of = option.getAttribute('aria-setsize')
    return {
      kind: 'option',
      text: option.textContent,
      focused: option.getAttribute('aria-selected') === 'true',
      ...(position !== null && of !== null ? { position: `${position} / ${of}` } : {}),
    }
  })
  return [{ kind: 'list', text: list.getAttribute('aria-label') ?? '' }, ...options]
}

/** How long an app may take to say its first word before the page says that it does not start, ms. */
const patience = 10_000

/** The panel with the television's text, always as it is now. */
export class OutlinePanel {
  readonly node: HTMLElement
  private readonly lines = element('div', { class: 'lines', tabindex: 0, 'data-own-keys': true, role: 'region' })
  private observer: MutationObserver | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private waiting = false

  /** @param changed called after each change of what the app says */
  constructor(private readonly changed: () => void) {
    const title = element('h2', { id: 'outline-title' }, both(texts.outline))
    this.lines.setAttribute('aria-labelledby', title.id)
    this.node = element('section', { class: 'card outline' }, title, this.lines)
  }

  /** Follows this page from now on; null while there is none. */
  follow(app: Document | null): void {
    this.observer?.disconnect()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      if (app === null || outlineOf(app).length === 0) this.say([{ kind: 'status', text: texts.silent.zh }])
    }, patience)
    this.show(app)
    if (!app) return
    this.observer = new MutationObserver(() => {
      if (this.waiting) return
      this.waiting = true
      requestAnimationFrame(() => {
        this.waiting = false
        this.show(app)
      })
    })
    this.observer.observe(app.documentElement, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    })
  }

  private show(app: Document | null): void {
    const lines = app ? outlineOf(app) : []
    this.say(lines.length > 0 ? lines : [{ kind: 'status', text: texts.starting.zh }])
    this.changed()
  }

  private say(lines: readonly OutlineLine[]): void {
    this.lines.replaceChildren(...lines.map(lineNode))
    const focused = this.lines.querySelector<HTMLElement>('.focused')
    // Not scrollIntoView: that would move the whole page.
    if (focused) this.lines.scrollTop = focused.offsetTop - this.lines.clientHeight / 2
    else this.lines.scrollTop = 0
  }
}

function lineNode(line: OutlineLine): HTMLElement {
  const node = element('p', { class: `line ${line.kind}${line.focused ? ' focused' : ''}` }, line.text)
  if (line.position !== undefined) node.append(element('small', {}, line.position))
  return node
}
