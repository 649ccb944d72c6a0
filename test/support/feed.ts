import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot, writeShell } from '../../build/bundle.ts'
import { startServer } from '../../build/server.ts'
import type { RunningServer } from '../../build/server.ts'
import { readSettings } from '../../build/settings.ts'
import { writeWorker } from '../../build/worker.ts'
import { buildFeed, keysForContent } from '../../src/publisher/index.ts'
import type { Settings } from '../../src/tv/settings.ts'
import { bundles } from './bundles.ts'

/** A publisher, a web server and the packaged app, in a folder of their own. */
export interface City {
  readonly server: RunningServer
  /** The content folder; edit it, then publish. */
  readonly content: string
  /** The served feed's folder. */
  readonly feed: string
  /** The served app's folder. */
  readonly appFolder: string
  /** Address of the app. */
  readonly app: string
  /** Compiles and signs the content as the next edition. */
  publish(): Promise<void>
  /** Replaces a piece of a record's source. @throws {Error} where it does not occur */
  edit(file: string, from: string, to: string): Promise<void>
  close(): Promise<void>
}

/** Boxes of tests look for news at once, and try again soon. */
const quick: Settings['sync'] = {
  periodMinutes: 240,
  bootSpreadMinutes: 0,
  retryFirstSeconds: 1,
  retryMostMinutes: 1,
  pauseAfterKeyMilliseconds: 50,
  requestTimeoutSeconds: 10,
}

/**
 * Publishes a content folder (the demonstration content, where none is given) and serves it with the app.
 * @param options `worker`: the app has a service worker
 */
export async function openCity(
  content = join(projectRoot, 'static', 'demo'),
  { worker = false }: { readonly worker?: boolean } = {},
): Promise<City> {
  const folder = await mkdtemp(join(tmpdir(), 'tv-city-'))
  const at = (name: string): string => join(folder, name)
  await cp(content, at('content'), { recursive: true })
  await keysForContent(at('content'), at('keys'), new Date())
  const publish = async (): Promise<void> => {
    await buildFeed({ content: at('content'), keys: at('keys'), out: at('feed'), at: new Date() })
  }
  await publish()
  await cp(await bundles(), at('app'), { recursive: true })
  const settings = { ...readSettings(join(projectRoot, 'settings.json')), sync: quick, feed: { bases: ['../feed/'] } }
  const root = await readFile(at('feed/metadata/1.root.json'), 'utf8')
  const builtAt = new Date(Date.now() - 86_400_000).toISOString()
  await writeShell(at('app'), { settings, root, appVersion: '0.0.0', builtAt, preview: true, worker })
  if (worker) await writeWorker(at('app'))
  const server = await startServer({ feedDir: at('feed'), appDir: at('app') })
  return {
    server,
    content: at('content'),
    feed: at('feed'),
    appFolder: at('app'),
    app: `${server.url}tv/index.html`,
    publish,
    edit: async (file, from, to) => {
      const path = join(at('content'), file)
      const text = await readFile(path, 'utf8')
      if (!text.includes(from)) throw new Error(`${file} does not say “${from}”`)
      await writeFile(path, text.replace(from, to))
    },
    close: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
