import { daySeconds } from './fleet.ts'
import type { Day } from './fleet.ts'

/** One day, with the words above its plot. */
export interface Plot {
  readonly title: string
  /** The figures, in one line. */
  readonly line: string
  readonly day: Day
  readonly capacity: number
}

const width = 960
const height = 220
const left = 64
const bottom = 26
const plotWidth = width - left - 12
const plotHeight = height - bottom - 14

/** The plots as one page that needs nothing else. */
export function page(plots: readonly Plot[]): string {
  const parts = plots.map(({ title, line, day, capacity }) => {
    return `<section><h2>${escape(title)}</h2><p>${escape(line)}</p>${chart(day, capacity)}</section>`
  })
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>机顶盒群的一天 · A day of the fleet</title>
<style>
body { font: 15px/1.5 sans-serif; max-width: 1000px; margin: 2em auto; padding: 0 1em; color: #1d2733 }
h2 { font-size: 17px; margin: 2em 0 0 } p { margin: 0.2em 0 0.6em; color: #4a5766 }
svg { width: 100%; height: auto } text { font-size: 12px; fill: #4a5766 }
.most { fill: #cfe0f2 } .mean { fill: none; stroke: #17518f } .capacity { stroke: #a33; stroke-dasharray: 5 4 } .grid { stroke: #e3e8ee }
</style></head><body>
<h1>机顶盒群的一天 · A day of the fleet</h1>
<p>源站每秒收到的请求：浅色为每分钟内的最大值，线为每分钟的平均值，虚线为源站容量。
Requests per second at the origin: the most in each minute (light), the mean of each minute (line), capacity (dashed).</p>
${parts.join('\n')}
</body></html>
`
}

/** Requests per second over the day, as SVG. */
export function chart({ perSecond, peak }: Day, capacity: number): string {
  const top = roundUp(Math.max(peak, capacity, 1))
  const x = (minute: number): string => (left + (plotWidth * minute * 60) / daySeconds).toFixed(1)
  const y = (value: number): string => (14 + plotHeight * (1 - value / top)).toFixed(1)
  const minutes = Array.from({ length: daySeconds / 60 }, (_, minute) => perSecond.subarray(minute * 60, minute * 60 + 60))
  const most = minutes.map((seconds, minute) => `L${x(minute)} ${y(Math.max(...seconds))}`)
  const mean = minutes.map((seconds, minute) => `${x(minute)},${y(seconds.reduce((sum, n) => sum + n, 0) / 60)}`)
  const hours = [0, 4, 8, 12, 16, 20, 24].map(
    (h) =>
      `<line class="grid" x1="${x(h * 60)}" x2="${x(h * 60)}" y1="14" y2="${y(0)}"/>` +
      `<text x="${x(h * 60)}" y="${height - 8}" text-anchor="middle">${h}:00</text>`,
  )
  const levels = [0, top / 2, top].map(
    (value) => `<text x="${left - 8}" y="${y(value)}" dy="4" text-anchor="end">${value.toLocaleString('en')}</text>`,
  )
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img">${hours.join('')}${levels.join('')}` +
    `<path class="most" d="M${x(0)} ${y(0)}${most.join('')}L${x(1440)} ${y(0)}Z"/><polyline class="mean" points="${mean.join(' ')}"/>` +
    `<line class="capacity" x1="${left}" x2="${width - 12}" y1="${y(capacity)}" y2="${y(capacity)}"/></svg>`
  )
}

/** The next number with one or two digits that are not zero. */
function roundUp(value: number): number {
  const unit = Math.pow(10, Math.floor(Math.log10(value)))
  return Math.ceil((value / unit) * 2) * (unit / 2)
}

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
