import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Installation, Settings } from '../src/tv/settings.ts'
import { licencesOf } from './licences.ts'
import { es5Script, modernScript } from './scripts.ts'
import type { Script } from './scripts.ts'
import { writeNoWorker, writeWorker } from './worker.ts'

/** The two scripts of the app, by the name that boot.js gives them. */
export type BundleName = 'modern' | 'es5'

const makers: Record<BundleName, (entry: string) => Promise<Script>> = { modern: modernScript, es5: es5Script }

/** How large a script came out, in bytes. */
export interface Size {
  readonly bundle: BundleName
  readonly bytes: number
  readonly gzip: number
}

/**
 * Makes one script of the app, `app.<bundle>.js`, in a folder.
 * @param entry its first TypeScript file; the app's own where not given
 * @throws {Error} what is wrong in the code, with file and line
 */
export async function bundleScript(bundle: BundleName, out: string, entry = appEntry): Promise<Size> {
  const { code, modules } = await makers[bundle](entry)
  await mkdir(out, { recursive: true })
  await writeFile(join(out, `app.${bundle}.js`), code)
  await writeFile(join(out, `licences.${bundle}.txt`), await licencesOf(modules))
  return { bundle, bytes: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length }
}

/**
 * Writes everything of the app but its scripts: page, boot script, style, fonts, and
 * `installation.js` with what the operator decided. The service worker, where the installation
 * has one, lists the scripts too: `writeWorker` makes it when they are there.
 */
export async function writeShell(out: string, installation: Installation): Promise<void> {
  await mkdir(join(out, 'fonts'), { recursive: true })
  const page = await readFile(join(shellFolder, 'index.html'), 'utf8')
  await writeFile(join(out, 'index.html'), page.replace('%POLICY%', contentPolicy(installation.settings)))
  for (const file of ['boot.js', 'app.css']) await cp(join(shellFolder, file), join(out, file))
  await cp(join(projectRoot, 'static', 'fonts'), join(out, 'fonts'), { recursive: true })
  await writeFile(join(out, 'installation.js'), installationScript(installation))
  if (!installation.worker) await writeNoWorker(out)
}

/**
 * Makes the whole app in a folder, from nothing.
 * @param onSize told each script's size as soon as it is made
 * @throws {Error} what is wrong in the code, with file and line
 */
export async function bundleApp(
  out: string,
  installation: Installation,
  options: { readonly entry?: string; readonly bundles?: readonly BundleName[]; onSize?(size: Size): void } = {},
): Promise<Size[]> {
  await rm(out, { recursive: true, force: true })
  await writeShell(out, installation)
  const sizes: Size[] = []
  for (const bundle of options.bundles ?? (['modern', 'es5'] as const)) {
    const size = await bundleScript(bundle, out, options.entry)
    options.onSize?.(size)
    sizes.push(size)
  }
  if (installation.worker) await writeWorker(out)
  return sizes
}

/**
 * What the page may load, as a Content-Security-Policy: scripts, styles and fonts of
 * its own only, nothing inline, and connections to the operator's feeds.
 */
export function contentPolicy(settings: Settings): string {
  const feeds = settings.feed.bases.filter((base) => /^https?:/.test(base)).map((base) => new URL(base).origin)
  return [
    "default-src 'none'",
    // Lightning makes functions of its own templates (`new Function`). Nothing of the feed gets there.
    "script-src 'self' 'unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    `connect-src ${["'self'", ...new Set(feeds)].join(' ')}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** `installation.js`: ASCII only, so that no server's charset can break it. */
export function installationScript(installation: Installation): string {
  const json = JSON.stringify(installation, null, 2).replace(
    /[^\n -;=-~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `window.installation = ${json}\n`
}

/**
 * When the app counts as built, ISO 8601 UTC: the clock on the box is never earlier.
 * The same sources give the same time: SOURCE_DATE_EPOCH, else the last commit.
 */
export function buildTime(): string {
  const epoch = process.env['SOURCE_DATE_EPOCH'] ?? lastCommitSeconds()
  const milliseconds = epoch ? Number(epoch) * 1000 : Date.now()
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}

function lastCommitSeconds(): string | undefined {
  try {
    const git = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'ignore'] })
    return git.toString().trim() || undefined
  } catch {
    return undefined // not a clone: a downloaded archive, or no git here
  }
}

/** The version in package.json. */
export async function appVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as { version: string }
  return version
}

/** A size as people read it: `391.2 kB, 97.1 kB gzip`. */
export function sizeText({ bundle, bytes, gzip }: Size): string {
  const kilobytes = (n: number): string => `${(n / 1000).toFixed(1)} kB`
  return `app.${bundle}.js  ${kilobytes(bytes)} (${kilobytes(gzip)} gzip)`
}

/** The project's folder. */
export const projectRoot = dirname(import.meta.dirname)

const appEntry = join(projectRoot, 'src', 'tv', 'main.ts')
const shellFolder = join(projectRoot, 'static', 'app')
