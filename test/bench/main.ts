/**
 * `npm run bench`: what the feed and the app cost, measured in a real Chromium that draws on a
 * canvas, as boxes without a GPU do; ×6 and ×20 are CPU throttles of the DevTools protocol.
 */
import { availableEngines } from '../engines/index.ts'
import { openCity } from '../support/feed.ts'
import { Bench } from './bench.ts'

const rates = [1, 6, 20] as const
const chromium = availableEngines().find(({ name }) => name === 'chromium-canvas')
if (!chromium) throw new Error('npm run bench needs Chrome, Chromium or Edge; CHROME_PATH may say where it is')

console.log('正在准备… Preparing…')
const city = await openCity()
const engine = await chromium.launch({ persistent: true })
const bench = new Bench(city, engine)
const row = (what: string, ...values: string[]): void => {
  console.log(`${what.padEnd(52)}${values.map((value) => value.padStart(12)).join('')}`)
}
const ms = (value: number): string => `${value.toFixed(0)} ms`
const kilobytes = (value: number): string => `${(value / 1000).toFixed(1)} kB`

try {
  const first = await bench.firstSync()
  row('', 'requests', 'bytes')
  row('First sync of the demonstration feed', String(first.requests), kilobytes(first.bytes))
  const idle = await bench.idlePoll()
  row('Idle poll (at most 1 request, 0 bytes)', String(idle.requests), kilobytes(idle.bytes))
  const change = await bench.change()
  row('Change of one record (150 kB, 10 requests)', String(change.requests), kilobytes(change.bytes))
  row('')
  row('', ...rates.map((rate) => `×${String(rate)}`))
  const columns = async (measure: (rate: number) => Promise<number>): Promise<string[]> => {
    const values: string[] = []
    for (const rate of rates) values.push(ms(await measure(rate)))
    return values
  }
  row('Idle poll, from asking to the answer', ...(await columns((rate) => bench.idleTime(rate))))
  row('New edition, from asking to the switch', ...(await columns((rate) => bench.refreshTime(rate))))
  row('Start to first screen, kept edition, no network', ...(await columns((rate) => bench.startTime(rate))))
  row('First page of the longest record, from OK', '', ms(await bench.openTime(6)))
} finally {
  await engine.close()
  await city.close()
}
