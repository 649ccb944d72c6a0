/**
 * What is on the screen and what has the focus, said in words: the screen reader's
 * picture of a canvas. Hidden from the eye, it is the only thing that it can read.
 */
export type OutlineNode =
  | { readonly role: 'heading'; readonly text: string }
  | { readonly role: 'text'; readonly text: string }
  | { readonly role: 'status'; readonly text: string }
  | { readonly role: 'list'; readonly label: string; readonly options: readonly OutlineOption[] }

export interface OutlineOption {
  readonly text: string
  readonly focused?: boolean
  /** Chosen, with or without the focus: the unit whose entries are listed, the chapter that is read. */
  readonly chosen?: boolean
  /** Position in the whole list (from 1) and its length, when only a part is on screen. */
  readonly position?: number
  readonly of?: number
}

// Fixed at the top: below the canvas, a focused element would scroll the picture away.
const hidden = 'position:fixed;top:0;left:0;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0);white-space:pre-wrap'
const focusedId = 'focused'

/** The hidden element tree; one for the app. */
export class OutlineMirror {
  private readonly root: HTMLElement
  private readonly spoken: HTMLElement
  private readonly statusLine: HTMLElement
  /** What the tree says, without what has the focus. */
  private words = ''

  constructor(private readonly document: Document) {
    this.root = this.add('outline', 'application')
    // The focus of the page stays on the root, which names what has the focus on the screen.
    this.root.tabIndex = -1
    this.root.focus()
    this.spoken = this.add('spoken', 'status')
    this.statusLine = this.add('status', 'status')
  }

  /** The line at the bottom of every screen: as of when, and how the box stands to the feed. */
  status(text: string): void {
    if (this.statusLine.textContent !== text) this.statusLine.textContent = text
  }

  /** Replaces what the mirror says. `screen` names the screen for tests and for the help sheet. */
  say(screen: string, nodes: readonly OutlineNode[]): void {
    const words = JSON.stringify([screen, nodes], (key, value: unknown) =>
      key === 'focused' || key === 'chosen' ? undefined : value,
    )
    if (words !== this.words) {
      this.words = words
      this.root.setAttribute('data-screen', screen)
      this.rebuild(nodes)
      const spoken = nodes.map((node) => (node.role === 'list' ? '' : node.text)).filter((text) => text !== '')
      this.spoken.textContent = spoken.join('\n')
    }
    this.mark(nodes)
  }

  private rebuild(nodes: readonly OutlineNode[]): void {
    const { root } = this
    while (root.firstChild) root.removeChild(root.firstChild)
    for (const node of nodes) {
      if (node.role !== 'list') {
        const element = this.element(node.role === 'heading' ? 'h1' : 'p', root)
        // Not a live region of its own: what changes is spoken once, by the element below.
        if (node.role === 'status') element.setAttribute('data-role', 'status')
        element.textContent = node.text
      } else {
        const list = this.element('ul', root)
        list.setAttribute('role', 'listbox')
        list.setAttribute('aria-label', node.label)
        for (const option of node.options) this.option(option, list)
      }
    }
  }

  private option(option: OutlineOption, list: HTMLElement): void {
    const item = this.element('li', list)
    item.setAttribute('role', 'option')
    if (option.position !== undefined) item.setAttribute('aria-posinset', String(option.position))
    if (option.of !== undefined) item.setAttribute('aria-setsize', String(option.of))
    item.textContent = option.text
  }

  /** Says what has the focus and what is chosen, on the tree as it stands. */
  private mark(nodes: readonly OutlineNode[]): void {
    const items = this.root.querySelectorAll('[role=option]')
    const options = nodes.reduce<OutlineOption[]>((all, node) => (node.role === 'list' ? all.concat(node.options) : all), [])
    let found = false
    options.forEach((option, i) => {
      const item = items[i]
      if (!item) return
      const focused = option.focused === true
      item.setAttribute('aria-selected', focused ? 'true' : 'false')
      if (option.chosen) item.setAttribute('aria-current', 'true')
      else item.removeAttribute('aria-current')
      if (focused) item.id = focusedId
      else item.removeAttribute('id')
      found ||= focused
    })
    if (found) this.root.setAttribute('aria-activedescendant', focusedId)
    else this.root.removeAttribute('aria-activedescendant')
  }

  private add(id: string, role: string): HTMLElement {
    const element = this.element('div', this.document.body)
    element.id = id
    element.setAttribute('role', role)
    if (role === 'status') element.setAttribute('aria-live', 'polite')
    element.style.cssText = hidden
    return element
  }

  private element(name: string, parent: HTMLElement): HTMLElement {
    const element = this.document.createElement(name)
    parent.appendChild(element)
    return element
  }
}
