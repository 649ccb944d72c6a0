import { recordIdOf } from './choices.ts'
import { both, element } from './element.ts'
import { texts } from './texts.ts'

/** Where an editor types the id of a record; `open` gets an id, or nothing for the home screen. */
export function recordForm(first: string, open: (id: string) => void): HTMLElement {
  const input = element('input', {
    id: 'record',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    placeholder: 'bs-…',
    value: first,
    'aria-describedby': 'record-help',
  })
  const help = element('p', { class: 'help', id: 'record-help' }, both(texts.recordHelp))
  const form = element(
    'form',
    { class: 'record' },
    element('label', { for: 'record' }, both(texts.recordId)),
    element('div', { class: 'row' }, input, element('button', { class: 'action' }, both(texts.openIt))),
    help,
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const id = recordIdOf(input.value)
    input.setAttribute('aria-invalid', String(id === null))
    help.replaceChildren(both(id === null ? texts.notAnId : texts.recordHelp))
    if (id === null) return
    input.value = id
    open(id)
  })
  return form
}
