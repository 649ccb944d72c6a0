import { createHash } from 'node:crypto'
import { cp, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { workerFile } from '../src/tv/worker/shell.ts'
import type { ShellFile } from '../src/tv/worker/shell.ts'
import { projectRoot } from './bundle.ts'
import { licencesOf } from './licences.ts'
import { workerScript } from './scripts.ts'

/**
 * Makes the service worker of an app whose other files are all in the folder: another
 * worker whenever one of them is another.
 * @throws {Error} what is wrong in its code, or that the app is not whole
 */
export async function writeWorker(app: string): Promise<void> {
  const files = await shellFiles(app)
  const entry = join(projectRoot, 'src', 'tv', 'worker', 'worker.ts')
  const { code, modules } = await workerScript(entry, { SHELL_FILES: JSON.stringify(files) })
  await writeFile(join(app, 'licences.worker.txt'), await licencesOf(modules))
  await writeFile(join(app, workerFile), code)
}

/** In place of a worker: what takes one away that an earlier installation left. */
export async function writeNoWorker(app: string): Promise<void> {
  await cp(join(projectRoot, 'static', 'app', 'no-worker.js'), join(app, workerFile))
}

/** Everything that the app loads of its own folder, in a fixed order. */
async function shellFiles(app: string): Promise<ShellFile[]> {
  const fonts = (await readdir(join(app, 'fonts'))).filter((name) => name.endsWith('.woff2')).sort()
  const names = ['index.html', 'app.css', 'boot.js', 'installation.js', 'app.modern.js', 'app.es5.js']
  return await Promise.all(
    [...names, ...fonts.map((name) => `fonts/${name}`)].map(async (url) => {
      const hash = createHash('sha256').update(await readFile(join(app, url)))
      const base64 = hash.digest('base64')
      return { url, revision: Buffer.from(base64, 'base64').toString('hex').slice(0, 16), integrity: `sha256-${base64}` }
    }),
  )
}
