/**
 * `npm run simulate [-- BOXES …]`: lives through days of a city of 1 M and 5 M boxes, with the
 * schedule of settings.json, at an origin that answers a thousandth of the boxes a second.
 * Prints a table, and plots the requests into dist/simulate.html.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { timingOf } from '../../src/tv/sync/schedule.ts'
import { projectRoot } from '../bundle.ts'
import { readSettings } from '../settings.ts'
import { page } from './chart.ts'
import type { Plot } from './chart.ts'
import { simulate } from './fleet.ts'
import { scenarios } from './scenarios.ts'

const asked = process.argv.slice(2).map(Number)
if (asked.some((boxes) => !Number.isInteger(boxes) || boxes < 1000)) {
  console.error('机顶盒数量应为不小于 1000 的整数。 Numbers of boxes: whole, 1000 or more.')
  process.exit(2)
}
const fleets = asked.length > 0 ? asked : [1_000_000, 5_000_000]
const timing = timingOf(readSettings(join(projectRoot, 'settings.json')).sync)

const columns = [10, 8, 8, 6, 12, 12, 10]
const row = (cells: readonly string[]): string => cells.map((cell, i) => cell.padStart(columns[i] ?? 8)).join(' ')
const number = (value: number): string => Math.round(value).toLocaleString('en')
const minutes = (seconds: number): string => (seconds === Infinity ? '> 24 h' : `${(seconds / 60).toFixed(0)} min`)

console.log(row(['origin/s', 'mean/s', 'peak/s', '×mean', 'failures', 'failed boxes', '99% after']))
const plots: Plot[] = []
for (const boxes of fleets) {
  const capacity = boxes / 1000
  console.log(`\n${boxes.toLocaleString('en')} boxes`)
  for (const { zh, en, scenario } of Object.values(scenarios)) {
    const day = simulate(scenario, { boxes, timing, capacity, seed: 1 })
    const { mean, peak, failures, failedBoxes, until99 } = day
    const times = (peak / mean).toFixed(1)
    console.log(row([capacity, mean, peak].map(number).concat(times, number(failures), number(failedBoxes), minutes(until99))) + `  ${zh} ${en}`)
    const line = `平均 mean ${number(mean)}/s · 峰值 peak ${number(peak)}/s (×${times}) · 失败 failures ${number(failures)} · 99%: ${minutes(until99)}`
    plots.push({ title: `${boxes.toLocaleString('en')}: ${zh} · ${en}`, line, day, capacity })
  }
}
const file = join(projectRoot, 'dist', 'simulate.html')
await mkdir(join(projectRoot, 'dist'), { recursive: true })
await writeFile(file, page(plots))
console.log('\n曲线图 Plots: dist/simulate.html')
