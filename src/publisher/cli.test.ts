import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { runCommand } from './cli.ts'
import { contentFolder, newsText } from './testing/content.ts'
import { temporaryFolder, writeFiles } from './testing/folder.ts'

interface Run {
  readonly code: number
  readonly out: string
  readonly error: string
}

/** Runs a command as the content team does, in a folder, at a fixed time. */
async function publisher(args: readonly string[], folder: string): Promise<Run> {
  const out: string[] = []
  const error: string[] = []
  const code = await runCommand(args, {
    print: (text) => out.push(text),
    printError: (text) => error.push(text),
    progress: () => ({ report: () => undefined, stop: () => undefined }),
    folder,
    environment: { SOURCE_DATE_EPOCH: '1751356800' },
    now: () => new Date(0),
  })
  const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('')
  return { code, out: lines(out), error: lines(error) }
}

describe('wrongly called', () => {
  it.each([
    [[], 2, '内容发布工具'],
    [['bild'], 2, '是否想用「build」？'],
    [['check'], 2, '缺少 <内容文件夹>。用法：npm run publisher -- check <内容文件夹>'],
    [['check', 'a', 'b'], 2, 'Unexpected argument b'],
    [['build', 'a', '--kyes', 'b'], 2, "Unknown option '--kyes'"],
    [['build', 'a'], 2, '缺少 --keys'],
    [['import', 'a'], 2, '要写 --as policy'],
    [['import', 'no-such-folder', '--as', 'policy'], 2, '没有文件夹'],
    [['build', 'a', '--keys', 'b', '--out', 'c', '--at', 'noon'], 2, '不是时间'],
  ])('%j', async (args, code, message) => {
    const run = await publisher(args, await temporaryFolder())
    expect(run.out + run.error).toContain(message)
    expect(run.code).toBe(code)
  })

  it('help', async () => {
    const run = await publisher(['help'], '.')
    expect(run.code).toBe(0)
    for (const name of ['import', 'check', 'keys', 'build', 'renew', 'keys new', 'root init', 'sign', 'publish', 'schema']) {
      expect(run.out).toContain(`\n${name} `)
    }
    expect((await publisher(['build', '--help'], '.')).out).toContain('--keys <密钥文件夹>')
  })
})

describe('from a folder of regulations to a feed', () => {
  it('import, check, keys, build, renew', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, {
      'laws/供水条例(2024-03-09).md': '# 供水条例\n\n2024年3月9日 国务院令第1号公布\n\n<!-- INFO END -->\n\n第一条 供水。\n',
      'laws/坏的.md': '坏',
    })
    const imported = await publisher(['import', 'laws', '--as', 'policy', '--into', 'content'], folder)
    expect(imported.out).toContain('坏的.md:1  文件名里没有日期')
    expect(imported.out).toContain('读取 2 个文件，写入 1 条，未变 0 条，没有导入 1 个文件。')
    expect(imported.code).toBe(1)
    expect(await publisher(['check', 'content'], folder)).toMatchObject({ code: 0, out: '检查完毕：1 条记录，没有问题。\n' })
    const keys = await publisher(['keys', 'keys', '--content', 'content'], folder)
    expect(keys.out).toContain('新建 province-1.key.json')
    const built = await publisher(['build', 'content', '--keys', 'keys', '--out', 'feed'], folder)
    expect(built.out).toContain('数据截至 2025-07-01T08:00:00Z，共 1 条记录')
    const renewed = await publisher(['renew', '--keys', 'keys', '--out', 'feed', '--at', '2025-07-02'], folder)
    expect(renewed.out).toContain('数据截至 2025-07-02T00:00:00Z，时间戳第 2 版。')
  })

  it('check and build list problems and fail', async () => {
    const content = await contentFolder({ 'records/nn-gjj/a.md': newsText('xw-a', '新闻', ['要闻: 是']) })
    const checked = await publisher(['check', content], '.')
    expect(checked).toMatchObject({ code: 1 })
    expect(checked.out).toBe(
      'records/nn-gjj/a.md:6  「要闻」没有这个字段。\n' +
        '    怎样改：删去，或改用：记录类型、编号、标题、发布单位、发布日期、主题分类、面向人群、主题词、摘要、信息来源、相关记录、演示数据。\n' +
        '检查完毕：1 条记录，1 个文件里有 1 处问题。\n',
    )
    const json = JSON.parse((await publisher(['check', content, '--json'], '.')).out) as unknown
    expect(json).toMatchObject({ records: 1, problems: [{ file: 'records/nn-gjj/a.md', line: 6, field: '要闻' }] })
    await publisher(['keys', 'keys', '--content', content], content)
    const built = await publisher(['build', content, '--keys', 'keys', '--out', 'feed'], content)
    expect(built.code).toBe(1)
    expect(built.error).toContain('内容有 1 处问题，未生成发布文件。')
  })

  it('schema', async () => {
    const folder = await temporaryFolder()
    const run = await publisher(['schema', '--out', 'schema'], folder)
    expect(run.code).toBe(0)
    const text = await readFile(path.join(folder, 'schema/feed.schema.json'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ title: '发布设置' })
  })
})

it('runs as a program: Chinese out, no progress bar where nobody watches, exit code', { timeout: 60_000 }, async () => {
  const project = path.resolve(import.meta.dirname, '../..')
  const content = await contentFolder({ 'records/nn-gjj/a.md': newsText('xw-a', '新闻', ['要闻: 是']) })
  const program = [path.join(project, 'node_modules/tsx/dist/cli.mjs'), path.join(project, 'src/publisher/main.ts')]
  const run = promisify(execFile)(process.execPath, [...program, 'check', '.'], {
    env: { ...process.env, INIT_CWD: content },
    cwd: project,
  })
  await expect(run).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('1 处问题') as string, stderr: '' })
})
