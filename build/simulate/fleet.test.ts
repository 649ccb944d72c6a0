import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { timingOf } from '../../src/tv/sync/schedule.ts'
import { projectRoot } from '../bundle.ts'
import { readSettings } from '../settings.ts'
import { chart } from './chart.ts'
import { simulate } from './fleet.ts'
import { scenarios } from './scenarios.ts'

const timing = timingOf(readSettings(join(projectRoot, 'settings.json')).sync)
const fleetOf = (boxes: number) => ({ boxes, timing, capacity: boxes / 1000, seed: 7 })
const boxes = 100_000
const fleet = fleetOf(boxes)
const live = (name: keyof typeof scenarios) => simulate(scenarios[name].scenario, fleet)

describe('a city of boxes at an origin of N/1000 requests a second', () => {
  it('asks evenly on an ordinary day, each box once in the period', () => {
    const { mean, peak, failedBoxes } = live('ordinary')
    expect(mean * 86_400).toBeCloseTo((boxes * 86_400_000) / timing.period, -4)
    expect(peak).toBeLessThan(4 * mean)
    expect(failedBoxes).toBe(0)
  })

  it('has all boxes up to date within a period of a new edition', () => {
    const { until99, failedBoxes } = live('edition')
    expect(until99 * 1000).toBeLessThan(timing.period + timing.retryMost)
    // Eleven requests a box come close to what the origin can answer; chance takes some above it.
    expect(failedBoxes).toBeLessThan(boxes / 10)
  })

  it('comes back from a power cut with a peak of at most ten times the mean, and no failed box', () => {
    // Large enough that chance alone, which counts less the larger a city is, does not make the peak.
    const { mean, peak, failedBoxes, until99 } = simulate(scenarios.powerCut.scenario, fleetOf(500_000))
    expect(peak).toBeLessThanOrEqual(10 * mean)
    expect(failedBoxes).toBe(0)
    expect(until99 * 1000).toBeLessThanOrEqual(timing.bootSpread + 60_000)
  })

  it('would be refused after the same power cut, did the boxes not spread', () => {
    const all = simulate(scenarios.powerCut.scenario, { ...fleet, timing: { ...timing, bootSpread: 0 } })
    expect(all.failedBoxes).toBeGreaterThan(boxes / 2)
    expect(all.peak).toBeGreaterThan(10 * all.mean)
  })

  it.each(['outage', 'outageRetryAfter'] as const)('lets no wave of returning boxes stop the origin again: %s', (name) => {
    const { perSecond, until99 } = live(name)
    const after = perSecond.subarray(scenarios[name].scenario.outage.end)
    expect(Math.max(...after)).toBeLessThanOrEqual(fleet.capacity)
    expect(until99 * 1000).toBeLessThanOrEqual(timing.period)
  })

  it('spares an origin that asks for time', () => {
    expect(live('outageRetryAfter').failures).toBeLessThan(live('outage').failures)
  })

  it('asks the origin once an edge and minute behind caches', () => {
    const { perSecond, failedBoxes } = simulate(scenarios.powerCutCdn.scenario, fleetOf(500_000))
    const total = perSecond.reduce((sum, n) => sum + n, 0)
    expect(total).toBeLessThanOrEqual(200 * (1440 + 10))
    expect(failedBoxes).toBe(0)
  })

  it('lives the same day for the same seed', () => {
    const small = { ...fleet, boxes: 5000, capacity: 5 }
    const day = () => simulate(scenarios.powerCut.scenario, small)
    expect(day()).toEqual(day())
  })

  it('is plotted with every minute of the day', () => {
    const svg = chart(live('ordinary'), fleet.capacity)
    expect(svg.match(/<polyline[^>]*points="([^"]*)"/)?.[1]?.split(' ')).toHaveLength(1440)
    expect(svg).not.toContain('NaN')
  })
})
