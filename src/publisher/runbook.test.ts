import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { refresh } from '../feed/tuf/index.ts'
import { readIfThere } from './files.ts'
import { newsText, settings } from './testing/content.ts'
import { temporaryFolder, writeFiles } from './testing/folder.ts'
import { publisher } from './testing/person.ts'

/** The sections of the runbook, and the lines of their code blocks. */
const sections = readFileSync(path.join(import.meta.dirname, 'RUNBOOK.md'), 'utf8')
  .split(/^## /mu)
  .map((text) => ({
    title: text.split('\n')[0] ?? '',
    commands: [...text.matchAll(/```sh\n([^]*?)```/gu)].flatMap(([, block = '']) => block.trim().split('\n')),
  }))

const program = 'npm run publisher -- '

/** A line as a person at a shell would run it: commands of the publisher in this process, all else by the shell. */
async function follow(line: string, folder: string, now: Date): Promise<void> {
  if (!line.startsWith(program)) {
    execFileSync('bash', ['-ec', line], { cwd: folder })
    return
  }
  const words = `printf '%s\\0' ${line.slice(program.length)}`
  const args = execFileSync('bash', ['-ec', words], { cwd: folder, encoding: 'utf8' }).split('\0').slice(0, -1)
  const run = await publisher(args, folder, now)
  expect({ line, ...run }).toMatchObject({ code: 0 })
}

it('the runbook, followed word for word, and a box that follows the feed', { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder()
  const feed = settings['feed.yaml'].replace('名称: 测试', '名称: 测试\n发布环境: 正式').replace('门限: 2', '门限: 3')
  await writeFiles(path.join(folder, '内容'), {
    ...settings,
    'feed.yaml': feed.replace(/ {2}- 角色: (?:province|district)[^]*?\]\n/gu, ''),
    'records/nn-gjj/a.md': newsText('xw-a', '第一条'),
  })
  let kept: ReadonlyMap<string, Uint8Array> = new Map()
  const seen: [string, Record<string, number>][] = []
  let minutes = 0
  for (const { title, commands } of sections) {
    if (title.startsWith('4.')) {
      await writeFiles(path.join(folder, '内容'), { 'records/nn-gjj/b.md': newsText('xw-b', '第二条') })
    }
    for (const line of commands) {
      minutes++
      await follow(line, folder, new Date(Date.UTC(2026, 0, 1, 0, minutes)))
    }
    const trustedRoot = await readIfThere(path.join(folder, '发布机/密钥/1.root.json'))
    if (!trustedRoot || !(await readIfThere(path.join(folder, '发布机/发布/metadata/timestamp.json')))) continue
    const { trusted } = await refresh({
      trustedRoot,
      kept,
      fetch: async (name) => (await readIfThere(path.join(folder, '发布机/发布/metadata', name))) ?? null,
      now: new Date(Date.UTC(2026, 0, 1, 0, minutes)),
      roles: ['city'],
    })
    kept = trusted.files
    seen.push([title.slice(0, 1), Object.fromEntries(trusted.versions)])
  }
  expect(seen).toEqual([
    ['3', { root: 1, timestamp: 1, snapshot: 1, targets: 1, city: 1 }],
    ['4', { root: 1, timestamp: 2, snapshot: 2, targets: 1, city: 2 }],
    ['5', { root: 1, timestamp: 3, snapshot: 2, targets: 1, city: 2 }],
    ['6', { root: 1, timestamp: 4, snapshot: 3, targets: 2, city: 3 }],
    ['7', { root: 1, timestamp: 5, snapshot: 4, targets: 3, city: 4 }],
    ['8', { root: 2, timestamp: 6, snapshot: 5, targets: 3, city: 4 }],
    ['9', { root: 3, timestamp: 7, snapshot: 5, targets: 3, city: 4 }],
    ['1', { root: 3, timestamp: 7, snapshot: 5, targets: 3, city: 4 }],
  ])
})
