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
  /** Position in the whole list (from 1) and its length, when only a part is on screen. */
  readonly position?: number
  readonly of?: number
}

const hidden = 'position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0);white-space:pre-wrap'

/** The hidden element tree; one for the app. */
export class OutlineMirror {
  private readonly root: HTMLElement
  private readonly statusLine: HTMLElement

  constructor(document: Document) {
    this.root = document.createElement('div')
    this.root.id = 'outline'
    this.root.setAttribute('role', 'application')
    this.root.style.cssText = hidden
    document.body.appendChild(this.root)
    this.statusLine = document.createElement('div')
    this.statusLine.id = 'status'
    this.statusLine.setAttribute('role', 'status')
    this.statusLine.setAttribute('aria-live', 'polite')
    this.statusLine.style.cssText = hidden
    document.body.appendChild(this.statusLine)
  }

  /** The line at the bottom of every screen: as of when, and how the box stands to the feed. */
  status(text: string): void {
    if (this.statusLine.textContent !== text) this.statusLine.textContent = text
  }

  /** Replaces what the mirror says. `screen` names the screen for tests and for the help sheet. */
  say(screen: string, nodes: readonly OutlineNode[]): void {
    const { root } = this
    const document = root.ownerDocument
    while (root.firstChild) root.removeChild(root.firstChild)
    root.setAttribute('data-screen', screen)
    let focused = ''
    for (const node of nodes) {
      if (node.role !== 'list') {
        const element = document.createElement(node.role === 'heading' ? 'h1' : 'p')
        if (node.role === 'status') element.setAttribute('role', 'status')
        element.textContent = node.text
        root.appendChild(element)
        continue
      }
      const list = document.createElement('ul')
      list.setAttribute('role', 'listbox')
      list.setAttribute('aria-label', node.label)
      for (const option of node.options) {
        const item = document.createElement('li')
        item.setAttribute('role', 'option')
        item.setAttribute('aria-selected', option.focused ? 'true' : 'false')
        if (option.position !== undefined) item.setAttribute('aria-posinset', String(option.position))
        if (option.of !== undefined) item.setAttribute('aria-setsize', String(option.of))
        item.textContent = option.text
        if (option.focused) item.id = focused = 'focused'
        list.appendChild(item)
      }
      root.appendChild(list)
    }
    if (focused) root.setAttribute('aria-activedescendant', focused)
    else root.removeAttribute('aria-activedescendant')
  }
}
