/**
 * `npm start -- [--content FOLDER] [--port N]`: signs the content (the demonstration's,
 * where no other is named), makes the app, and serves both with a preview page on
 * this machine. Makes anew what changes.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { watch } from 'chokidar'
import { processTerminal } from '../src/publisher/terminal.ts'
import { bundleScript, projectRoot, sizeText, writeShell } from './bundle.ts'
import { bundlePreview, demoFolders, demoInstallation, makeEdition, renewEdition, troubleText } from './demo.ts'
import { startServer } from './server.ts'
import type { RunningServer } from './server.ts'
import { readSettings } from './settings.ts'

/** Half a day: much less than the three days for which a timestamp is good. */
const renewEvery = 12 * 3_600_000

/** An editor that saves a file writes it in several steps. */
const settleMilliseconds = 150

const inProject = (...names: string[]): string => join(projectRoot, ...names)
const demoContent = inProject('static', 'demo')

const { values } = parseArgs({ options: { content: { type: 'string' }, port: { type: 'string', default: '8080' } } })
// npm starts scripts in the project's folder; a path is meant from where the user typed it.
const content = values.content ? resolve(process.env['INIT_CWD'] ?? '.', values.content) : demoContent
const folders = demoFolders(content, stateFolder(content))

let server: RunningServer | undefined
let es5: ChildProcess | undefined
const watchers: { close(): Promise<void> }[] = []
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

try {
  await start()
} catch (error) {
  console.error(troubleText(error))
  es5?.kill()
  process.exit(1)
}

async function start(): Promise<void> {
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port}: 应为 0 到 65535 的整数`)
  console.log('1/3 编译并签名内容… Compiling and signing the content…')
  await sign()
  console.log('2/3 打包应用和预览页… Bundling the app and the preview page…')
  await writeApp()
  console.log(`    ${sizeText(await bundleScript('modern', folders.app))}`)
  await bundlePreview(folders)
  console.log('3/3 启动… Starting…')
  server = await startServer({
    feedDir: folders.feed,
    appDir: folders.app,
    previewDir: folders.preview,
    port,
    nextPort: true,
  })
  if (port !== 0 && server.port !== port) {
    console.log(`    端口 ${String(port)} 已被占用，改用 ${String(server.port)}。 Port ${String(port)} is taken.`)
  }
  console.log(`
  预览 Preview   ${server.url}
  应用 App       ${server.url}tv/
  信源 Feed      ${server.url}feed/metadata/timestamp.json

  修改内容、代码或设置后自动更新。按 Ctrl-C 结束。 Changes are picked up. Ctrl-C stops.
`)
  bundleEs5()
  onChange([content], 'feed', sign)
  onChange(['src/tv', 'src/feed', 'static/locales', 'static/app', 'settings.json'].map((p) => inProject(p)), 'app', remake)
  onChange([inProject('src', 'emulator')], 'app', () => bundlePreview(folders))
  const renewing = setInterval(() => {
    renewEdition(folders).catch((error: unknown) => {
      console.error(troubleText(error))
    })
  }, renewEvery)
  watchers.push({
    close: () => {
      clearInterval(renewing)
      return Promise.resolve()
    },
  })
}

async function sign(): Promise<void> {
  const progress = processTerminal().progress('    读取 reading')
  const line = await makeEdition(folders, progress.report).finally(progress.stop)
  console.log(`    ${line}`)
}

async function writeApp(): Promise<void> {
  await writeShell(folders.app, await demoInstallation(folders, readSettings(inProject('settings.json'))))
}

async function remake(): Promise<void> {
  await writeApp()
  console.log(`    ${sizeText(await bundleScript('modern', folders.app))}`)
  bundleEs5()
}

/** Starts making the ES5 script; a change in the meantime begins it again. */
function bundleEs5(): void {
  es5?.kill()
  const args = [inProject('build', 'run.mjs'), inProject('build', 'es5-apart.ts'), folders.app]
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] })
  es5 = child
  child.stdout.on('data', (line: Buffer) => process.stdout.write(`    ${line.toString()}`))
}

/** Does something when files below these paths change, one change after another; then tells the preview. */
function onChange(paths: string[], what: 'app' | 'feed', work: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const watcher = watch(paths, { ignoreInitial: true }).on('all', (_event, path) => {
    if (path.endsWith('.test.ts')) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(async () => {
        console.log(`${new Date().toLocaleTimeString('zh-CN')}  有修改，正在更新… ${what} changed, updating…`)
        try {
          await work()
          server?.announce(what)
        } catch (error) {
          console.error(`${troubleText(error)}\n    仍显示修改之前的版本。 The version before the change stays.`)
        }
      })
    }, settleMilliseconds)
  })
  watchers.push(watcher)
}

/** One place for the demonstration, another for each other content folder. */
function stateFolder(of: string): string {
  if (of === demoContent) return inProject('.demo')
  return inProject('.demo', `content-${createHash('sha256').update(of).digest('hex').slice(0, 8)}`)
}

function stop(): void {
  es5?.kill()
  void Promise.allSettled([server?.close(), ...watchers.map((each) => each.close())]).then(() => {
    process.exit(0)
  })
}
