import { describe, expect, it } from 'vitest'
import { languageOf } from './language.ts'

const chinese = languageOf('zh-CN')

describe('dates', () => {
  it('are written without leading zeros', () => {
    expect(chinese.date('2026-03-05')).toBe('2026年3月5日')
  })

  it('are those of China, whatever the zone of the box', () => {
    expect(chinese.moment('2026-11-23T16:05:00Z')).toBe('2026年11月24日 00:05')
    expect(chinese.clock(new Date('2026-11-23T12:45:59Z'))).toEqual({ time: '20:45', day: '11月23日 星期一' })
  })
})

it('fills in what a text leaves open, and leaves nothing open', () => {
  expect(chinese.t('standing.open', { n: 7 })).toBe('征求意见中 · 还剩 7 天')
  expect(chinese.t('standing.open', {})).toBe('征求意见中 · 还剩  天')
})

it('rounds sizes as a person would', () => {
  expect(chinese.bytes(1)).toBe('1 KB')
  expect(chinese.bytes(299_001)).toBe('300 KB')
  expect(chinese.bytes(1_240_000)).toBe('1.2 MB')
})
