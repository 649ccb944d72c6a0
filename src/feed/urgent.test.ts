import { describe, expect, it } from 'vitest'
import { decodeUrgent, encodeUrgent, recalledIds, validNotices, type Notice } from './urgent.ts'

const notice: Notice = {
  id: 'yj-1',
  severity: 'orange',
  title: '暴雨橙色预警',
  text: '请减少外出。',
  validFrom: '2026-03-05T08:00:00Z',
  validUntil: '2026-03-06T08:00:00Z',
  unit: 'nn-yj',
}
const recall = { id: 'zc-1', reason: '数字有误' }
const file = (more: object = {}) => JSON.stringify({ format: 1, notices: [notice], recalls: [recall], ...more })

describe('an urgent file', () => {
  it('is read as it was written', () => {
    const urgent = { notices: [notice], recalls: [recall, { id: 'zc-2', before: 7, reason: '已更正' }] }
    expect(decodeUrgent(encodeUrgent(urgent))).toEqual(urgent)
  })

  it.each([
    ['another format', file({ format: 2 }), 'newer than this app'],
    ['no JSON', 'x', 'JSON'],
    ['null', 'null', 'not an object'],
    ['no list of notices', file({ notices: {} }), 'malformed notices'],
    ['a notice without a text', file({ notices: [{ ...notice, text: '' }] }), 'malformed notices'],
    ['a severity that nobody knows', file({ notices: [{ ...notice, severity: 'pink' }] }), 'malformed notices'],
    ['a time that is none', file({ notices: [{ ...notice, validUntil: '2026-13-05T08:00:00Z' }] }), 'malformed notices'],
    ['a time of another zone', file({ notices: [{ ...notice, validUntil: '2026-03-05T08:00:00+08:00' }] }), 'malformed'],
    ['no list of recalls', file({ recalls: undefined }), 'malformed recalls'],
    ['a recall without an id', file({ recalls: [{ reason: 'x' }] }), 'malformed recalls'],
    ['a recall before a text', file({ recalls: [{ ...recall, before: '7' }] }), 'malformed recalls'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => decodeUrgent(text)).toThrow(message)
  })
})

describe('notices', () => {
  const from = (id: string, severity: Notice['severity'], hour: number): Notice => ({
    ...{ ...notice, id, severity },
    validFrom: `2026-03-05T0${hour}:00:00Z`,
  })

  it.each([
    ['before they begin', '2026-03-05T07:59:59Z', []],
    ['from their first second', '2026-03-05T08:00:00Z', ['yj-1']],
    ['until the last second', '2026-03-06T07:59:59Z', ['yj-1']],
    ['when they are over', '2026-03-06T08:00:00Z', []],
  ])('%s', (_, now, expected) => {
    expect(validNotices([notice], new Date(now)).map(({ id }) => id)).toEqual(expected)
  })

  it('come gravest first, then latest first', () => {
    const all = [from('b', 'blue', 1), from('r1', 'red', 1), from('o', 'orange', 2), from('r2', 'red', 3)]
    expect(validNotices(all, new Date('2026-03-05T09:00:00Z')).map(({ id }) => id)).toEqual(['r2', 'r1', 'o', 'b'])
  })
})

it.each([
  ['always', undefined, 99, ['zc-1']],
  ['in editions before the one that put it right', 7, 6, ['zc-1']],
  ['no longer in that one', 7, 7, []],
])('a record is recalled %s', (_, before, version, expected) => {
  expect(recalledIds({ notices: [], recalls: [{ ...recall, ...(before && { before }) }] }, version)).toEqual(expected)
})
