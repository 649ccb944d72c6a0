import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { newsText, settings } from '../testing/content.ts'
import { readTree } from '../testing/feed.ts'
import { writeFiles } from '../testing/folder.ts'
import { Office } from '../testing/office.ts'
import { makeKey } from '../signing/key-file.ts'

const versionsOf = async (office: Office) => Object.fromEntries((await office.refreshBox()).trusted.versions)

describe('three people, three folders, files carried between', () => {
  it('publishes when all have signed, and not before', async () => {
    const office = await Office.open()
    expect(await office.prepare()).toContain('targets.json  要 1 个签名\ncity.json  要 3 个签名\ndistrict-450122.json  要 1 个签名')
    await office.signs('jia', 'targets')
    await office.signs('yi', 'district-450122')
    await office.signs('jia', 'city')
    expect(await office.signs('yi', 'city')).toMatch(/已有 2 个，不够 not enough\n.*\n {2}未签 missing：bing（[0-9a-f]{12}）$/u)
    const early = await office.run(office.publishing)
    expect(early.said).toMatch(/签名还不够，没有发布：\n {2}city\.json（2\/3，还没有签的：bing/u)
    expect(early.code).toBe(2)
    expect(await readTree(office.at('desk')).then((tree) => [...tree.keys()].filter((name) => name.startsWith('feed/')))).toEqual([])
    await office.signs('bing', 'city')
    await office.publish()
    expect(await versionsOf(office)).toMatchObject({ city: 1, targets: 1, 'district-450122': 1, timestamp: 1 })
  })

  it('needs no signature where nothing changed', async () => {
    const office = await Office.open()
    await office.firstEdition()
    expect(await office.prepare()).toContain('没有变化，不需要签名')
    await writeFiles(office.at('content'), { 'records/wm-mzj/c.md': newsText('xw-c', '又一件事') })
    const said = await office.prepare()
    expect(said).toContain('district-450122.json')
    expect(said).not.toContain('city.json')
    const shown = await office.signs('yi', 'district-450122')
    expect(shown).toContain('内容（district-450122），第 2 版')
    expect(shown).toContain('改动 1 项：district-450122/catalog.json.gz')
    await office.publish()
    expect(await versionsOf(office)).toMatchObject({ city: 1, targets: 1, 'district-450122': 2, timestamp: 2 })
    await office.does('renew --keys desk/keys --out desk/feed')
    expect(await versionsOf(office)).toMatchObject({ 'district-450122': 2, timestamp: 3, snapshot: 2 })
  })

  it('lets nobody sign for a role that is not theirs, or twice, or under another name', async () => {
    const office = await Office.open()
    await office.prepare()
    expect((await office.run('sign desk/pending/city.json --key yi/district-450122.key.json')).said).toContain('不在「city」的名单里')
    await office.does('sign desk/pending/city.json --key yi/city.key.json')
    expect((await office.run('sign desk/pending/city.json --key yi/city.key.json')).said).toContain('已经签过这个文件')
    await cp(office.at('desk/pending/city.json'), office.at('desk/pending/district-450122.json'))
    const renamed = await office.run('sign desk/pending/district-450122.json --key yi/district-450122.key.json')
    expect(renamed.said).toContain('有不属于它的文件 city/')
  })
})

describe('what publish refuses', () => {
  async function ready(): Promise<Office> {
    const office = await Office.open()
    await office.firstEdition()
    await writeFiles(office.at('content'), { 'records/wm-mzj/c.md': newsText('xw-c', '又一件事') })
    await office.prepare()
    await office.signs('yi', 'district-450122')
    return office
  }

  it.each<[string, (office: Office) => Promise<void>, string]>([
    [
      'metadata that was changed after it was signed',
      async (office) => {
        const file = office.at('desk/pending/district-450122.json')
        await writeFile(file, (await readFile(file, 'utf8')).replace(/"length":\d/u, '"length":9'))
      },
      'district-450122.json（0/1',
    ],
    [
      'content that was changed',
      async (office) => {
        const tree = await readTree(office.at('desk/pending/targets'))
        const name = [...tree.keys()].find((one) => one.includes('catalog')) ?? ''
        await writeFile(office.at(path.join('desk/pending/targets', name)), 'x')
      },
      '或者它被改动过',
    ],
    [
      'what was prepared before another edition',
      async (office) => {
        await cp(office.at('desk/pending'), office.at('desk/old'), { recursive: true })
        await office.publish()
        await cp(office.at('desk/old'), office.at('desk/pending'), { recursive: true })
      },
      '又发布过别的内容',
    ],
    ['a folder that is none', (office) => rm(office.at('desk/pending/plan.json')), '不是 build --prepare 生成的'],
    [
      'an earlier file of the role',
      (office) => cp(office.at('desk/feed/metadata/1.district-450122.json'), office.at('desk/pending/district-450122.json')),
      '版本是 1，应当是 2',
    ],
    ['to go without the online keys', (office) => rm(office.at('desk/keys/timestamp.key.json')), '只有 0 把'],
  ])('%s', async (_, spoil, message) => {
    const office = await ready()
    await spoil(office)
    const before = await readTree(office.at('desk/feed'))
    const run = await office.run(office.publishing)
    expect(run.said).toContain(message)
    expect(run.code).toBe(2)
    expect(await readTree(office.at('desk/feed'))).toEqual(before)
  })

  it('and prepare refuses a folder that is not empty, and a threshold that nobody signed', async () => {
    const office = await ready()
    const build = 'build content --keys desk/keys --out desk/feed --prepare desk/'
    expect((await office.run(`${build}pending`)).said).toContain('不是空的')
    const file = office.at('content/feed.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace('门限: 3', '门限: 1'))
    expect((await office.run(`${build}other`)).said).toContain('要改门限，用 keys rotate --role city --threshold 1')
  })
})

describe('preview and production', () => {
  const build = (more: string) => `build content --keys desk/keys --out desk/feed ${more}`.trim()

  it('are not mixed by build', async () => {
    const office = await Office.open()
    await writeFiles(office.at('content'), { 'feed.yaml': settings['feed.yaml'] })
    const run = await office.run(build('--prepare desk/pending'))
    expect(run.said).toContain('feed.yaml 写的是预览环境，密钥文件夹的根证书是正式环境')
    expect((await office.run(build('--production'))).said).toContain('不能加 --production')
  })

  it('production is not published in one step, nor with demonstration keys', async () => {
    const office = await Office.open()
    expect((await office.run(build('--production'))).said).toContain('正式发布要分步')
    expect((await office.run('keys desk/keys')).said).toContain('不能放演示密钥')
    await writeFile(office.at('desk/keys/city-9.key.json'), JSON.stringify(makeKey('city')))
    for (const more of ['--production', '--production --prepare desk/pending']) {
      expect((await office.run(build(more))).said).toContain('只供演示，没有加密，不能用于正式环境')
    }
  })

  it('a production box refuses a preview feed, and the feeds cannot be written over one another', async () => {
    const [production, preview] = [await Office.open(), await Office.open('preview')]
    await production.firstEdition()
    await preview.firstEdition()
    const { trusted } = await production.refreshBox()
    await cp(preview.at('desk/feed'), production.at('desk/preview'), { recursive: true })
    await expect(production.refreshBox(new Map(), 'desk/preview')).rejects.toMatchObject({ code: 'signature' })
    await expect(production.refreshBox(trusted.files, 'desk/preview')).rejects.toMatchObject({ code: 'signature' })
    await cp(preview.at('desk/keys'), production.at('desk/preview-keys'), { recursive: true })
    const renewed = await production.run('renew --keys desk/preview-keys --out desk/feed')
    expect(renewed.said).toContain('它们属于两套密钥，不能混用')
  })
})
