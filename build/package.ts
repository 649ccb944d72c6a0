/**
 * `npm run package -- [--root FILE] [--settings FILE] [--out FOLDER] [--no-worker]`: the app
 * as an operator installs it, with the operator's settings and trusted root in it. Served over
 * https, a service worker keeps the app on the box, unless `--no-worker` says that none may.
 */
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
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

try {
  const settings = readSettings(values.settings)
  const root = await readFile(values.root, 'utf8').catch(() => {
    throw new SettingsError(
      `找不到信任根文件 ${values.root}：请用 --root 指明信源的 metadata/1.root.json（先 npm start 一次，即有演示用的一份）`,
    )
  })
  console.log(`正在打包… Packaging into ${relative(process.cwd(), values.out)}`)
  await bundleApp(
    values.out,
    { settings, root, appVersion: await appVersion(), builtAt: buildTime(), worker: !values['no-worker'] },
    { onSize: (size) => console.log(`  ${sizeText(size)}`) },
  )
} catch (error) {
  if (!(error instanceof SettingsError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
