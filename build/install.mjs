/**
 * The first thing that `npm start`, `npm test` and `npm run …` do: look whether
 * this Node.js is new enough and whether the dependencies are there, and install
 * them if not. Runs on a fresh clone, so it imports nothing but Node itself.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The project's folder. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Oldest Node.js that works, as `engines` in package.json says. */
const oldestNode = [20, 19]

/**
 * Makes the project ready to run, or ends the process with a message that says
 * what to do.
 */
export async function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    console.error(
      `需要 Node.js ${oldestNode.join('.')} 或更新版本，现在是 ${process.versions.node}。请从 nodejs.org 安装新版本后重试。\n` +
        `Node.js ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}. ` +
        'Install a newer one from nodejs.org and try again.',
    )
    process.exit(1)
  }
  if (isInstalled(projectRoot)) return
  console.log('正在安装依赖，约一分钟…  Installing dependencies, about a minute…')
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const ticker = setInterval(() => console.log(`  … ${seconds()} s`), 10_000)
  const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  clearInterval(ticker)
  if (code !== 0) {
    console.error(
      '安装依赖没有成功，原因见上。请检查网络后再运行同一条命令。\n' +
        'Installing the dependencies failed for the reason above. Check the network and run the same command again.',
    )
    process.exit(1)
  }
  console.log(`依赖已装好，用时 ${seconds()} 秒。 Dependencies installed in ${seconds()} s.`)
}

/**
 * Whether node_modules holds what package-lock.json names: npm's own record of
 * what it installed (node_modules/.package-lock.json, written last) is compared
 * package by package, so an interrupted or outdated installation is seen.
 */
export function isInstalled(folder) {
  let wanted
  let installed
  try {
    wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages
    installed = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8')).packages
  } catch {
    return false
  }
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true
    const found = installed[path]
    // Optional packages are for other machines: they may be absent, but not of another version.
    return found ? found.version === entry.version : entry.optional === true || entry.peer === true
  })
}

/** Runs npm with its output shown; gives its exit code. */
function runNpm(args) {
  // Under `npm start` npm says where it is itself, which is surer than the PATH.
  const self = process.env.npm_execpath
  const [command, first] = self?.endsWith('.js') ? [process.execPath, [self]] : ['npm', []]
  return new Promise((done) => {
    const child = spawn(command, [...first, ...args], {
      cwd: projectRoot,
      stdio: 'inherit',
      // npm is a .cmd file on Windows, which only a shell can start.
      shell: command === 'npm' && process.platform === 'win32',
    })
    child.on('error', (error) => {
      console.error(`npm: ${error.message}`)
      done(1)
    })
    child.on('exit', (code) => done(code ?? 1))
  })
}

/**
 * Runs a TypeScript file of the project in this process, as if it had been
 * started itself: `process.argv` is the file and the arguments.
 */
export async function runTypeScript(file, args) {
  const path = resolve(file)
  const { register } = await import('tsx/esm/api')
  register()
  process.argv.splice(1, Infinity, path, ...args)
  await import(pathToFileURL(path).href)
}
