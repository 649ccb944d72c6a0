import { expect, it } from 'vitest'
import { pictureName } from './box.ts'

it('names a picture by its screen and time', () => {
  expect(pictureName('home', new Date(2026, 0, 3, 4, 5, 6))).toBe('tv-home-20260103-040506.png')
})
