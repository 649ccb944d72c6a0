// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { holderOf, isForTv, remoteKeyOf, remoteKeys } from './keys.ts'
import type { Holder, Pressed } from './keys.ts'
import { commonKeys } from '../tv/remote/keys.ts'

const plain: Pressed = { keyCode: 0, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false }

describe('the remote', () => {
  it('has only keys that the app knows', () => {
    for (const { code, key } of Object.values(remoteKeys)) expect(commonKeys[code], key).toBeDefined()
  })

  it('has no two keys alike', () => {
    const names = Object.values(remoteKeys).map(({ code }) => commonKeys[code])
    expect(new Set(names).size).toBe(names.length)
  })

  it.each([
    [38, 'up'],
    [13, 'ok'],
    [8, 'back'],
    [27, 'back'],
    [65, undefined],
  ])('lights for code %i: %s', (code, name) => {
    expect(remoteKeyOf(code)).toBe(name)
  })
})

describe('the keyboard', () => {
  it.each<[what: string, pressed: Partial<Pressed>, holder: Holder, forTv: boolean]>([
    ['an arrow', { keyCode: 40 }, 'page', true],
    ['Esc', { keyCode: 27 }, 'page', true],
    ['Tab', { keyCode: 9 }, 'page', false],
    ['a letter', { keyCode: 65 }, 'page', false],
    ['Alt and an arrow, which goes back in the browser', { keyCode: 37, altKey: true }, 'page', false],
    ['Ctrl and Home', { keyCode: 36, ctrlKey: true }, 'page', false],
    ['Enter on a button', { keyCode: 13 }, 'button', false],
    ['an arrow on a button', { keyCode: 37 }, 'button', true],
    ['Backspace in a field', { keyCode: 8 }, 'field', false],
    ['an arrow in a list of choices', { keyCode: 38 }, 'field', false],
  ])('%s', (_, pressed, holder, forTv) => {
    expect(isForTv({ ...plain, ...pressed }, holder)).toBe(forTv)
  })

  it.each<[html: string, holder: Holder]>([
    ['<input>', 'field'],
    ['<input type="radio">', 'field'],
    ['<select></select>', 'field'],
    ['<div data-own-keys></div>', 'field'],
    ['<button></button>', 'button'],
    ['<a href="#"></a>', 'button'],
    ['<div></div>', 'page'],
  ])('%s', (html, holder) => {
    document.body.innerHTML = html
    expect(holderOf(document.body.firstElementChild)).toBe(holder)
  })

  it('belongs to the television where nothing has the focus', () => {
    expect(holderOf(null)).toBe('page')
  })
})
