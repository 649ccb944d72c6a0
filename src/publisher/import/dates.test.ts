import { expect, it } from 'vitest'
import { chineseDay, parseDay } from './dates.ts'

it.each([
  ['2014年11月24日', '2014-11-24'],
  ['2014年1月2日', '2014-01-02'],
  ['一九九四年十二月六日', '1994-12-06'],
  ['二○○○年一月十日', '2000-01-10'],
  ['二〇二〇年二月二十九日', '2020-02-29'],
  ['一九五七年十月三十一日', '1957-10-31'],
  ['2014年2月30日', undefined],
  ['2014年13月1日', undefined],
  ['某年某月某日', undefined],
  ['2014-11-24', undefined],
])('parseDay(%s)', (text, expected) => {
  expect(parseDay(text)).toBe(expected)
})

it('chineseDay', () => {
  expect(chineseDay('2014-01-24')).toBe('2014年1月24日')
})
