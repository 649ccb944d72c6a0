import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, engineNames, syntheticKey } from './engine.ts'
import type { Engine, LaunchOptions } from './engine.ts'
import { connectInspector } from './inspector.ts'
import { deleteFolder, freePort, startGroup, temporaryFolder } from './processes.ts'
import type { Group } from './processes.ts'
import { openSession } from './webdriver.ts'

const title = engineNames.wpe

/** What both ways of driving WPE WebKit have. */
export interface Page {
  /** Messages of errors, where the way of driving tells them. */
  readonly problems: string[]
  goto(url: string): Promise<void>
  /** Sends a real key event. @returns false where it cannot send this one */
  sendKey(type: 'keydown' | 'keyup', code: number): Promise<boolean>
  evaluate<T>(expression: string): Promise<T>
  screenshot(): Promise<Buffer>
  /** Ends the session in good order, where there is one. */
  end(): Promise<void>
}

/**
 * The headless screen of WPE WebKit is 800×600, always. Zoomed out, the page sees a
 * window that is large enough, and lays itself out for it.
 */
const screenWidth = 800

/** Starts WPE WebKit: by WebDriver, or, where storage must survive, by its inspector. */
export async function launchWpe(programs: { driver: string; cog: string }, options: LaunchOptions = {}): Promise<Engine> {
  const { width = 1280, persistent = false } = options
  const folder = await temporaryFolder()
  const flags = ['--platform=headless', `--scale=${String(screenWidth / width)}`]
  const problems: string[] = []
  let group: Group
  let page: Page

  async function start(): Promise<void> {
    const env: NodeJS.ProcessEnv = { ...process.env }
    for (const name of ['RUNTIME_DIR', 'DATA_HOME', 'CACHE_HOME', 'CONFIG_HOME']) {
      const home = join(folder, name.toLowerCase())
      await mkdir(home, { recursive: true, mode: 0o700 })
      env[`XDG_${name}`] = home
    }
    const port = await freePort()
    if (persistent) {
      env['WEBKIT_INSPECTOR_HTTP_SERVER'] = `127.0.0.1:${String(port)}`
      group = startGroup(programs.cog, [...flags, '--enable-developer-extras=true', 'about:blank'], env)
    } else {
      group = startGroup(programs.driver, ['-p', String(port)], env)
    }
    try {
      page = persistent
        ? await connectInspector(port, problems)
        : await openSession(port, programs.cog, ['--automation', ...flags], problems)
    } catch (error) {
      await group.kill()
      throw new Error(`${title}: ${(error as Error).message}. ${group.said()}`, { cause: error })
    }
  }

  // Early crashes are rare, but known of this version: one more try.
  await start().catch(start).catch(async (error: unknown) => {
    await deleteFolder(folder)
    throw error
  })

  async function send(type: 'keydown' | 'keyup', code: number, repeat = false): Promise<void> {
    // The engine ignores a second keydown of a key that is down.
    const sent = !repeat && (await page.sendKey(type, code))
    if (!sent) await page.evaluate(syntheticKey(type, code, repeat))
  }

  const cannot = (what: string) => (): Promise<void> => Promise.reject(new Error(`${title} cannot ${what}`))
  const engine: Engine = {
    name: 'wpe',
    can: { throttle: false, offline: false, persistence: persistent, realKeys: !persistent },
    problems,
    goto: async (url) => {
      problems.length = 0
      await page.goto(url)
    },
    key: async (key) => {
      await engine.keyDown(key)
      await engine.keyUp(key)
    },
    keyDown: async (key, repeats = 0) => {
      await send('keydown', codeOf(key))
      for (let n = 0; n < repeats; n++) await send('keydown', codeOf(key), true)
    },
    keyUp: async (key) => {
      await send('keyup', codeOf(key))
    },
    evaluate: (expression) => page.evaluate(expression),
    screenshot: async () => {
      // WebGL is not in the driver's picture, and the screen is small: the app draws itself.
      const own = await page.evaluate<string | null>('window.tv && window.tv.picture ? window.tv.picture() : null')
      return own ? Buffer.from(own.slice(own.indexOf(',') + 1), 'base64') : await page.screenshot()
    },
    throttle: cannot('be throttled'),
    offline: cannot('be taken off the network; let the server be offline instead'),
    restart: async () => {
      if (!persistent) throw new Error(`${title} forgets everything between WebDriver sessions: launch it as persistent`)
      await group.kill()
      await start().catch(start)
    },
    close: async () => {
      await page.end().catch(() => undefined)
      await group.kill()
      await deleteFolder(folder)
    },
  }
  return engine
}

