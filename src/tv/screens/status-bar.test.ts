import { describe, expect, it } from 'vitest'
import { languageOf } from '../language/language.ts'
import type { SyncStatus } from '../sync/status.ts'
import { size } from '../theme/tokens.ts'
import { corners } from './frame.ts'
import { statusText } from './status-bar.ts'

const asOf = '2026-11-23T12:45:00Z'
const idle: SyncStatus = { phase: 'idle', done: 0, total: 0, reachable: null, lastSuccess: null, problem: null }

it.each<[string, Partial<SyncStatus>, string | null, string, boolean]>([
  ['before the first look', {}, asOf, '数据截至 2026年11月23日 20:45 · 显示已保存的内容', false],
  ['online', { reachable: true }, asOf, '数据截至 2026年11月23日 20:45 · 已联网', false],
  ['offline', { reachable: false, problem: 'unreachable' }, asOf, '数据截至 2026年11月23日 20:45 · 未联网', false],
  ['offline with nothing kept', { reachable: false, problem: 'unreachable' }, null, '未联网', false],
  ['fetching', { phase: 'fetching', done: 350, total: 1000 }, asOf, '数据截至 2026年11月23日 20:45 · 正在取新内容 35%', false],
  ['forged on an empty box', { reachable: true, problem: 'refused' }, null, '', true],
  ['forged', { problem: 'refused' }, asOf, '数据截至 2026年11月23日 20:45 · 新内容没有通过核对', true],
])('%s', (_, change, shownAsOf, text, alarming) => {
  expect(statusText(languageOf('zh-CN'), shownAsOf, { ...idle, ...change })).toEqual({ text, alarming })
})

describe('every text of the line fits beside the keys', () => {
  const measured = (text: string): number =>
    Array.from(text).reduce((sum, c) => sum + (c.charCodeAt(0) < 0x2000 && c !== '·' ? 0.58 : 1), 0) * size.small
  const changes: Partial<SyncStatus>[] = [
    {},
    { reachable: true },
    { phase: 'fetching', done: 99, total: 100 },
    ...(['unreachable', 'refused', 'expired', 'storage'] as const).map((problem) => ({ problem })),
  ]
  it.each(['zh-CN', 'en'] as const)('in %s', (locale) => {
    for (const change of changes) {
      const { text } = statusText(languageOf(locale), '2026-12-23T12:45:00Z', { ...idle, ...change })
      expect(measured(text), text).toBeLessThanOrEqual(corners.status.width)
    }
  })
})
