// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest'
import { OutlineMirror } from '../tv/widgets/outline.ts'
import { outlineOf } from './outline.ts'

beforeEach(() => {
  document.body.replaceChildren()
})

it('reads what the app says, in its order', () => {
  const mirror = new OutlineMirror(document)
  mirror.say('section', [
    { role: 'heading', text: '政策法规' },
    { role: 'list', label: '发布单位', options: [{ text: '全部单位', focused: true }, { text: '市民政局', position: 7, of: 20 }] },
    { role: 'text', text: '第 1 页' },
    { role: 'status', text: '正在取' },
  ])
  mirror.status('已联网')
  expect(outlineOf(document)).toEqual([
    { kind: 'heading', text: '政策法规' },
    { kind: 'list', text: '发布单位' },
    { kind: 'option', text: '全部单位', focused: true },
    { kind: 'option', text: '市民政局', focused: false, position: '7 / 20' },
    { kind: 'text', text: '第 1 页' },
    { kind: 'status', text: '正在取' },
    { kind: 'status', text: '已联网' },
  ])
})

it('is empty before the app speaks', () => {
  expect(outlineOf(document)).toEqual([])
})
