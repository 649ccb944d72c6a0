import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import chinese from '../../../static/locales/zh-CN.json' with { type: 'json' }
import english from '../../../static/locales/en.json' with { type: 'json' }

const texts: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'zh-CN': chinese, en: english }

const app = new URL('../', import.meta.url)

/** The app's source, without its tests: a key that only a test names is not used. */
const source = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name.replaceAll('\\', '/'), app), 'utf8'))
  .join('\n')

/** Keys that the source puts together, `section.${kind}.count`, as patterns in which `${…}` is one word. */
const patterns = [...source.matchAll(/`([A-Za-z][\w.-]*\.)\$\{[^{}]*\}([\w.-]*)`/g)].map(
  ([, before = '', after = '']) => new RegExp(`^${escaped(before)}[\\w-]+${escaped(after)}$`),
)

function escaped(text: string): string {
  return text.replaceAll('.', '\\.')
}

function isUsed(key: string): boolean {
  return source.includes(`'${key}'`) || patterns.some((pattern) => pattern.test(key))
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\w*\}/g)].map(([name]) => name).sort()
}

describe('texts of the screens', () => {
  it('are the same in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
  })

  it('are filled in with the same values in both languages', () => {
    const filled = (locale: string): unknown =>
      Object.fromEntries(Object.entries(texts[locale] ?? {}).map(([key, text]) => [key, placeholders(text)]))
    expect(filled('en')).toEqual(filled('zh-CN'))
  })

  it.each(Object.keys(texts))('are never empty in %s', (locale) => {
    expect(Object.entries(texts[locale] ?? {}).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('are in English in en.json', () => {
    expect(Object.entries(english).filter(([, text]) => /[\u3000-\u9fff\uff00-\uffef]/.test(text))).toEqual([])
  })

  // GB/T 15834-2011 4: marks beside Chinese characters have their full-width forms.
  it('have full-width marks beside Chinese characters', () => {
    const mixed = /[\u3000-\u9fff}][,.;:?!]|[,.;:?!][\u3000-\u9fff{]/
    expect(Object.entries(chinese).filter(([, text]) => mixed.test(text))).toEqual([])
  })

  it('are all used by the app', () => {
    expect(Object.keys(chinese).filter((key) => !isUsed(key))).toEqual([])
  })
})
