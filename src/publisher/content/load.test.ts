import { describe, expect, it } from 'vitest'
import { contentFolder, newsText, png, policyText, settings } from '../testing/content.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { checkContent, loadContent } from './load.ts'

/** `file:line field` of each problem of a content folder, with the beginning of its message. */
async function problems(files: Readonly<Record<string, string | Uint8Array>>): Promise<string[]> {
  const found = await checkContent(await contentFolder(files))
  return found.map((p) => `${p.file}:${String(p.line)} ${p.field ?? '-'} ${p.message}`)
}

describe('a content folder', () => {
  it('is read with the role of each record, and its pictures', async () => {
    const folder = await contentFolder({
      'records/nn-gjj/a.md': newsText('xw-a', '新闻', [], '![图](map.png)'),
      'records/gx-zfbgt/b.md': policyText('zc-b', '条例'),
      'images/map.png': png(640, 360),
      'records/.DS_Store': '',
    })
    const content = await loadContent(folder)
    expect(content.problems).toEqual([])
    expect(content.records.map(({ id, role }) => [id, role])).toEqual([
      ['zc-b', 'province'],
      ['xw-a', 'city'],
    ])
    expect(content.records[1]?.record?.body).toEqual([
      { type: 'image', target: 'city/images/map.png', width: 640, height: 360, alt: '图' },
    ])
    expect(content.units[2]?.formerNames).toEqual([{ name: '武鸣县民政局', until: '2015-12-31' }])
  })

  it('says how far it is', async () => {
    const folder = await contentFolder({
      'records/nn-gjj/a.md': newsText('a', '甲'),
      'records/nn-gjj/b.md': newsText('b', '乙'),
    })
    const steps: [number, number][] = []
    await loadContent(folder, (done, total) => steps.push([done, total]))
    expect(steps).toEqual([[2, 2]])
  })

  it('that is not there is a problem', async () => {
    const folder = await temporaryFolder()
    expect((await checkContent(`${folder}/none`)).map((p) => [p.file, p.message])).toEqual([
      ['feed.yaml', '没有这个文件。'],
      ['records', '没有记录。'],
      ['units.yaml', '没有这个文件。'],
    ])
  })
})

describe('problems of a folder', () => {
  it('come from all files at once, in order', async () => {
    expect(
      await problems({
        'records/nn-gjj/b.md': newsText('xw-b', '新闻', ['要闻: 是']),
        'records/nn-gjj/a.md': newsText('xw-a', '新闻', [], '看<br>'),
      }),
    ).toEqual([
      'records/nn-gjj/a.md:8 - 有 HTML 标记或注释。',
      'records/nn-gjj/b.md:6 要闻 没有这个字段。',
    ])
  })

  it('units and roles', async () => {
    expect(
      await problems({
        'units.yaml': `${settings['units.yaml']}- 编号: xn-sp\n  名称: 兴宁区审批局\n  层级: 区县\n  地区代码: "450102"\n`,
        'records/nn-none/a.md': newsText('xw-a', '新闻'),
        'records/xn-sp/b.md': newsText('xw-b', '新闻'),
        'records/c.md': newsText('xw-c', '新闻'),
        'records/nn-gjj/photo.psd': '',
      }),
    ).toEqual([
      'records/c.md:1 - 不是记录文件。',
      'records/nn-gjj/photo.psd:1 - 不是记录文件。',
      'records/nn-none/a.md:1 - units.yaml 里没有单位「nn-none」。',
      'records/xn-sp/b.md:1 - 单位「xn-sp」不在任何角色的发布单位里，不能发布。',
    ])
  })

  it('settings', async () => {
    expect(
      await problems({
        'records/nn-gjj/a.md': newsText('xw-a', '新闻'),
        'feed.yaml': `名称: 测试
地区代码: "450100"
角色:
  - 角色: town
    门限: 0
    发布单位: [nn-gjj]
  - 角色: city
    门限: 1
    发布单位: []
`,
        'units.yaml': '- 编号: nn-gjj\n  名称: 公积金\n  层级: 市级\n  地区代码: 4501\n',
      }),
    ).toEqual([
      'feed.yaml:4 角色[1].角色 「town」写法不对。',
      'feed.yaml:5 角色[1].门限 不能小于 1。',
      'units.yaml:3 [1].层级 「市级」不在规定的用词里。',
      'units.yaml:4 [1].地区代码 「4501」写法不对。',
    ])
    expect(
      await problems({
        'records/nn-gjj/a.md': newsText('xw-a', '新闻'),
        'feed.yaml': `名称: 测试
地区代码: "450100"
角色:
  - 角色: city
    门限: 1
    发布单位: [nn-gjj, nn-gjj, nn-none]
  - 角色: city
    门限: 1
    发布单位: []
`,
      }),
    ).toEqual([
      'feed.yaml:6 角色[1].发布单位[2] 单位「nn-gjj」已经属于角色「city」。',
      'feed.yaml:6 角色[1].发布单位[3] units.yaml 里没有单位「nn-none」。',
      'feed.yaml:7 角色[2].角色 角色「city」写了两次。',
    ])
  })

  it('pictures', async () => {
    const body = ['none.png', '../a.png', 'http://a.cn/a.png', 'big.png', 'wide.jpg', 'text.png']
      .map((name) => `![图](${name})`)
      .join('\n\n')
    const found = await problems({
      'records/nn-gjj/a.md': newsText('a', '新闻', [], body),
      'images/big.png': png(100, 100, 400_001),
      'images/wide.jpg': png(2049, 100),
      'images/text.png': 'text',
    })
    expect(found.map((text) => text.replace('records/nn-gjj/a.md', ''))).toEqual([
      ':8 - images 文件夹里没有「none.png」。',
      ':10 - 图片文件名「../a.png」不能用。',
      ':12 - 图片是网址。',
      ':14 - 「big.png」太大：401 KB，最多 400 KB。',
      ':16 - 「wide.jpg」的尺寸 2049×100 不能用，每边最多 2048 像素。',
      ':18 - 「text.png」不是 PNG 或 JPEG 图片。',
    ])
  })

  it('links', async () => {
    const found = await problems({
      'records/gx-zfbgt/a.md': policyText('zc-a', '条例', [
        '被替代为: zc-a',
        '替代了: [zc-none, xw-news]',
        '相关记录: [wm-news, xw-news, zc-bb]',
      ]),
      'records/gx-zfbgt/b.md': policyText('zc-b', '办法', ['相关记录: [zc-a]']),
      'records/gx-zfbgt/twice.md': policyText('zc-b', '办法'),
      'records/nn-gjj/news.md': newsText('xw-news', '新闻'),
      // From a district up is fine, from above into a district is not.
      'records/wm-mzj/news.md': newsText('wm-news', '新闻', ['相关记录: [zc-a]']),
    })
    expect(found).toEqual([
      'records/gx-zfbgt/a.md:8 被替代为 指向了记录自己。',
      'records/gx-zfbgt/a.md:9 替代了[1] 没有编号为「zc-none」的记录。',
      'records/gx-zfbgt/a.md:9 替代了[2] 「xw-news」是资讯，这里只能写政策。',
      'records/gx-zfbgt/a.md:10 相关记录[1] 「wm-news」由「district-450122」发布，看到本条的机顶盒不一定收到它。',
      'records/gx-zfbgt/a.md:10 相关记录[3] 没有编号为「zc-bb」的记录。',
      'records/gx-zfbgt/twice.md:2 编号 编号「zc-b」已经用在 records/gx-zfbgt/b.md。',
    ])
  })

  it('policies that replace each other in a ring', async () => {
    const found = await problems({
      'records/gx-zfbgt/a.md': policyText('a', '甲', ['被替代为: b']),
      'records/gx-zfbgt/b.md': policyText('b', '乙', ['被替代为: c']),
      'records/gx-zfbgt/c.md': policyText('c', '丙', ['被替代为: b']),
    })
    expect(found).toEqual(['records/gx-zfbgt/c.md:8 被替代为 几条记录互相替代：b → c。'])
  })
})
