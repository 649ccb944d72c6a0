/**
 * `npm run package -- [--root FILE] [--settings FILE] [--out FOLDER] [--no-worker]`: the app
 * as an operator installs it, with the operator's settings and trusted root in it. Served over
 * https, a service worker keeps the app on the box, unless `--no-worker` says that none may.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { appVersion, buildTime, bundleApp, projectRoot, sizeText } from './bundle.ts'
import { readSettings, SettingsError } from './settings.ts'

const { values } = parseArgs({
  options: {
    root: { type: 'string', default: join(projectRoot, '.demo', 'feed', 'metadata', '1.root.json') },
    settings: { type: 'string', default: join(projectRoot, 'settings.json') },
    out: { type: 'string', default: join(projectRoot, 'dist', 'app') },
    'no-worker': { type: 'boolean', default: false },
  },
})

// npm starts scripts in the project's folder; a path is meant from where the user typed it.
const typed = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path)
const out = typed(values.out)

/** The folder is emptied first: it must be a new one, or one of an app that was packaged before. */
async function refuseOthersFolder(folder: string): Promise<void> {
  const files: string[] = await readdir(folder).catch(() => [])
  if (files.length === 0 || files.includes('installation.js')) return
  throw new SettingsError(`${folder} 里有别的文件，不会清空它。请用 --out 指明一个空文件夹。`)
}

try {
  const settings = readSettings(typed(values.settings))
  const root = await readFile(typed(values.root), 'utf8').catch(() => {
    throw new SettingsError(
      `找不到信任根文件 ${values.root}：请用 --root 指明信源的 metadata/1.root.json（先 npm start 一次，即有演示用的一份）`,
    )
  })
  await refuseOthersFolder(out)
  console.log(`正在打包… Packaging into ${out}`)
  await bundleApp(
    out,
    { settings, root, appVersion: await appVersion(), builtAt: buildTime(), worker: !values['no-worker'] },
    { onSize: (size) => console.log(`  ${sizeText(size)}`) },
  )
} catch (error) {
  if (!(error instanceof SettingsError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
