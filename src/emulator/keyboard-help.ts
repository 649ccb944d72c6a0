import { both, element } from './element.ts'
import { remoteKeys } from './keys.ts'
import { texts } from './texts.ts'

/** Which keys of the keyboard stand for which of the remote. */
export function keyboardHelp(): HTMLElement {
  const rows = [
    { keys: ['↑', '↓', '←', '→'], does: texts.arrows },
    { keys: ['Enter'], does: remoteKeys.ok.label },
    { keys: ['Backspace', 'Esc'], does: remoteKeys.back.label },
    { keys: ['PageUp'], does: remoteKeys.pageUp.label },
    { keys: ['PageDown'], does: remoteKeys.pageDown.label },
    { keys: ['Home'], does: remoteKeys.home.label },
  ]
  return element(
    'section',
    { class: 'card help-keys' },
    element('h2', {}, both(texts.keyboard)),
    element(
      'dl',
      {},
      ...rows.flatMap(({ keys, does }) => [
        element('dt', {}, ...keys.map((key) => element('kbd', {}, key))),
        element('dd', {}, both(does)),
      ]),
    ),
  )
}
