import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Metadata, MetadataKind } from '@tufjs/models'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import { publisher, type Run } from '../testing/person.ts'
import { makeKey } from './key-file.ts'

const now = new Date('2026-01-01T00:00:00Z')

/** A folder with three root keys and those of the other roles; `tell` runs a command in it. */
async function ceremony() {
  const folder = await temporaryFolder()
  const tell = (line: string, at = now): Promise<Run> => publisher(line.split(' ').filter(Boolean), folder, at)
  for (const name of ['root-1', 'root-2', 'root-3', 'root-4', 'targets-1', 'snapshot-1', 'timestamp-1', 'timestamp-2']) {
    const role = name.split('-')[0] ?? ''
    expect(await tell(`keys new ${name}.key.json --role ${role} --owner 持有人${name}`)).toMatchObject({ code: 0 })
  }
  return { folder, tell, file: (name: string) => path.join(folder, name) }
}
const init =
  'root init 1.root.json --keys root-1.pub.json root-2.pub.json root-3.pub.json --threshold 2 ' +
  '--targets targets-1.pub.json --snapshot snapshot-1.pub.json --timestamp timestamp-1.pub.json'

describe('the root ceremony', () => {
  it('counts who has signed, and is done at the threshold, for other clients too', async () => {
    const { tell, file } = await ceremony()
    expect(await tell(init)).toMatchObject({ code: 0 })
    const none = await tell('root verify 1.root.json')
    expect(none.code).toBe(1)
    expect(none.said).toContain('要 2 个签名，已有 0 个，不够')
    expect((await tell('sign 1.root.json --key root-1.key.json')).said).toContain('已签 signed：持有人root-1')
    const half = await tell('root verify 1.root.json')
    expect(half.said).toMatch(/未签 missing：持有人root-2（[0-9a-f]{12}）、持有人root-3/u)
    expect(half.code).toBe(1)
    expect(await tell('sign 1.root.json --key root-3.key.json')).toMatchObject({ code: 0 })
    const done = await tell('root verify 1.root.json')
    expect(done.said).toContain('环境：正式')
    expect(done.code).toBe(0)
    expect((await tell('root verify 1.root.json', new Date('2027-01-02T00:00:00Z'))).said).toContain('已经过期')

    const json = JSON.parse(await readFile(file('1.root.json'), 'utf8')) as Parameters<typeof Metadata.fromJSON>[1]
    const metadata = Metadata.fromJSON(MetadataKind.Root, json)
    expect(() => {
      metadata.verifyDelegate('root', metadata)
    }).not.toThrow()
  })

  it.each([
    ['the same signature twice', 'sign 1.root.json --key root-1.key.json', '已经签过这个文件'],
    ['a key that is not listed', 'sign 1.root.json --key root-4.key.json', '不在「root」的名单里'],
    ['a key of another role', 'sign 1.root.json --key targets-1.key.json', '不在「root」的名单里'],
    ['a file that is no metadata', 'sign root-1.pub.json --key root-1.key.json', '不是能用的元数据文件'],
    ['a file that is not there', 'sign 2.root.json --key root-1.key.json', '没有文件'],
    ['to overwrite a root', init, '已经有了，不覆盖'],
  ])('refuses %s', async (_, line, message) => {
    const { tell } = await ceremony()
    await tell(init)
    await tell('sign 1.root.json --key root-1.key.json')
    const run = await tell(line)
    expect(run.said).toContain(message)
    expect(run.code).toBe(2)
  })

  it.each([
    ['one signature for production', (line: string) => line.replace('--threshold 2', '--threshold 1'), '至少要两人签名'],
    ['a threshold beyond the keys', (line: string) => line.replace('--threshold 2', '--threshold 4'), '门限 4 不成立'],
    ['a key of another role', (line: string) => line.replace('--keys root-1', '--keys targets-1'), '是为「targets」做的'],
    ['production keys for preview', (line: string) => `${line} --preview`, '属于正式环境，不能用于预览环境'],
    ['a key twice', (line: string) => line.replace('root-2.pub', 'root-1.pub'), '每把密钥只能列一次'],
    ['no targets key', (line: string) => line.replace('--targets targets-1.pub.json', ''), '缺少 --targets'],
  ])('refuses a root with %s', async (_, change, message) => {
    const { tell } = await ceremony()
    const run = await tell(change(init))
    expect(run.said).toContain(message)
    expect(run.code).toBe(2)
  })

  it('refuses demonstration keys', async () => {
    const { tell, file } = await ceremony()
    await writeFile(file('demo.key.json'), JSON.stringify(makeKey('root')))
    expect((await tell(init.replace('root-3.pub', 'demo.key'))).said).toContain('只供演示，没有加密，不能用于正式环境')
  })

  it('signs nothing that nobody agreed to', async () => {
    const { tell, folder, file } = await ceremony()
    await tell(init)
    const before = await readFile(file('1.root.json'), 'utf8')
    const args = 'sign 1.root.json --key root-1.key.json'.split(' ')
    const no = await publisher(args, folder, now, { ask: () => Promise.resolve('不') })
    expect(no).toMatchObject({ code: 2, said: expect.stringContaining('没有签名') as string })
    expect(await readFile(file('1.root.json'), 'utf8')).toBe(before)
    const script = { ask: undefined as never, environment: { PUBLISHER_PASSPHRASE: '一条很长很长的测试用口令' } }
    expect((await publisher(args, folder, now, script)).said).toContain('没有人确认')
    expect(await publisher([...args, '--yes'], folder, now, script)).toMatchObject({ code: 0 })
  })
})

describe('the next root', () => {
  async function rotated(change: string) {
    const made = await ceremony()
    const { tell } = made
    for (const line of [init, 'sign 1.root.json --key root-1.key.json', 'sign 1.root.json --key root-2.key.json']) await tell(line)
    expect(await tell(`root rotate 1.root.json --out 2.root.json ${change}`)).toMatchObject({ code: 0 })
    return made
  }
  const verify = 'root verify 2.root.json --previous 1.root.json'

  it('needs the keys of the root before as well as its own', async () => {
    const { tell } = await rotated('--remove root-1.pub.json root-2.pub.json --add root-4.pub.json')
    expect((await tell('sign 2.root.json --key root-3.key.json')).said).toContain('用 --previous 给出上一版')
    const sign = (n: number) => tell(`sign 2.root.json --key root-${String(n)}.key.json --previous 1.root.json`)
    expect((await sign(3)).said).toContain('移出密钥 2 项：持有人root-1')
    await sign(4)
    const own = await tell(verify)
    expect(own.said).toContain('本版根密钥 keys of this root：要 2 个签名，已有 2 个，够了')
    expect(own.said).toContain('上一版根密钥 keys of the previous root：要 2 个签名，已有 1 个，不够')
    expect(own.code).toBe(1)
    await sign(1)
    expect((await tell(verify)).code).toBe(0)
    expect((await tell('root verify 2.root.json')).said).toContain('加 --previous')
  })

  it('changes thresholds and expiry', async () => {
    const { tell } = await rotated('--threshold root=3 --days 30')
    const run = await tell(verify)
    expect(run.said).toContain('有效期到 2026-01-31T00:00:00Z')
    expect(run.said).toContain('门限由 2 改为 3')
  })

  it.each([
    ['--remove timestamp-1.pub.json', '「timestamp」有 0 把密钥'],
    ['--remove timestamp-2.pub.json', '名单里没有密钥'],
    ['--threshold 2', '--threshold 写成 角色=数'],
    ['--threshold root=x', '要写一个正整数'],
  ])('refuses %s', async (change, message) => {
    const { tell } = await rotated('')
    expect((await tell(`root rotate 1.root.json --out 3.root.json ${change}`)).said).toContain(message)
  })

  it('is not followed by publishing before it is signed', async () => {
    const { tell } = await rotated('')
    expect((await tell('renew --keys . --out feed')).said).toContain('没有已发布的内容')
    const build = await tell('keys .')
    expect(build.said).toContain('根证书 2.root.json 不能用')
  })
})
