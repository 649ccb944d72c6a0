import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cutPower, openNumberedCity, storingEngines } from './kills/kills.ts'
import type { NumberedCity } from './kills/kills.ts'

/* A few power cuts of the many that `npm run kills` makes. */

let numbered: NumberedCity

beforeAll(async () => {
  numbered = await openNumberedCity()
})

afterAll(async () => {
  await numbered.city.close()
})

describe.each(storingEngines())('power cuts in a sync on $title', ({ launch }) => {
  it('leave a whole edition, the old one or the new, and none older than what was on the screen', async () => {
    const engine = await launch({ persistent: true })
    try {
      const outcomes = await cutPower(numbered, engine, { times: 3, seed: 20 })
      expect(outcomes).toHaveLength(3)
    } finally {
      await engine.close()
    }
  })
})
