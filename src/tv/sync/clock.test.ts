import { expect, it } from 'vitest'
import { believedTime } from './clock.ts'

const builtAt = '2026-03-01T00:00:00Z'

it.each([
  // box clock, signed time, believed time, reliable
  ['2026-04-10T12:00:00Z', '2026-04-10T08:00:00Z', '2026-04-10T12:00:00Z', true, 'a right clock'],
  ['2026-04-10T07:59:00Z', '2026-04-10T08:00:00Z', '2026-04-10T08:00:00Z', true, 'a clock that is a minute slow'],
  ['2026-04-01T00:00:00Z', '2026-04-10T08:00:00Z', '2026-04-10T08:00:00Z', false, 'a clock that went back'],
  ['1970-01-01T00:03:00Z', '2026-04-10T08:00:00Z', '2026-04-10T08:00:00Z', false, 'a box without a battery'],
  ['1970-01-01T00:03:00Z', '', '2026-03-01T00:00:00Z', false, 'an empty box without a battery'],
  ['2026-03-05T00:00:00Z', '', '2026-03-05T00:00:00Z', true, 'an empty box'],
  ['2099-01-01T00:00:00Z', '2026-04-10T08:00:00Z', '2026-04-10T08:00:00Z', false, 'a clock absurdly far ahead'],
  ['2026-04-10T12:00:00Z', 'not a date', '2026-04-10T12:00:00Z', true, 'a signed time that cannot be read'],
])('%s, signed %s: %s, reliable %s (%s)', (box, signedAt, now, reliable) => {
  const believed = believedTime({ box: Date.parse(box), signedAt, builtAt })
  expect(believed.now.toISOString()).toBe(new Date(now).toISOString())
  expect(believed.reliable).toBe(reliable)
})
