import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Catalogue } from '../../feed/catalogue.ts'
import { hashedPath } from '../../feed/layout.ts'
import { decodePack } from '../../feed/pack.ts'
import { decodeUrgent, type Urgent } from '../../feed/urgent.ts'
import { keysForContent } from '../keys-for-content.ts'
import { contentFolder, decisionText, newsText, png, policyText, serviceText, settings } from '../testing/content.ts'
import { readTree } from '../testing/feed.ts'
import { temporaryFolder, writeFiles } from '../testing/folder.ts'
import { buildFeed, renewFeed, type BuildReport } from './build.ts'
import { previousRole, readPrevious } from './previous.ts'

const at = new Date('2025-07-01T08:00:00Z')
const later = (days: number, minutes = 0): Date => new Date(at.getTime() + (days * 1440 + minutes) * 60_000)

const files = {
  'records/gx-zfbgt/a.md': policyText('zc-old', '旧条例', ['实施日期: 2019-01-01', '被替代为: zc-new', '替代了: []']),
  'records/gx-zfbgt/b.md': policyText('zc-new', '新条例', ['替代了: [zc-old]']),
  'records/nn-gjj/c.md': decisionText('jc-bus', '2025-06-01', '2025-07-10'),
  'records/nn-gjj/d.md': serviceText('bs-loan', '公积金贷款', ['演示数据: 是']),
  'records/wm-mzj/e.md': newsText('xw-map', '武鸣地图', [], '![图](map.png)'),
  'images/map.png': png(640, 360),
  'images/unused.png': png(640, 360),
}

interface Workshop {
  readonly content: string
  readonly keys: string
  readonly out: string
}

async function workshop(): Promise<Workshop> {
  const folder = await temporaryFolder()
  const made = { content: await contentFolder(files), keys: path.join(folder, 'keys'), out: path.join(folder, 'feed') }
  await keysForContent(made.content, made.keys, at)
  return made
}

async function catalogue(out: string, role: string): Promise<Catalogue> {
  const last = await previousRole(out, await readPrevious(out), role)
  return last?.catalogue ?? expect.fail(`no catalogue of ${role}`)
}

const versions = (report: Pick<BuildReport, 'versions'>) => Object.fromEntries(report.versions)

describe('a first edition', () => {
  it('has a catalogue for each role, with everything that a list shows', async () => {
    const shop = await workshop()
    const report = await buildFeed({ ...shop, at })
    expect(report).toMatchObject({ asOf: '2025-07-01T08:00:00Z', records: 5, removed: [] })
    expect(versions(report)).toEqual({
      province: 1,
      city: 1,
      'district-450122': 1,
      targets: 1,
      snapshot: 1,
      timestamp: 1,
    })
    const province = await catalogue(shop.out, 'province')
    expect(province.units.map(({ id }) => id)).toEqual(['gx-zfbgt'])
    expect(province.entries).toEqual([
      {
        id: 'zc-new',
        kind: 'policy',
        title: '新条例',
        unit: 'gx-zfbgt',
        published: '2025-03-01',
        page: 100,
        initials: 'xtl',
        pack: 'province/base-1-00.json.gz',
        index: 0,
        validity: 'in-force',
      },
      {
        id: 'zc-old',
        kind: 'policy',
        title: '旧条例',
        unit: 'gx-zfbgt',
        published: '2025-03-01',
        page: 101,
        initials: 'jtl',
        pack: 'province/base-1-00.json.gz',
        index: 1,
        validity: 'in-force',
        effectiveOn: '2019-01-01',
        supersededBy: 'zc-new',
      },
    ])
    expect((await catalogue(shop.out, 'city')).entries).toMatchObject([
      { id: 'bs-loan', page: 500, demonstration: true },
      { id: 'jc-bus', page: 300, stage: 'participation', opensOn: '2025-06-01', closesOn: '2025-07-10' },
    ])
  })

  it('has packs whose inflated length is signed, and the pictures that are shown', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    const district = (await readPrevious(shop.out))?.roles.get('district-450122')?.signed.targets
    expect([...(district?.keys() ?? [])]).toEqual([
      'district-450122/base-1-00.json.gz',
      'district-450122/catalog.json.gz',
      'district-450122/images/map.png',
    ])
    const pack = district?.get('district-450122/base-1-00.json.gz')
    const bytes = await readFile(path.join(shop.out, 'targets', hashedPath(pack?.path ?? '', pack?.sha256 ?? '')))
    const text = gunzipSync(bytes)
    expect(pack?.custom).toEqual({ inflated: text.length })
    expect(decodePack(new TextDecoder().decode(text))).toMatchObject([
      { id: 'xw-map', body: [{ type: 'image', target: 'district-450122/images/map.png' }] },
    ])
  })

  it('is the same, byte for byte, for the same content, keys and time', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    const again = { ...shop, out: `${shop.out}-again` }
    await buildFeed({ ...again, at })
    expect(await readTree(again.out)).toEqual(await readTree(shop.out))
  })
})

describe('the next edition', () => {
  it('at the same time with the same content writes nothing', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    const before = await readTree(shop.out)
    expect((await buildFeed({ ...shop, at })).written).toEqual([])
    expect(await readTree(shop.out)).toEqual(before)
  })

  it('of unchanged content changes timestamp alone', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    const report = await buildFeed({ ...shop, at: later(0, 5) })
    expect(report.written).toEqual(['metadata/timestamp.json'])
    expect(versions(report)).toMatchObject({ timestamp: 2, snapshot: 1, city: 1 })
  })

  it('of one changed record changes its role, and no page number; of few records it is a new base', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    await writeFiles(shop.content, {
      'records/nn-gjj/d.md': serviceText('bs-loan', '住房公积金贷款'),
      'records/nn-gjj/first.md': serviceText('bs-aaa', '最早的事项').replace('2025-06-01', '2001-01-01'),
    })
    const report = await buildFeed({ ...shop, at: later(1) })
    expect(versions(report)).toEqual({
      province: 1,
      city: 2,
      'district-450122': 1,
      targets: 1,
      snapshot: 2,
      timestamp: 2,
    })
    expect(report.written.map((name) => name.replace(/[0-9a-f]{64}/u, '#'))).toEqual([
      'targets/city/#.base-2-00.json.gz',
      'targets/city/#.catalog.json.gz',
      'metadata/2.city.json',
      'metadata/2.snapshot.json',
      'metadata/timestamp.json',
    ])
    const pages = (await catalogue(shop.out, 'city')).entries.map(({ id, page }) => [id, page])
    expect(Object.fromEntries(pages)).toEqual({ 'bs-loan': 500, 'jc-bus': 300, 'bs-aaa': 501 })
  })

  it('signs again what has less than half of its time left', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    expect(versions(await buildFeed({ ...shop, at: later(8) }))).toMatchObject({ snapshot: 2, city: 1, targets: 1 })
    expect(versions(await buildFeed({ ...shop, at: later(46) }))).toMatchObject({ snapshot: 3, city: 2, targets: 2 })
  })

  it('signs again when the review rule changed', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    await writeFiles(shop.content, { 'feed.yaml': settings['feed.yaml'].replace('门限: 2', '门限: 3') })
    await expect(buildFeed({ ...shop, at: later(1) })).rejects.toThrow('要 3 把密钥签名，只有 2 把')
    await keysForContent(shop.content, shop.keys, at)
    expect(versions(await buildFeed({ ...shop, at: later(1) }))).toMatchObject({ city: 2, targets: 2, province: 1 })
  })

  it('goes on after a build that was cut off before timestamp', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    const timestamp = await readFile(path.join(shop.out, 'metadata/timestamp.json'))
    await writeFiles(shop.content, { 'records/nn-gjj/f.md': newsText('xw-f', '新闻') })
    await buildFeed({ ...shop, at: later(1) })
    await writeFile(path.join(shop.out, 'metadata/timestamp.json'), timestamp)
    const report = await buildFeed({ ...shop, at: later(2) })
    expect(versions(report)).toMatchObject({ city: 2, snapshot: 2, timestamp: 2 })
    expect((await catalogue(shop.out, 'city')).entries.map(({ id }) => id)).toContain('xw-f')
  })

  it('drops a record, and keeps the files of the edition before for 30 days', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    const first = [...(await readTree(shop.out)).keys()].filter((name) => name !== 'metadata/timestamp.json')
    await rm(path.join(shop.content, 'records/wm-mzj/e.md'))
    await buildFeed({ ...shop, at: later(1) })
    const kept = await buildFeed({ ...shop, at: later(29) })
    expect(kept.removed).toEqual([])
    expect([...(await readTree(shop.out)).keys()]).toEqual(expect.arrayContaining(first))

    const report = await buildFeed({ ...shop, at: later(32) })
    expect(report.removed.map((name) => name.replace(/[0-9a-f]{64}/u, '#')).sort()).toEqual([
      'metadata/1.district-450122.json',
      'metadata/1.snapshot.json',
      'targets/district-450122/images/#.map.png',
    ])
    expect((await readTree(shop.out)).has('metadata/1.root.json')).toBe(true)
    // What is left is still a whole edition.
    expect((await catalogue(shop.out, 'district-450122')).entries).toEqual([])
    expect((await catalogue(shop.out, 'province')).entries).toHaveLength(2)
  })
})

describe('what is urgent', () => {
  const urgent = async (out: string, role: string): Promise<Urgent | null> => {
    const target = (await readPrevious(out))?.roles.get(role)?.signed.targets.get(`${role}/urgent.json`)
    if (!target) return null
    return decodeUrgent(await readFile(path.join(out, 'targets', hashedPath(target.path, target.sha256)), 'utf8'))
  }

  it('is said by its role, and a recalled record is in no list; put right, it is back', async () => {
    const shop = await workshop()
    await writeFiles(shop.content, { 'urgent.yaml': '撤回:\n  - 编号: jc-bus\n    原因: 日期有误\n' })
    await buildFeed({ ...shop, at })
    expect(await urgent(shop.out, 'city')).toEqual({ notices: [], recalls: [{ id: 'jc-bus', reason: '日期有误' }] })
    expect(await urgent(shop.out, 'province')).toBeNull()
    expect((await catalogue(shop.out, 'city')).entries.map(({ id }) => id)).toEqual(['bs-loan'])

    await rm(path.join(shop.content, 'urgent.yaml'))
    const report = await buildFeed({ ...shop, at: later(1) })
    expect(report.versions.get('city')).toBe(2)
    expect(await urgent(shop.out, 'city')).toEqual({
      notices: [],
      recalls: [{ id: 'jc-bus', before: 2, reason: '日期有误' }],
    })
    expect((await catalogue(shop.out, 'city')).entries.map(({ id }) => id)).toEqual(['bs-loan', 'jc-bus'])
    expect((await buildFeed({ ...shop, at: later(2) })).versions.get('city')).toBe(2)
  })
})

describe('what is refused, with nothing written', () => {
  it('content with problems', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    const before = await readTree(shop.out)
    await writeFiles(shop.content, { 'records/nn-gjj/f.md': newsText('xw-f', '新闻', [], '看<br>') })
    await expect(buildFeed({ ...shop, at: later(1) })).rejects.toMatchObject({
      problems: [{ file: 'records/nn-gjj/f.md', line: 8 }],
    })
    expect(await readTree(shop.out)).toEqual(before)
  })

  it('a time before the last edition’s', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    await expect(buildFeed({ ...shop, at: later(0, -1) })).rejects.toThrow('早于上一版的 2025-07-01T08:00:00Z')
  })

  it('a role that has been published and is gone', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    await rm(path.join(shop.content, 'records/wm-mzj'), { recursive: true })
    const without = settings['feed.yaml'].replace(/ {2}- 角色: district[^]*$/u, '')
    await writeFiles(shop.content, { 'feed.yaml': without })
    await expect(buildFeed({ ...shop, at: later(1) })).rejects.toThrow('角色「district-450122」已经发布过')
  })

  it('missing keys, and an expired root', async () => {
    const shop = await workshop()
    await expect(buildFeed({ ...shop, keys: `${shop.keys}-none`, at })).rejects.toThrow('没有密钥')
    await expect(buildFeed({ ...shop, at: later(366) })).rejects.toThrow('已过期')
  })

  it.each([
    ['metadata/1.snapshot.json', '1.snapshot.json is missing'],
    ['metadata/1.city.json', '1.city.json is missing'],
  ])('a last edition without %s', async (name, message) => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    await rm(path.join(shop.out, name))
    await expect(buildFeed({ ...shop, at: later(1) })).rejects.toThrow(message)
  })

  it('a last edition whose catalogue, and so its page numbers, is damaged', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    const name = [...(await readTree(shop.out)).keys()].find((file) => /city\/.*catalog/u.test(file)) ?? ''
    await writeFile(path.join(shop.out, name), 'x')
    const message = 'targets/city/catalog.json.gz is missing or changed'
    await expect(buildFeed({ ...shop, at: later(1) })).rejects.toThrow(message)
  })
})

describe('renewFeed', () => {
  it('signs timestamp again, and snapshot when it is due', async () => {
    const shop = await workshop()
    await expect(renewFeed({ ...shop, at })).rejects.toThrow('没有已发布的内容')
    await buildFeed({ ...shop, at })
    const report = await renewFeed({ ...shop, at: later(1) })
    expect(report).toMatchObject({ asOf: '2025-07-02T08:00:00Z', written: ['metadata/timestamp.json'] })
    const due = await renewFeed({ ...shop, at: later(8) })
    expect(due.written).toEqual(['metadata/2.snapshot.json', 'metadata/timestamp.json'])
  })

  it('needs the online keys alone', async () => {
    const shop = await workshop()
    await buildFeed({ ...shop, at })
    const online = `${shop.keys}-online`
    const filter = (file: string): boolean => !/(?:city|province|targets|root-)/u.test(path.basename(file))
    await cp(shop.keys, online, { recursive: true, filter })
    expect((await renewFeed({ ...shop, keys: online, at: later(8) })).written).toHaveLength(2)
  })
})
