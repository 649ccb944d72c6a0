import { both, element } from './element.ts'
import type { Text } from './texts.ts'

/** One of the things to choose from. */
export interface Option<T extends string> {
  readonly value: T
  readonly label: Text
}

/** A row of choices of which one holds. */
export interface Choice<T extends string> {
  readonly node: HTMLElement
  set(value: T | null): void
}

/** Choices side by side, all of them visible. */
export function segments<T extends string>(
  name: string,
  legend: Text,
  options: readonly Option<T>[],
  chosen: (value: T) => void,
): Choice<T> {
  const inputs = options.map(({ value }) => element('input', { type: 'radio', name, value }))
  const labels = options.map(({ label }, i) => element('label', {}, inputs[i] ?? '', both(label)))
  inputs.forEach((input, i) => {
    input.addEventListener('change', () => {
      const option = options[i]
      if (option) chosen(option.value)
    })
  })
  return {
    node: element(
      'fieldset',
      { class: 'choice' },
      element('legend', {}, both(legend)),
      element('div', { class: 'segments' }, ...labels),
    ),
    set: (value) => {
      for (const input of inputs) input.checked = input.value === value
    },
  }
}

/** A list that opens, for more choices than fit side by side. */
export function list<T extends string>(
  legend: Text,
  options: readonly Option<T>[],
  chosen: (value: T) => void,
): Choice<T> {
  const select = element(
    'select',
    {},
    ...options.map(({ value, label }) => element('option', { value }, `${label.zh}　${label.en}`)),
  )
  select.addEventListener('change', () => {
    const option = options[select.selectedIndex]
    if (option) chosen(option.value)
  })
  return {
    node: element('label', { class: 'choice' }, both(legend), select),
    set: (value) => {
      select.value = value ?? ''
    },
  }
}

/** A button that does something at once. */
export function action(label: Text, act: () => void): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'action' }, both(label))
  button.addEventListener('click', act)
  return button
}

/** Controls that belong together, under a heading. */
export function card(title: Text, ...children: readonly Node[]): HTMLElement {
  return element('section', { class: 'card' }, element('h2', {}, both(title)), ...children)
}
