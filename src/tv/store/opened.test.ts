import { expect, it } from 'vitest'
import type { Rec } from '../../feed/records/index.ts'
import { openedPacks } from './opened.ts'

const pack = (): readonly Rec[] => []

it('keeps what was used last, within its limit', () => {
  const packs = openedPacks(100)
  const [a, b, c] = [pack(), pack(), pack()]
  packs.put('a', a, 40)
  packs.put('b', b, 40)
  expect(packs.get('a')).toBe(a)
  packs.put('c', c, 40)
  expect(packs.get('b')).toBeUndefined()
  expect(packs.get('a')).toBe(a)
  expect(packs.get('c')).toBe(c)
})

it('keeps the newest alone when it is larger than the limit', () => {
  const packs = openedPacks(100)
  packs.put('a', pack(), 40)
  const large = pack()
  packs.put('b', large, 400)
  expect(packs.get('a')).toBeUndefined()
  expect(packs.get('b')).toBe(large)
})

it('counts a pack that is put twice once', () => {
  const packs = openedPacks(100)
  packs.put('a', pack(), 60)
  packs.put('a', pack(), 60)
  packs.put('b', pack(), 40)
  expect(packs.get('a')).toBeDefined()
})
