import { expect, it } from 'vitest'
import { chinaDay, editionTime } from './time.ts'

const now = new Date('2025-07-01T08:09:10.123Z')

it.each<[string | undefined, string | undefined, string]>([
  [undefined, undefined, '2025-07-01T08:09:00.000Z'],
  [undefined, '', '2025-07-01T08:09:00.000Z'],
  [undefined, '1700000000', '2023-11-14T22:13:20.000Z'],
  ['2025-06-01T16:00:00+08:00', '1700000000', '2025-06-01T08:00:00.000Z'],
  ['2025-06-01', undefined, '2025-06-01T00:00:00.000Z'],
])('editionTime(%s, %s)', (given, epoch, expected) => {
  expect(editionTime(given, epoch, now).toISOString()).toBe(expected)
})

it.each<[string | undefined, string | undefined]>([
  ['tomorrow', undefined],
  ['2025-06-01T08:00:00', undefined],
  ['2025-13-01', undefined],
  [undefined, 'soon'],
])('refuses %s, %s', (given, epoch) => {
  expect(() => editionTime(given, epoch, now)).toThrow('不是时间')
})

it.each([
  ['2025-06-30T15:59:59Z', '2025-06-30'],
  ['2025-06-30T16:00:00Z', '2025-07-01'],
])('chinaDay(%s)', (time, day) => {
  expect(chinaDay(new Date(time))).toBe(day)
})
