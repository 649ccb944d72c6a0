import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from '../engines/engine.ts'
import type { City } from '../support/feed.ts'
import { Household } from '../support/screen.ts'

/** What a sync asked of the server. */
export interface Traffic {
  readonly requests: number
  /** Bytes of bodies. */
  readonly bytes: number
}

/** How often each time is taken; the middle one counts. */
const runs = 3

const record = { file: 'records/nn-gaj/bs-juzhuzheng.md', title: '居住证首次申领' }

/** In the page: a promise of the time, ms, until a condition holds. `from` is when it began. */
const timeUntil = (condition: string, from: string): string => `new Promise((done) => {
  const from = ${from}
  const timer = setInterval(() => {
    if (!(${condition})) return
    clearInterval(timer)
    done(performance.now() - from)
  }, 2)
})`

const isShown = (screen: string): string =>
  `(document.getElementById('outline') || document.body).getAttribute('data-screen') === '${screen}'`

/** Measures one box in front of one city. Times are ms. */
export class Bench {
  private readonly tv: Household
  private edition = 0

  constructor(
    private readonly city: City,
    private readonly engine: Engine,
  ) {
    this.tv = new Household(engine, city.app)
  }

  /** An empty box, until everything is on it. */
  async firstSync(): Promise<Traffic> {
    this.city.server.requests.length = 0
    await this.tv.switchOn()
    await this.atRest()
    return this.traffic()
  }

  /** A check that finds nothing new. */
  async idlePoll(): Promise<Traffic> {
    this.city.server.requests.length = 0
    await this.check()
    return this.traffic()
  }

  /** A check that finds one record changed. */
  async change(): Promise<Traffic> {
    await this.publish()
    this.city.server.requests.length = 0
    await this.check()
    return this.traffic()
  }

  async idleTime(rate: number): Promise<number> {
    return this.middle(rate, () => this.check())
  }

  async refreshTime(rate: number): Promise<number> {
    return this.middle(rate, async () => {
      await this.publish()
      const before = await this.engine.evaluate<number>(`window.tv.events.filter((e) => e.what === 'switched').length`)
      return this.check(`window.tv.events.filter((e) => e.what === 'switched').length > ${String(before)}`)
    })
  }

  async startTime(rate: number): Promise<number> {
    this.city.server.faults.set('/feed/*', { kind: 'offline' })
    const time = await this.middle(rate, async () => {
      await this.tv.switchOn()
      return this.engine.evaluate<number>(timeUntil(isShown('home'), '0'))
    })
    this.city.server.faults.clear()
    return time
  }

  /** From the press of OK in a list to the document on the screen. */
  async openTime(rate: number): Promise<number> {
    const title = await this.longestPolicy()
    return this.middle(rate, async () => {
      await this.engine.throttle(1)
      await this.tv.switchOn('#/section/policy')
      await this.tv.see('the policies', (s) => s.name === 'section')
      for (let page = 0; page < 50 && !(await this.tv.screen()).text.includes(title); page++) await this.tv.press('PageDown')
      await this.tv.moveTo(title, 'Down')
      await this.engine.throttle(rate)
      await this.engine.evaluate(`void addEventListener('keydown', () => { window.pressed = performance.now() }, true)`)
      const time = this.engine.evaluate<number>(timeUntil(isShown('document'), '0').replace('- from', '- window.pressed'))
      await this.engine.key('OK')
      return await time
    })
  }

  /** Asks for news, and waits for the end of the check; gives the time until the condition. */
  private async check(until?: string): Promise<number> {
    const idle = `!/正在/.test(document.getElementById('status').textContent) && document.getElementById('status').textContent.includes('已联网')`
    const seen = this.city.server.requests.length
    const time = this.engine.evaluate<number>(`(window.tv.checkNow(), ${timeUntil(until ?? 'window.benchAnswered', 'performance.now()')})`)
    if (until === undefined) {
      while (this.city.server.requests.length === seen) await new Promise((done) => setTimeout(done, 1))
      await this.engine.evaluate('window.benchAnswered = true')
    }
    const result = await time
    await this.engine.evaluate(`(window.benchAnswered = false, ${timeUntil(idle, '0')})`)
    // Screens say the rest of a check late: the box is at rest when it asks for nothing more.
    await new Promise((done) => setTimeout(done, 500))
    return result
  }

  private async atRest(): Promise<void> {
    await this.tv.see('the box at rest', (s) => s.name === 'home' && s.status.includes('已联网'), 60)
  }

  private async publish(): Promise<void> {
    const title = (n: number): string => `标题: ${record.title}${n === 0 ? '' : `（第${String(n)}版）`}\n`
    await this.city.edit(record.file, title(this.edition), title(this.edition + 1))
    this.edition++
    await this.city.publish()
  }

  private traffic(): Traffic {
    const { requests } = this.city.server
    const feed = requests.filter(({ path }) => path.startsWith('/feed/'))
    return { requests: feed.length, bytes: feed.reduce((sum, { bytes }) => sum + bytes, 0) }
  }

  private async middle(rate: number, measure: () => Promise<number>): Promise<number> {
    const times: number[] = []
    await this.engine.throttle(rate)
    for (let run = 0; run < runs; run++) times.push(await measure())
    await this.engine.throttle(1)
    return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN
  }

  private async longestPolicy(): Promise<string> {
    const folder = join(this.city.content, 'records')
    const files = (await readdir(folder, { recursive: true })).filter((file) => /zc-[^/]*\.md$/.test(file))
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
    const longest = texts.reduce((a, b) => (b.length > a.length ? b : a))
    return /^标题: (.*)$/m.exec(longest)?.[1] ?? ''
  }
}
