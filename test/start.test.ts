import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { projectRoot } from '../build/bundle.ts'
import { waitFor } from './engines/processes.ts'

/** `npm start` as a person runs it, on content of its own. */
class Running {
  text = ''
  readonly child: ChildProcess
  readonly exit: Promise<number | null>

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [join(projectRoot, 'build', 'start.mjs'), ...args], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (part: Buffer) => {
        this.text += part.toString()
      })
    }
    this.exit = new Promise((done) => this.child.once('exit', done))
  }

  /** Waits until it has printed something; gives what the first bracket caught. */
  says(pattern: RegExp, seconds = 120): Promise<string> {
    return waitFor(`${String(pattern)} in:\n${this.text}`, () => pattern.exec(this.text)?.slice(-1)[0], seconds)
  }
}

describe('npm start', () => {
  let running: Running | undefined
  let content = ''

  afterEach(async () => {
    running?.child.kill('SIGKILL')
    await rm(content, { recursive: true, force: true })
    const left = (await readdir(join(projectRoot, '.demo')).catch(() => [])).filter((name) => name.startsWith('content-'))
    for (const name of left) await rm(join(projectRoot, '.demo', name), { recursive: true, force: true })
  })

  async function start(port = '0'): Promise<{ url: string; app: Running }> {
    content = await mkdtemp(join(tmpdir(), 'content-'))
    await cp(join(projectRoot, 'static', 'demo'), content, { recursive: true })
    const app = new Running(['--content', content, '--port', port])
    running = app
    return { app, url: await app.says(/Preview\s+(http:\S+)/) }
  }

  it('serves feed, app and preview; takes up changes; stops on Ctrl-C with nothing left', async () => {
    const { app, url } = await start()
    const get = async (path: string): Promise<string> => {
      const answer = await fetch(url + path)
      expect([path, answer.status]).toEqual([path, 200])
      return answer.text()
    }
    expect(await get('')).toContain('<script')
    expect(await get('tv/')).toContain('boot.js')
    expect(await get('tv/app.modern.js')).toMatch(/^\(function/)
    expect(await get('tv/installation.js')).toContain('"../feed/"')
    const before = await get('feed/metadata/timestamp.json')

    const units = join(content, 'units.yaml')
    await writeFile(units, `${await readFile(units, 'utf8')}\n# a remark\n`)
    await app.says(/feed changed[^]*数据截至/)
    expect(JSON.parse(await get('feed/metadata/timestamp.json'))).toMatchObject({ signed: { _type: 'timestamp' } })

    const records = join(content, 'records')
    const [unit] = await readdir(records)
    const [file] = await readdir(join(records, unit ?? ''))
    const path = join(records, unit ?? '', file ?? '')
    const text = await readFile(path, 'utf8')
    await writeFile(path, `${text}\n另起一段。\n`)
    await waitFor('a new edition', async () => ((await get('feed/metadata/timestamp.json')) === before ? undefined : true))

    // What is wrong is said, with file and line; the edition stays.
    const edition = await get('feed/metadata/timestamp.json')
    await writeFile(path, text.replace(/^---\n/, '---\n标题标题: x\n'))
    await app.says(new RegExp(`${String(file)}:\\d+`))
    await app.says(/仍显示修改之前的版本/)
    expect(await get('feed/metadata/timestamp.json')).toBe(edition)

    await app.says(/app\.es5\.js/)
    app.child.kill('SIGINT')
    expect(await app.exit).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
  })

  it('takes the next port where one is taken', async () => {
    const { url } = await start()
    const first = running
    const port = new URL(url).port
    const second = new Running(['--content', content, '--port', port])
    try {
      const other = await second.says(/Preview\s+http:\/\/127\.0\.0\.1:(\d+)/)
      expect(Number(other)).toBeGreaterThan(Number(port))
      second.child.kill('SIGTERM')
      expect(await second.exit).toBe(0)
    } finally {
      second.child.kill('SIGKILL')
      first?.child.kill('SIGKILL')
    }
  })

  it('says what is wrong with the content, and ends', async () => {
    content = await mkdtemp(join(tmpdir(), 'content-'))
    running = new Running(['--content', content, '--port', '0'])
    expect(await running.exit).toBe(1)
    expect(running.text).toContain('feed.yaml')
  })
})
