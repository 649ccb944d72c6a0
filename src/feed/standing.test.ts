import { describe, expect, it } from 'vitest'
import type { Entry } from './catalogue.ts'
import { dayInChina, daysBetween, standingOf } from './standing.ts'

const entry = (fields: Partial<Entry>): Entry => ({
  id: 'x',
  kind: 'policy',
  title: '例',
  unit: 'u',
  published: '2020-01-01',
  page: 100,
  initials: 'l',
  pack: 'p',
  index: 0,
  ...fields,
})

const today = '2026-11-23'

describe('the standing of a policy', () => {
  const cases: [string, Partial<Entry>, string][] = [
    ['in force', { validity: 'in-force' }, 'in-force'],
    ['printed in force, but its last day has passed', { validity: 'in-force', expiresOn: '2026-11-22' }, 'expired'],
    ['in force on its very last day', { validity: 'in-force', expiresOn: today }, 'in-force'],
    ['printed in force, but begins tomorrow', { validity: 'in-force', effectiveOn: '2026-11-24' }, 'not-yet'],
    ['printed as not yet in force, but began today', { validity: 'not-yet', effectiveOn: today }, 'in-force'],
    ['printed as not yet in force, day unknown', { validity: 'not-yet' }, 'not-yet'],
    ['repealed, whatever the days say', { validity: 'repealed', expiresOn: '2030-01-01' }, 'repealed'],
    ['amended', { validity: 'amended', effectiveOn: '2003-10-01' }, 'amended'],
  ]
  it.each(cases)('%s', (_, fields, kind) => {
    expect(standingOf(entry(fields), today)).toEqual({ kind })
  })
})

describe('the standing of a decision', () => {
  const cases: [string, Partial<Entry>, object][] = [
    ['no consultation', { stage: 'initiation' }, { kind: 'under-way' }],
    ['opens tomorrow', { opensOn: '2026-11-24', closesOn: '2026-12-30' }, { kind: 'opens-later', opensOn: '2026-11-24' }],
    ['first day', { opensOn: today, closesOn: '2026-12-22' }, { kind: 'open', daysLeft: 30 }],
    ['last day', { opensOn: '2026-10-23', closesOn: today }, { kind: 'open', daysLeft: 1 }],
    ['the day after', { opensOn: '2026-10-23', closesOn: '2026-11-22' }, { kind: 'closed' }],
    ['published', { stage: 'publication', opensOn: today, closesOn: today }, { kind: 'decided' }],
  ]
  it.each(cases)('%s', (_, fields, standing) => {
    expect(standingOf(entry({ kind: 'decision', ...fields }), today)).toEqual(standing)
  })
})

it('counts days over month and leap-year ends', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
  expect(daysBetween('2026-11-23', '2026-11-22')).toBe(-1)
})

it('takes the day of China, not of UTC', () => {
  expect(dayInChina(new Date('2026-11-23T15:59:59Z'))).toBe('2026-11-23')
  expect(dayInChina(new Date('2026-11-23T16:00:00Z'))).toBe('2026-11-24')
})
