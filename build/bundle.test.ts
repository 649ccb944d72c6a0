import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import vm from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Installation } from '../src/tv/settings.ts'
import { bundleApp, contentPolicy, installationScript, projectRoot } from './bundle.ts'
import { readSettings } from './settings.ts'

const settings = readSettings(join(projectRoot, 'settings.json'))
const installation: Installation = {
  settings,
  root: '{"signed":"信任根 </script>\u2028"}',
  appVersion: '0.0.0',
  builtAt: '2026-01-02T03:04:05Z',
}

describe('installation.js', () => {
  it('gives the page exactly what was put in, in ASCII', () => {
    const script = installationScript(installation)
    expect(script).toMatch(/^[\x00-\x7f]*$/)
    expect(script).not.toContain('</')
    const window: { installation?: Installation } = {}
    vm.runInNewContext(script, { window })
    expect(window.installation).toEqual(installation)
  })
})

describe('the content policy', () => {
  it('lets the page reach its own place only where the feed is relative', () => {
    expect(contentPolicy(settings)).toContain("connect-src 'self';")
  })

  it('names the origin of each feed elsewhere once', () => {
    const bases = ['https://a.example.cn/feed/', 'https://a.example.cn/other/', 'http://10.0.0.1:8080/', './feed/']
    expect(contentPolicy({ ...settings, feed: { bases } })).toContain(
      "connect-src 'self' https://a.example.cn http://10.0.0.1:8080;",
    )
  })
})

describe('the bundles', () => {
  let out = ''
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'bundle-'))
    await bundleApp(out, installation, { entry: join(projectRoot, 'build', 'fixtures', 'probe.ts') })
  }, 120_000)
  afterAll(() => rm(out, { recursive: true, force: true }))

  /** Runs a bundle in a bare context, as old as wanted, and gives what the probe left there. */
  async function run(bundle: string, before = ''): Promise<unknown> {
    const code = await readFile(join(out, `app.${bundle}.js`), 'utf8')
    const window: Record<string, unknown> = {}
    const context = vm.createContext({ window, self: window, setTimeout, console })
    vm.runInContext(before, context)
    vm.runInContext(code, context)
    for (let turn = 0; window['answers'] === undefined && turn < 100; turn++) await new Promise((r) => setTimeout(r, 10))
    return window['answers']
  }

  const answers = ['Open', '7 field', '1,3', '2', '1,2,3', '3', '3 true ayy', 'k1', 'an a', 'kept', 'AB']

  it('behave the same', async () => {
    expect(await run('modern')).toEqual(answers)
    expect(await run('es5')).toEqual(answers)
  })

  it('bring what an old engine lacks', async () => {
    const old = `
      delete globalThis.globalThis; delete Array.prototype.flat; delete Array.prototype.at; delete Object.hasOwn
      delete Object.fromEntries; delete String.prototype.matchAll; delete String.prototype.replaceAll
      delete Promise.allSettled; delete Promise; delete Map; delete Set; delete Symbol.asyncIterator`
    expect(await run('modern', old)).not.toEqual(answers)
    expect(await run('es5', old)).toEqual(answers)
  })

  it('are ES5, and syntax of ES2019', async () => {
    const check = join(projectRoot, 'node_modules', 'es-check', 'lib', 'cli', 'index.js')
    for (const [version, file] of [['es5', 'app.es5.js'], ['es5', 'boot.js'], ['es2019', 'app.modern.js']] as const) {
      const { stdout } = await promisify(execFile)(process.execPath, [check, version, join(out, file)])
      expect(stdout).toContain('ES-Check passed')
    }
    await expect(promisify(execFile)(process.execPath, [check, 'es5', join(out, 'app.modern.js')])).rejects.toThrow()
  })

  it('come out the same each time', async () => {
    const again = await mkdtemp(join(tmpdir(), 'bundle-'))
    try {
      await bundleApp(again, installation, { entry: join(projectRoot, 'build', 'fixtures', 'probe.ts') })
      for (const file of ['app.modern.js', 'app.es5.js', 'installation.js', 'index.html', 'licences.es5.txt']) {
        expect(await readFile(join(again, file), 'utf8')).toBe(await readFile(join(out, file), 'utf8'))
      }
    } finally {
      await rm(again, { recursive: true, force: true })
    }
  }, 120_000)

  it('tell whose code is in them', async () => {
    expect(await readFile(join(out, 'licences.es5.txt'), 'utf8')).toMatch(/core-js \d[^]*Denis Pushkarev/)
  })
})
