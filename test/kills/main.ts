/**
 * `npm run kills [-- TIMES [SEED]]`: cuts the power of a box on each engine that is here, so
 * many times (100) at random moments of a sync, and looks at what it shows after each start.
 */
import { cutPower, openNumberedCity, storingEngines } from './kills.ts'

const [times = 100, seed = 1] = process.argv.slice(2).map(Number)
if (!(times >= 1)) throw new Error('how many times?')

let failed = false
for (const { title, launch } of storingEngines()) {
  const numbered = await openNumberedCity()
  const engine = await launch({ persistent: true })
  let done = 0
  try {
    const outcomes = await cutPower(numbered, engine, {
      times,
      seed,
      each: ({ after, published, acknowledged, shown }) => {
        const which = shown === published ? 'new' : 'old'
        console.log(`${title} ${String(++done)}/${String(times)}: cut after ${String(after)} ms, had seen ${String(acknowledged)}, shows ${String(shown)} (${which})`)
      },
    })
    const fresh = outcomes.filter(({ shown, published }) => shown === published).length
    console.log(`✓ ${title}: ${String(times)} power cuts, ${String(fresh)} × the new edition, ${String(times - fresh)} × the old, each whole`)
  } catch (error) {
    failed = true
    console.error(`✗ ${title}: after ${String(done)} power cuts: ${(error as Error).message}`)
  } finally {
    await engine.close()
    await numbered.city.close()
  }
}
process.exit(failed ? 1 : 0)
