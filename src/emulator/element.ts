import type { Text } from './texts.ts'

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** Makes an element. An attribute that is `true` is set without a value; `false` and undefined leave it out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children)
  return made
}

/** Chinese with its English in small; how they stand is the stylesheet's. */
export function both(text: Text): HTMLElement {
  return element('span', { class: 'both' }, text.zh, ' ', element('small', { lang: 'en' }, text.en))
}

/** Both languages in one line, for titles and labels that are only said. */
export function inOneLine(text: Text): string {
  return `${text.zh} ${text.en}`
}
