import { generator } from '../../build/simulate/fleet.ts'
import { availableEngines } from '../engines/index.ts'
import type { AvailableEngine, Engine } from '../engines/index.ts'
import { openCity } from '../support/feed.ts'
import type { City } from '../support/feed.ts'
import { Household } from '../support/screen.ts'

/* Power cuts at random moments of a sync, and what the box shows after each. */

/** A record of each of two roles: an edition is mixed where they are of different versions. */
const records = [
  { file: 'records/nn-sfj/bs-falv-yuanzhu.md', id: 'bs-falv-yuanzhu', title: '法律援助申请' },
  { file: 'records/gx-jtt/zc-gongjiao-793.md', id: 'zc-gongjiao-793', title: '城市公共交通条例（内容提要）' },
] as const

/** The engines with a storage of their own: Chromium keeps the same with and without WebGL. */
export const storingEngines = (): AvailableEngine[] => availableEngines().filter(({ name }) => name !== 'chromium-canvas')

/** What came of one power cut. */
export interface Outcome {
  /** How long after the box was told to look for news, ms. */
  readonly after: number
  /** The edition on the server; the newest that was seen on the screen before; the one after the restart. */
  readonly published: number
  readonly acknowledged: number
  readonly shown: number
}

/** A city whose editions have a number, in the titles of two records. */
export interface NumberedCity {
  readonly city: City
  /** Publishes the next edition; gives its number. */
  publish(): Promise<number>
}

/** Opens the city with its edition 0. */
export async function openNumberedCity(): Promise<NumberedCity> {
  const city = await openCity()
  let edition = 0
  return {
    city,
    publish: async () => {
      for (const { file, title } of records) {
        await city.edit(file, `标题: ${numbered(title, edition)}\n`, `标题: ${numbered(title, edition + 1)}\n`)
      }
      edition++
      await city.publish()
      return edition
    },
  }
}

const numbered = (title: string, edition: number): string => (edition === 0 ? title : `${title}（第${String(edition)}版）`)

/** The edition that a title is of, or null where it is of none. */
function editionOf(shown: string, title: string): number | null {
  if (shown === title) return 0
  const found = shown.startsWith(title) ? /^（第(\d+)版）$/.exec(shown.slice(title.length))?.[1] : undefined
  return found === undefined ? null : Number(found)
}

/**
 * Cuts the power of a box again and again in the middle of a sync.
 * @param seed the same seed cuts after the same times
 * @param each told of every cut
 * @throws {Error} at the first restart without a network that shows no whole edition, or one
 *   that is older than what had been on the screen
 */
export async function cutPower(
  { city, publish }: NumberedCity,
  engine: Engine,
  { times, seed, each }: { readonly times: number; readonly seed: number; each?(outcome: Outcome): void },
): Promise<Outcome[]> {
  const random = generator(seed)
  const tv = new Household(engine, city.app)
  const outcomes: Outcome[] = []
  city.server.faults.clear()
  await tv.switchOn()
  await tv.see('the first edition', (s) => s.name === 'home' && s.status.includes('已联网'), 60)
  let acknowledged = await shownEdition(tv)

  for (let time = 0; time < times; time++) {
    const published = await publish()
    // Half of the cuts hit a sync over a slow line, where most of it is fetching; half a fast one.
    const slow = random() < 0.5
    if (slow) city.server.faults.set('/feed/*', { kind: 'slow', bytesPerSecond: 1_000_000 })
    await tv.switchOn(`#/record/${records[0].id}`)
    await tv.see('the record', (s) => s.name === 'service')
    const started = Date.now()
    await engine.evaluate('void window.tv.checkNow()')
    const after = Math.round(random() * (slow ? 2500 : 700))
    while (Date.now() - started < after) {
      const { heading } = await tv.screen()
      acknowledged = Math.max(acknowledged, editionOf(heading, records[0].title) ?? 0)
    }
    await engine.restart()
    city.server.faults.set('/feed/*', { kind: 'offline' })
    const shown = await shownEdition(tv)
    const outcome = { after, published, acknowledged, shown }
    if (shown < acknowledged) throw new Error(`${engine.name}: a switch that was seen is lost: ${JSON.stringify(outcome)}`)
    if (shown > published) throw new Error(`${engine.name}: an edition that nobody published: ${JSON.stringify(outcome)}`)
    acknowledged = shown
    outcomes.push(outcome)
    each?.(outcome)
    city.server.faults.clear()
  }
  return outcomes
}

/** The edition that the box shows: home, the list, and a record of each role, all of one number. */
async function shownEdition(tv: Household): Promise<number> {
  await tv.switchOn()
  await tv.see('home, and not empty', (s) => s.name === 'home' && s.options.length > 5)
  const found: Record<string, number | null> = {}
  for (const { id, title } of records) {
    await tv.switchOn(`#/record/${id}`)
    const { heading } = await tv.see(`the record ${id}`, (s) => s.heading.startsWith(title))
    found[id] = editionOf(heading, title)
  }
  await tv.switchOn('#/section/service')
  const list = await tv.see('the list', (s) => s.name === 'section' && s.text.includes(records[0].title))
  const [, inList] = new RegExp(`${records[0].title}(?:（第(\\d+)版）)?`).exec(list.text) ?? []
  found['list'] = inList === undefined ? 0 : Number(inList)
  const numbers = new Set(Object.values(found))
  const [number] = numbers
  if (numbers.size !== 1 || number == null) throw new Error(`${tv.engine.name}: a mixed edition: ${JSON.stringify(found)}`)
  return number
}
