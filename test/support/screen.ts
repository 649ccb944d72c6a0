import type { Engine, Key } from '../engines/engine.ts'
import { until } from '../engines/engine.ts'

/** What the household sees, as the app's outline says it to a screen reader. */
export interface ScreenText {
  /** Name of the screen: `home`, `section`, `document` … */
  readonly name: string
  readonly heading: string
  /** Everything on the screen, in reading order. */
  readonly text: string
  readonly options: readonly string[]
  /** What has the focus; '' when nothing has. */
  readonly focused: string
  /** The line at the bottom. */
  readonly status: string
}

const read = `(() => {
  const outline = document.getElementById('outline')
  const status = document.getElementById('status')
  const words = (node) => (node ? node.textContent : '')
  return {
    name: outline ? outline.getAttribute('data-screen') || '' : '',
    heading: words(outline && outline.querySelector('h1')),
    text: outline ? Array.prototype.map.call(outline.children, words).join('\\n') : '',
    options: outline ? Array.prototype.map.call(outline.querySelectorAll('[role=option]'), words) : [],
    focused: words(outline && outline.querySelector('[aria-selected=true]')),
    status: words(status),
  }
})()`

/** A box in front of a household: keys go in, and what is on the screen comes out. */
export class Household {
  constructor(
    readonly engine: Engine,
    private readonly app: string,
  ) {}

  /** Switches the box on. `route` opens a screen under home: `#/record/<id>`. */
  async switchOn(route = ''): Promise<void> {
    // A changed fragment alone does not load the page anew.
    await this.engine.goto('about:blank')
    await this.engine.goto(`${this.app}${route}`)
  }

  async screen(): Promise<ScreenText> {
    return await this.engine.evaluate<ScreenText>(read)
  }

  /** Presses keys one after the other, each after the screen answered the one before. */
  async press(...keys: Key[]): Promise<void> {
    for (const key of keys) {
      await this.engine.key(key)
      // The outline follows the frame in a task of its own.
      await this.engine.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))')
    }
  }

  /** Waits until the screen is as wanted; fails with what it was instead. */
  async see(what: string, wanted: (screen: ScreenText) => boolean, seconds = 30): Promise<ScreenText> {
    const end = Date.now() + seconds * 1000
    let screen = await this.screen()
    while (!wanted(screen)) {
      if (Date.now() > end) {
        const problems = this.engine.problems.join('\n')
        throw new Error(`${this.engine.name}: expected ${what}, but saw ${JSON.stringify(screen, null, 1)}\n${problems}`)
      }
      await new Promise((done) => setTimeout(done, 50))
      screen = await this.screen()
    }
    return screen
  }

  /** Moves the focus in one direction until an option that contains these words has it. */
  async moveTo(words: string, key: Key, most = 60): Promise<void> {
    for (let i = 0; i <= most; i++) {
      const { focused } = await this.screen()
      if (focused.includes(words)) return
      await this.press(key)
    }
    throw new Error(`${this.engine.name}: ${String(key)} ×${most} did not reach “${words}”: ${JSON.stringify(await this.screen())}`)
  }

  /** Waits until the app answers keys. */
  async ready(): Promise<void> {
    await until(this.engine, `!!(window.tv && document.getElementById('outline') && document.getElementById('outline').children.length)`)
  }
}
