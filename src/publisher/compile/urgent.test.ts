import { expect, it } from 'vitest'
import type { Recall } from '../../feed/urgent.ts'
import { urgentNow } from './urgent.ts'

const recall = (id: string, before?: number): Recall => ({ id, reason: id, ...(before && { before }) })
const says = (...recalls: Recall[]) => ({ notices: [], recalls })

it.each([
  ['says what is written', [recall('a')], [], [recall('a')]],
  ['goes on saying it without change', [recall('a')], [recall('a')], [recall('a')]],
  ['ends a recall with the next version', [], [recall('a')], [recall('a', 9)]],
  ['does not move the end of one that is over', [], [recall('a', 5)], [recall('a', 5)]],
  ['recalls again what was put right', [recall('a')], [recall('a', 5)], [recall('a')]],
])('%s', (_, written, before, expected) => {
  expect(urgentNow(says(...written), says(...before), 9).recalls).toEqual(expected)
})

it('forgets the oldest of many recalls that are over', () => {
  const before = Array.from({ length: 60 }, (_, i) => recall(`r${String(i)}`, i + 1))
  const { recalls } = urgentNow(says(), says(...before), 99)
  expect(recalls).toHaveLength(50)
  expect(recalls[49]).toEqual(recall('r10', 11))
})
