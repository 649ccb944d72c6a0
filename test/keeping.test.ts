import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { availableEngines } from './engines/index.ts'
import type { Engine } from './engines/engine.ts'
import { openCity } from './support/feed.ts'
import type { City } from './support/feed.ts'
import { Household } from './support/screen.ts'

const record = 'records/nn-gaj/bs-juzhuzheng.md'
let city: City
let edition = 0

beforeAll(async () => {
  city = await openCity()
})

afterAll(async () => {
  await city.close()
})

afterEach(() => {
  city.server.faults.clear()
})

/** Publishes a new edition, in which one title is another; gives that title. */
async function publishNews(): Promise<string> {
  const title = (n: number): string => `标题: 居住证首次申领${n === 0 ? '' : `（第${n}版）`}\n`
  await city.edit(record, title(edition), title(edition + 1))
  edition++
  await city.publish()
  return `居住证首次申领（第${edition}版）`
}

/** The newest file of this name in a folder of the feed, as the server's path. */
async function served(folder: string, name: RegExp): Promise<string> {
  const names = (await readdir(join(city.feed, folder))).filter((file) => name.test(file))
  const version = (file: string): number => Number(/^\d+/.exec(file)?.[0] ?? 0)
  const newest = names.sort((a, b) => version(b) - version(a))[0]
  if (newest === undefined) throw new Error(`${folder} has nothing like ${String(name)}`)
  return `/feed/${folder}/${newest}`
}

/** Files of the city's role that only the newest edition has. */
async function newTargets(before: readonly string[], name: RegExp): Promise<string[]> {
  const now = await readdir(join(city.feed, 'targets/city'))
  return now.filter((file) => !before.includes(file) && name.test(file)).map((file) => `/feed/targets/city/${file}`)
}

describe.each(availableEngines())('a box with $title', ({ launch }) => {
  let engine: Engine
  let tv: Household

  beforeAll(async () => {
    engine = await launch({ persistent: true })
    tv = new Household(engine, city.app)
  })

  afterAll(async () => {
    await engine.close()
  })

  const checkNow = async (): Promise<void> => {
    await engine.evaluate('void window.tv.checkNow()')
  }

  /** Waits until everything of the edition is on the box. */
  const whole = async (): Promise<void> => {
    await tv.ready()
    await checkNow()
    await tv.see('the box at rest', (s) => s.name !== 'boot' && s.status.includes('已联网'))
  }

  it('says on an empty box that there is no network, and goes on when there is', async () => {
    city.server.faults.set('/feed/*', { kind: 'offline' })
    await tv.switchOn()
    const boot = await tv.see('what is in the way', (s) => s.name === 'boot' && s.text.includes('连不上网络'))
    expect(boot.text).toContain('网线')
    expect(boot.focused).toBe('重试')
    city.server.faults.clear()
    await tv.press('OK')
    await tv.see('home', (s) => s.name === 'home')
    await whole()
  })

  it('reads everything without a network after a restart', async () => {
    await tv.switchOn()
    await whole()
    city.server.faults.set('/feed/*', { kind: 'offline' })
    await engine.restart()
    await tv.switchOn()
    await tv.see('home at once', (s) => s.name === 'home' && s.options.length > 5)
    await checkNow()
    await tv.see('that it is offline', (s) => s.status.includes('未联网') && s.status.includes('数据截至'))
    for (const section of ['policy', 'decision', 'service', 'news']) {
      await tv.switchOn(`#/section/${section}`)
      await tv.see(`the section ${section}`, (s) => s.name === 'section')
      for (let i = 0; i < 4; i++) {
        await tv.press('OK')
        await tv.see('a record', (s) => s.name !== 'section' && s.name !== 'message')
        await tv.press('Back', 'Down')
      }
    }
  })

  it('keeps what it has when a byte of any served file is changed, and says so', async () => {
    await tv.switchOn('#/record/bs-juzhuzheng')
    await whole()
    const kinds: Record<string, (before: readonly string[]) => Promise<string[]>> = {
      timestamp: () => Promise.resolve(['/feed/metadata/timestamp.json']),
      snapshot: async () => [await served('metadata', /\.snapshot\.json$/)],
      role: async () => [await served('metadata', /\.city\.json$/)],
      catalogue: (before) => newTargets(before, /catalog/),
      pack: (before) => newTargets(before, /base-|delta-/),
    }
    for (const [kind, paths] of Object.entries(kinds)) {
      const old = (await tv.screen()).heading
      const before = await readdir(join(city.feed, 'targets/city'))
      const title = await publishNews()
      const altered = await paths(before)
      expect(altered, kind).not.toHaveLength(0)
      for (const path of altered) city.server.faults.set(path, { kind: 'alter' })
      await checkNow()
      const refused = await tv.see(`a refusal of the ${kind}`, (s) => s.status.includes('没有通过核对'))
      expect(refused.heading, kind).toBe(old)
      city.server.faults.clear()
      await checkNow()
      await tv.see('the new title, while the record is open', (s) => s.heading === title)
      await whole()
    }
  })

  it('keeps what it has when a sync is cut off, also by switching off', async () => {
    await tv.switchOn()
    await whole()
    const before = await readdir(join(city.feed, 'targets/city'))
    const title = await publishNews()
    for (const path of await newTargets(before, /./)) city.server.faults.set(path, { kind: 'slow', bytesPerSecond: 200 })
    await checkNow()
    await tv.see('the fetching', (s) => s.status.includes('正在取新内容'))
    await engine.restart()
    city.server.faults.set('/feed/*', { kind: 'offline' })
    await tv.switchOn('#/record/bs-juzhuzheng')
    const old = await tv.see('the old title', (s) => s.name === 'service')
    expect(old.heading).not.toBe(title)
    city.server.faults.clear()
    await whole()
    await tv.switchOn('#/record/bs-juzhuzheng')
    await tv.see('the new title', (s) => s.heading === title)
  })
})
