import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseSettings, SettingsError } from './settings.ts'

const good = JSON.parse(readFileSync(new URL('../settings.json', import.meta.url), 'utf8')) as Record<string, unknown>

/** The settings with one field changed; `undefined` takes it out. */
function changed(path: string, value: unknown): string {
  const copy = structuredClone(good)
  const names = path.split('.')
  const last = names.pop() ?? ''
  const holder = names.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, copy)
  holder[last] = value
  return JSON.stringify(copy)
}

describe('settings.json', () => {
  it('is accepted as it is in the project', () => {
    expect(parseSettings(JSON.stringify(good))).toEqual(good)
  })

  it.each([
    [['./feed/']],
    [['https://feed.example.cn/nanning/']],
    [['http://10.1.2.3:8080/', '../feed/']],
  ])('takes the addresses %j', (bases) => {
    expect(parseSettings(changed('feed.bases', bases)).feed.bases).toEqual(bases)
  })

  it.each([
    ['feed.bases', [], 'feed.bases 至少要有一个地址'],
    ['feed.bases', ['./feed'], 'feed.bases.0 应为以 / 结尾的地址'],
    ['feed.bases', ['https://feed.example.cn/a/?b'], 'feed.bases.0 应为以 / 结尾的地址'],
    ['feed.bases', ['ftp://feed.example.cn/'], 'feed.bases.0 应为以 / 结尾的地址'],
    ['feed.bases', ['javascript:alert(1)/'], 'feed.bases.0 应为以 / 结尾的地址'],
    ['region', '45010', 'region 应为六位数字的行政区划代码（GB/T 2260），如 "450103"，现在是 "45010"'],
    ['region', 450103, 'region 应为六位数字的行政区划代码（GB/T 2260），如 "450103"，现在是 450103'],
    ['locale', 'fr', 'locale 应为 "zh-CN"、"en" 之一，现在是 "fr"'],
    ['screen.renderer', undefined, 'screen.renderer 没有填写'],
    ['screen', undefined, 'screen 没有填写'],
    ['screen', 3, 'screen 应为一组设置'],
    ['sync.periodMinutes', 0, 'sync.periodMinutes 应为 5 到 10080 之间的整数（分钟），现在是 0'],
    ['sync.retryFirstSeconds', 1.5, 'sync.retryFirstSeconds 应为 1 到 3600 之间的整数（秒），现在是 1.5'],
    ['sync.perodMinutes', 240, 'sync.perodMinutes 不是可用的设置'],
  ])('refuses %s = %j and says why', (path, value, message) => {
    expect(() => parseSettings(changed(path, value))).toThrow(`settings.json：${message}`)
  })

  it('names every wrong field at once', () => {
    const text = JSON.stringify({ ...good, region: '1', locale: 'xx' })
    expect(() => parseSettings(text)).toThrow(/region[^]*locale/)
  })

  it('says where the JSON itself is broken', () => {
    expect(() => parseSettings('{"region": }')).toThrow(SettingsError)
    expect(() => parseSettings('{"region": }')).toThrow('settings.json 不是有效的 JSON')
  })
})
