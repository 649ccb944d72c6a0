import { cp, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { refresh, type RefreshResult } from '../../feed/tuf/index.ts'
import { expect } from 'vitest'
import { readIfThere } from '../files.ts'
import { newsText, settings } from './content.ts'
import { temporaryFolder, writeFiles } from './folder.ts'
import { publisher, type Run } from './person.ts'

/** Minutes after the office opened. */
export const minute = (n: number): Date => new Date(Date.UTC(2026, 0, 1, 8, n))

/**
 * An office that publishes for a city, whose three keys must all sign, and a district with one of two:
 * each key holder in a folder of their own (`jia`, `yi`, `bing`), the publishing computer in `desk`,
 * files carried between them. Root and first keys are made.
 */
export class Office {
  private minutes = 0

  private constructor(
    readonly folder: string,
    readonly world: 'preview' | 'production',
  ) {}

  static async open(world: 'preview' | 'production' = 'production'): Promise<Office> {
    const office = new Office(await temporaryFolder(), world)
    const name = world === 'production' ? '正式' : '预览'
    const feed = settings['feed.yaml'].replace('名称: 测试', `名称: 测试\n发布环境: ${name}`).replace('门限: 2', '门限: 3')
    await writeFiles(office.at('content'), {
      ...settings,
      'feed.yaml': feed.replace(/ {2}- 角色: province[^]*?\]\n/u, ''),
      'records/nn-gjj/a.md': newsText('xw-a', '市里的事'),
      'records/wm-mzj/b.md': newsText('xw-b', '区里的事'),
    })
    await mkdir(office.at('desk/keys'), { recursive: true })
    for (const who of ['jia', 'yi', 'bing']) {
      await office.makeKey(who, 'root')
      await office.makeKey(who, 'city')
    }
    await office.makeKey('jia', 'targets')
    await office.makeKey('yi', 'district-450122')
    await office.makeKey('desk', 'snapshot')
    await office.makeKey('desk', 'timestamp')
    for (const role of ['snapshot', 'timestamp']) await cp(office.at(`desk/${role}.key.json`), office.at(`desk/keys/${role}.key.json`))
    await office.does(
      'root init desk/keys/1.root.json --keys jia/root.pub.json yi/root.pub.json bing/root.pub.json --threshold 2 ' +
        '--targets jia/targets.pub.json --snapshot desk/snapshot.pub.json --timestamp desk/timestamp.pub.json' +
        (world === 'preview' ? ' --preview' : ''),
    )
    await office.does('sign desk/keys/1.root.json --key jia/root.key.json')
    await office.does('sign desk/keys/1.root.json --key yi/root.key.json')
    return office
  }

  at(name: string): string {
    return path.join(this.folder, name)
  }

  get now(): Date {
    return minute(this.minutes)
  }

  /** Makes a key, and takes its public part to the desk, except of the root. */
  async makeKey(who: string, role: string, file = role): Promise<void> {
    await this.does(`keys new ${who}/${file}.key.json --role ${role} --owner ${who}${this.world === 'preview' ? ' --preview' : ''}`)
    if (role !== 'root' && who !== 'desk') await cp(this.at(`${who}/${file}.pub.json`), this.at(`desk/keys/${who}-${file}.pub.json`))
  }

  /** Runs a command, a minute after the one before. */
  run(line: string): Promise<Run> {
    this.minutes++
    return publisher(line.split(' '), this.folder, this.now)
  }

  /** A command that must succeed. @returns what it said */
  async does(line: string): Promise<string> {
    const run = await this.run(line)
    expect({ line, ...run }).toMatchObject({ code: 0 })
    return run.said
  }

  prepare(): Promise<string> {
    return this.does('build content --keys desk/keys --out desk/feed --prepare desk/pending')
  }

  /** The pending folder goes to somebody, who signs a file of it, and comes back. */
  async signs(who: string, file: string, key = file): Promise<string> {
    await cp(this.at('desk/pending'), this.at(`${who}/pending`), { recursive: true })
    const said = await this.does(`sign ${who}/pending/${file}.json --key ${who}/${key}.key.json`)
    await cp(this.at(`${who}/pending/${file}.json`), this.at(`desk/pending/${file}.json`))
    await rm(this.at(`${who}/pending`), { recursive: true })
    return said
  }

  readonly publishing = 'publish desk/pending --keys desk/keys --out desk/feed'

  async publish(): Promise<string> {
    const said = await this.does(this.publishing)
    await this.discard()
    return said
  }

  discard(): Promise<void> {
    return rm(this.at('desk/pending'), { recursive: true })
  }

  /** The first edition, signed by everyone. */
  async firstEdition(): Promise<void> {
    await this.prepare()
    await this.signs('jia', 'targets')
    for (const who of ['jia', 'yi', 'bing']) await this.signs(who, 'city')
    await this.signs('yi', 'district-450122')
    await this.publish()
  }

  /** What a box finds that was shipped with this office's first root. */
  async refreshBox(kept: ReadonlyMap<string, Uint8Array> = new Map(), feed = 'desk/feed'): Promise<RefreshResult> {
    const trustedRoot = (await readIfThere(this.at('desk/keys/1.root.json'))) ?? new Uint8Array()
    const fetch = async (name: string) => (await readIfThere(path.join(this.at(feed), 'metadata', name))) ?? null
    return refresh({ trustedRoot, kept, fetch, now: this.now, roles: ['city', 'district-450122'] })
  }
}
