import { texts } from './texts.ts'
import type { Text } from './texts.ts'

/** A key of the remote: the code that a box sends (KeyboardEvent.keyCode), and its name in KeyboardEvent.key. */
export interface RemoteKey {
  readonly code: number
  readonly key: string
  readonly label: Text
  /** What the key on the computer's keyboard is called; empty where there is none. */
  readonly keyboard: string
}

export const remoteKeys = {
  home: { code: 36, key: 'Home', label: texts.home, keyboard: 'Home' },
  info: { code: 457, key: 'Info', label: texts.info, keyboard: '' },
  up: { code: 38, key: 'ArrowUp', label: texts.up, keyboard: '↑' },
  left: { code: 37, key: 'ArrowLeft', label: texts.leftKey, keyboard: '←' },
  ok: { code: 13, key: 'Enter', label: texts.ok, keyboard: '回车 Enter' },
  right: { code: 39, key: 'ArrowRight', label: texts.rightKey, keyboard: '→' },
  down: { code: 40, key: 'ArrowDown', label: texts.down, keyboard: '↓' },
  back: { code: 8, key: 'Backspace', label: texts.back, keyboard: 'Backspace / Esc' },
  pageUp: { code: 33, key: 'PageUp', label: texts.pageUp, keyboard: 'PageUp' },
  pageDown: { code: 34, key: 'PageDown', label: texts.pageDown, keyboard: 'PageDown' },
} as const satisfies Record<string, RemoteKey>

export type RemoteKeyName = keyof typeof remoteKeys

/** The key of the remote that a code lights up; Esc is the keyboard's other Back. */
export function remoteKeyOf(code: number): RemoteKeyName | undefined {
  const wanted = code === 27 ? remoteKeys.back.code : code
  return (Object.keys(remoteKeys) as RemoteKeyName[]).find((name) => remoteKeys[name].code === wanted)
}

/** Who needs the keyboard where the focus is: a field everything, a button only Enter, the rest of the page nothing. */
export type Holder = 'field' | 'button' | 'page'

/** What the focused element keeps for itself. */
export function holderOf(focused: Element | null): Holder {
  if (!focused) return 'page'
  if (focused.matches('input, select, textarea, [data-own-keys]')) return 'field'
  return focused.matches('button, a[href], summary') ? 'button' : 'page'
}

/** A key press of the page, as far as it decides. */
export interface Pressed {
  readonly keyCode: number
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

/** Whether a key that was pressed in the page is meant for the television. */
export function isForTv(pressed: Pressed, holder: Holder): boolean {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.shiftKey) return false
  if (holder === 'field' || (holder === 'button' && pressed.keyCode === remoteKeys.ok.code)) return false
  return remoteKeyOf(pressed.keyCode) !== undefined
}
