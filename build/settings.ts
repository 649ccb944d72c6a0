import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import type { Settings } from '../src/tv/settings.ts'

/** A whole number in a range, with the words that say so. */
const whole = (least: number, most: number, measure: string) => {
  const allowed = `应为 ${String(least)} 到 ${String(most)} 之间的整数（${measure}）`
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(least, allowed), v.maxValue(most, allowed))
}

/** One of some words. */
const oneOf = <const T extends readonly string[]>(...words: T) =>
  v.picklist(words, `应为 ${words.map((w) => JSON.stringify(w)).join('、')} 之一`)

const base = v.pipe(
  v.string('应为文字'),
  v.check(
    isBase,
    '应为以 / 结尾的地址：https://… 或 http://…（不带 ? 和 #），或以 ./、../ 开头、从应用页面算起的相对地址',
  ),
)

/**
 * `settings.json`: every field, what it may be, and the words that say so to the
 * operator. What a field is for is said at its type, in `src/tv/settings.ts`.
 */
export const settingsSchema = v.strictObject({
  feed: v.strictObject({ bases: v.pipe(v.array(base, '应为地址的列表'), v.minLength(1, '至少要有一个地址')) }),
  region: v.pipe(
    v.string('应为六位数字的行政区划代码（GB/T 2260），如 "450103"'),
    v.regex(/^[1-9]\d{5}$/, '应为六位数字的行政区划代码（GB/T 2260），如 "450103"'),
  ),
  locale: oneOf('zh-CN', 'en'),
  screen: v.strictObject({
    renderer: oneOf('auto', 'webgl', 'canvas'),
    font: oneOf('auto', 'system', 'packaged'),
  }),
  sync: v.strictObject({
    periodMinutes: whole(5, 10_080, '分钟'),
    bootSpreadMinutes: whole(0, 1_440, '分钟'),
    retryFirstSeconds: whole(1, 3_600, '秒'),
    retryMostMinutes: whole(1, 1_440, '分钟'),
    pauseAfterKeyMilliseconds: whole(0, 10_000, '毫秒'),
    requestTimeoutSeconds: whole(1, 600, '秒'),
  }),
})

/** Settings that may not be used as they are; the message names every field at fault. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/**
 * Checks the text of a settings file.
 * @param name what the file is called in messages
 * @throws {SettingsError} names each wrong field, its value, and what is allowed
 */
export function parseSettings(text: string, name = 'settings.json'): Settings {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new SettingsError(`${name} 不是有效的 JSON：${(error as Error).message}`)
  }
  const result = v.safeParse(settingsSchema, value)
  if (result.success) return result.output
  const lines = result.issues.map((issue) => `${name}：${v.getDotPath(issue) ?? '整个文件'} ${complaint(issue)}`)
  throw new SettingsError(lines.join('\n'))
}

/** Reads and checks a settings file. @throws {SettingsError} as `parseSettings`; also where there is no file */
export function readSettings(file: string): Settings {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new SettingsError(`找不到设置文件 ${file}`)
  }
  return parseSettings(text, file)
}

function complaint(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object') {
    if (issue.expected === 'never') return '不是可用的设置，请删去或改正名称'
    return issue.received === 'undefined' && issue.expected?.startsWith('"') ? '没有填写' : '应为一组设置（{ … }）'
  }
  const value = issue.input === undefined ? '没有填写' : `现在是 ${JSON.stringify(issue.input)}`
  return `${issue.message}，${value}`
}

function isBase(text: string): boolean {
  if (/^\.\.?\//.test(text)) return text.endsWith('/') && !/[?#\s]/.test(text)
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  return url.pathname.endsWith('/') && url.search === '' && url.hash === '' && url.username === ''
}
