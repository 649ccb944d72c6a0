import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadContent } from '../content/load.ts'
import { settings } from '../testing/content.ts'
import { corpus, temporaryFolder, writeFiles } from '../testing/folder.ts'
import { blockText, importRegulations } from './import.ts'

const today = '2025-06-30'

const rice = `# 中华人民共和国稻谷条例

2011年1月8日 国务院第1次常务会议通过

2011年1月18日 中华人民共和国国务院令第1号公布

<!-- INFO END -->

## 第一章　总则

第一条 为了稻谷，制定本条例。

第二条 稻谷分为下列各类：

(一)早稻，产量不低于3*5吨_每亩_；

(二)晚稻<见附表>。

## 第二章 附则

第三条 本条例自2011年5月1日起施行。
`
const riceNew = rice.replace('\n\n<!--', '\n\n2024年3月1日 《国务院关于修改部分行政法规的决定》修订）\n\n<!--').replace('早稻，产', '早稻和中稻，产')
const flour = `# 面粉条例

<!-- INFO END -->

第一条 面粉。 第二条 《稻谷条例》同时废止。
`

async function sources(files: Readonly<Record<string, string>>): Promise<{ from: string; into: string }> {
  const folder = await temporaryFolder()
  await writeFiles(path.join(folder, 'from'), files)
  return { from: path.join(folder, 'from'), into: path.join(folder, 'into') }
}

/** A source as Markdown that carries the same text without being taken for markup. */
const safe = (text: string): string => text.replace('3*5吨_每亩_', '3\\*5吨\\_每亩\\_').replace('<见附表>', '\\<见附表>')

const text = (into: string, id: string): Promise<string> =>
  readFile(path.join(into, 'records/guowuyuan', `${id}.md`), 'utf8')

describe('importRegulations', () => {
  it('writes a content file that check accepts', async () => {
    const folders = await sources({ '稻谷条例(2011-01-18).md': safe(rice) })
    const report = await importRegulations({ ...folders, today })
    expect(report).toEqual({
      unit: 'guowuyuan',
      read: 1,
      written: ['records/guowuyuan/dgtl-20110118.md'],
      unchanged: 0,
      refused: [],
      notes: [],
      created: true,
    })
    expect(await text(folders.into, 'dgtl-20110118')).toBe(`---
编号: dgtl-20110118
记录类型: 政策
标题: 中华人民共和国稻谷条例
发布单位: guowuyuan
发布日期: 2011-01-18
发文机关:
  - 国务院
发文字号: 国务院令第1号
成文日期: 2011-01-08
实施日期: 2011-05-01
效力状态: 有效
修订沿革:
  - 2011年1月8日 国务院第1次常务会议通过
  - 2011年1月18日 中华人民共和国国务院令第1号公布
---

${safe(rice).split('<!-- INFO END -->\n\n')[1] ?? ''}`)
    const content = await loadContent(folders.into)
    expect(content.problems).toEqual([])
    expect(content.records[0]?.record?.body).toEqual([
      { type: 'heading', level: 1, text: ['第一章　总则'] },
      { type: 'paragraph', text: ['第一条 为了稻谷，制定本条例。'] },
      { type: 'paragraph', text: ['第二条 稻谷分为下列各类：'] },
      { type: 'paragraph', text: ['(一)早稻，产量不低于3*5吨_每亩_；'] },
      { type: 'paragraph', text: ['(二)晚稻<见附表>。'] },
      { type: 'heading', level: 1, text: ['第二章 附则'] },
      { type: 'paragraph', text: ['第三条 本条例自2011年5月1日起施行。'] },
    ])
  })

  it('links the versions of one title', async () => {
    const folders = await sources({
      '稻谷条例(2011-01-18).md': safe(rice),
      '稻谷条例(2024-03-01).md': safe(riceNew),
    })
    await importRegulations({ ...folders, today })
    expect(await text(folders.into, 'dgtl-20110118')).toContain('效力状态: 已修改\n被替代为: dgtl-20240301\n')
    expect(await text(folders.into, 'dgtl-20240301')).toContain('效力状态: 有效\n替代了:\n  - dgtl-20110118\n')
  })

  it('again changes nothing; a changed source changes its own file', async () => {
    const folders = await sources({ '稻谷条例(2011-01-18).md': safe(rice), '面粉条例(2025-01-01).md': flour })
    await importRegulations({ ...folders, today })
    expect(await importRegulations({ ...folders, today })).toMatchObject({ written: [], unchanged: 2, created: false })
    await writeFiles(folders.from, { '面粉条例(2025-01-01).md': flour.replace('面粉。', '面粉和面条。') })
    const report = await importRegulations({ ...folders, today })
    expect(report).toMatchObject({ written: ['records/guowuyuan/mftl-20250101.md'], unchanged: 1 })
  })

  it('keeps what an editor added, and what he declared ended', async () => {
    const folders = await sources({ '面粉条例(2025-01-01).md': flour })
    await importRegulations({ ...folders, today })
    const file = path.join(folders.into, 'records/guowuyuan/mftl-20250101.md')
    const edited = (await readFile(file, 'utf8'))
      .replace('效力状态: 有效', '效力状态: 废止 # 见公告\n主题分类: [粮食]')
      .replace('第一条 面粉。', '第一条 面。')
    await writeFile(file, edited)
    await importRegulations({ ...folders, today })
    const after = await readFile(file, 'utf8')
    expect(after).toContain('效力状态: 废止 # 见公告')
    expect(after).toMatch(/主题分类: \[ ?粮食 ?\]/u)
    expect(after).toContain('第一条 面粉。')
  })

  it('sees the versions that an earlier import brought', async () => {
    const folders = await sources({ '稻谷条例(2011-01-18).md': safe(rice) })
    await importRegulations({ ...folders, today })
    const later = await sources({ '稻谷条例(2024-03-01).md': safe(riceNew) })
    const report = await importRegulations({ from: later.from, into: folders.into, today })
    expect(report.written).toEqual(['records/guowuyuan/dgtl-20240301.md', 'records/guowuyuan/dgtl-20110118.md'])
    expect(await text(folders.into, 'dgtl-20110118')).toContain('被替代为: dgtl-20240301')
    expect((await loadContent(folders.into)).problems).toEqual([])
  })

  it('marks as repealed what another regulation repeals by name', async () => {
    const folders = await sources({ '稻谷条例(2011-01-18).md': safe(rice), '面粉条例(2025-01-01).md': flour })
    await importRegulations({ ...folders, today })
    expect(await text(folders.into, 'dgtl-20110118')).toContain('效力状态: 废止\n被替代为: mftl-20250101\n')
  })

  it('cuts a line into which a whole chapter was run', async () => {
    const folders = await sources({ '面粉条例(2025-01-01).md': flour })
    const report = await importRegulations({ ...folders, today })
    expect(report.notes).toEqual([{ file: '面粉条例(2025-01-01).md', line: 1, why: '没有写发文机关，记为「国务院」' }])
    expect(await text(folders.into, 'mftl-20250101')).toContain('\n第一条 面粉。\n\n第二条 《稻谷条例》同时废止。\n')
  })

  it('gives two titles of the same initials and day two ids, and keeps them', async () => {
    const folders = await sources({
      '面粉条例(2025-01-01).md': flour,
      '米饭条例(2025-01-01).md': flour.replace('# 面粉', '# 米饭'),
    })
    const first = await importRegulations({ ...folders, today })
    expect(first.written).toHaveLength(2)
    expect(first.written[0]).toBe('records/guowuyuan/mftl-20250101.md')
    expect(first.written[1]).toMatch(/^records\/guowuyuan\/mftl-20250101-[0-9a-f]{6}\.md$/u)
    expect((await importRegulations({ ...folders, today })).unchanged).toBe(2)
  })

  it('reports what it cannot carry, with file and line, and leaves that file out', async () => {
    const folders = await sources({
      '甲(2025-01-01).md': '# 甲\n\n<!-- INFO END -->\n\n第一条 甲。\n\n见[附件](a.docx)。\n',
      '乙(2025-01-01).md': '# 乙\n\n第一条 乙。\n',
      '丙.md': '# 丙\n\n<!-- INFO END -->\n\n丙。\n',
      '丁(2025-01-01).md': '丁\n\n<!-- INFO END -->\n\n丁。\n',
      '戊(2025-01-01).md': '# 戊\n\n<!-- INFO END -->\n',
      '己(2025-01-01).md': `# ${'己'.repeat(130)}\n\n<!-- INFO END -->\n\n己。\n`,
    })
    const report = await importRegulations({ ...folders, today })
    expect(report.written).toEqual([])
    expect(report.refused).toEqual([
      { file: '丁(2025-01-01).md', line: 1, why: '第一行不是「# 标题」' },
      { file: '丙.md', line: 1, why: '文件名里没有日期，应为「名称(2025-01-31).md」' },
      { file: '乙(2025-01-01).md', line: 1, why: '没有 <!-- INFO END --> 一行，分不清题注和正文' },
      { file: '己(2025-01-01).md', line: 1, why: '「标题」太长：130 个字，最多 120 个。' },
      { file: '戊(2025-01-01).md', line: 3, why: '没有正文' },
      { file: '甲(2025-01-01).md', line: 7, why: '有链接。' },
    ])
  })

  it('asks which unit, where there are several', async () => {
    const folders = await sources({ '面粉条例(2025-01-01).md': flour })
    await writeFiles(folders.into, settings)
    await expect(importRegulations({ ...folders, today })).rejects.toThrow('请用 --unit 指定单位')
    await expect(importRegulations({ ...folders, today, unit: 'nobody' })).rejects.toThrow('没有单位「nobody」')
    const report = await importRegulations({ ...folders, today, unit: 'gx-zfbgt' })
    expect(report.written).toEqual(['records/gx-zfbgt/mftl-20250101.md'])
  })
})

describe.runIf(existsSync(corpus))('real regulations', () => {
  it('all arrive, whole, and pass check', { timeout: 120_000 }, async () => {
    const into = await temporaryFolder()
    const report = await importRegulations({ from: corpus, into, today })
    const names = readdirSync(corpus).filter((name) => name.endsWith('.md'))
    expect(report.refused).toEqual([])
    expect(report.written).toHaveLength(names.length)
    const content = await loadContent(into)
    expect(content.problems).toEqual([])

    /** Every character but white space and the marks of headings. */
    const characters = (all: string): string => all.replace(/^#+ /gmu, '').replace(/\s/gu, '')
    const bodies = content.records.map(({ record }) => (record?.body ?? []).map(blockText).join('\n'))
    const arrived = new Set(bodies.map(characters))
    const missing = names.filter((name) => {
      const body = characters(readFileSync(path.join(corpus, name), 'utf8').split('<!-- INFO END -->')[1] ?? '')
      // A covering letter stands before the text proper.
      return !arrived.has(body) && ![...arrived].some((one) => one.endsWith(body))
    })
    expect(missing).toEqual([])
    const ids = content.records.map(({ id }) => id ?? '')
    expect(ids.filter((id) => !/^[a-z0-9]+-\d{8}$/u.test(id))).toEqual([])
  })
})
