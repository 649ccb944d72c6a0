// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { OutlineMirror } from './outline.ts'
import type { OutlineNode } from './outline.ts'

let mirror: OutlineMirror
const find = (selector: string): Element | null => document.querySelector(selector)
const list = (focused: number, chosen = focused): OutlineNode => ({
  role: 'list',
  label: '目录',
  options: ['一', '二'].map((text, i) => ({ text, focused: i === focused, chosen: i === chosen, position: i + 8, of: 20 })),
})

beforeEach(() => {
  document.body.textContent = ''
  mirror = new OutlineMirror(document)
})

describe('a screen reader', () => {
  it('is told the heading, the list with positions, and what has the focus', () => {
    mirror.say('document', [{ role: 'heading', text: '条例' }, list(1)])
    expect(find('#outline')?.getAttribute('data-screen')).toBe('document')
    expect(find('h1')?.textContent).toBe('条例')
    expect(find('[role=listbox]')?.getAttribute('aria-label')).toBe('目录')
    const focused = find(`#${find('#outline')?.getAttribute('aria-activedescendant')}`)
    expect(focused?.textContent).toBe('二')
    expect(focused?.getAttribute('aria-posinset')).toBe('9')
    expect(focused?.getAttribute('aria-setsize')).toBe('20')
    expect(document.activeElement?.id).toBe('outline')
  })

  it('is told what is chosen when the focus is elsewhere', () => {
    mirror.say('section', [list(-1, 0)])
    expect(find('[aria-current]')?.textContent).toBe('一')
    expect(find('#outline')?.hasAttribute('aria-activedescendant')).toBe(false)
  })

  it('hears a page once, and not again when only the focus moves', () => {
    mirror.say('document', [{ role: 'text', text: '第一条' }, list(0)])
    const before = find('#spoken')?.firstChild
    expect(before?.textContent).toBe('第一条')
    mirror.say('document', [{ role: 'text', text: '第一条' }, list(1)])
    expect(find('#spoken')?.firstChild).toBe(before)
    expect(find('[aria-selected=true]')?.textContent).toBe('二')
    mirror.say('document', [{ role: 'text', text: '第二条' }, list(1)])
    expect(find('#spoken')?.textContent).toBe('第二条')
  })

  it('gets text as text, whatever it looks like', () => {
    mirror.say('document', [{ role: 'text', text: '<b onclick="x()">粗</b>' }])
    expect(find('#outline b')).toBeNull()
    expect(find('#outline p')?.textContent).toBe('<b onclick="x()">粗</b>')
  })
})
