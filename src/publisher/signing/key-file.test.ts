import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, writeFiles } from '../testing/folder.ts'
import { publisher } from '../testing/person.ts'
import { defaultCost } from './encryption.ts'
import { makeKey, makeProtectedKey, openKey, parseKeyFile, parsePublicKey, readKeyFile, type KeyFile } from './key-file.ts'

const now = new Date('2026-01-01T00:00:00Z')
const cost = { n: 1024, r: 8, p: 1 }
const phrase = '正确 马 电池 订书钉 十二'
const mine = (): KeyFile => makeProtectedKey({ role: 'city', owner: '张三', world: 'production' }, phrase, cost)

describe('a key under a passphrase', () => {
  it('opens with it, however its characters were composed, and with no other', () => {
    const composed = makeProtectedKey({ role: 'city', owner: '张三', world: 'production' }, 'caf\u00e9 caf\u00e9 caf\u00e9', cost)
    expect(openKey(composed, 'cafe\u0301 cafe\u0301 cafe\u0301').keyid).toBe(composed.keyid)
    expect(() => openKey(composed, 'cafe cafe cafe')).toThrow()
  })

  it.each([
    ['another role', { role: 'targets' }],
    ['another owner', { owner: '李四' }],
    ['the other world', { world: 'preview' as const }],
  ])('does not open when the file was changed to %s', (_, change) => {
    expect(() => openKey({ ...mine(), ...change }, phrase)).toThrow()
  })

  it('shows no secret in its file', () => {
    const text = JSON.stringify(mine())
    expect(text).not.toContain('pkcs8')
    expect(parseKeyFile(text)).toMatchObject({ private: { protection: 'passphrase', kdf: { name: 'scrypt', ...cost } } })
  })

  it('asks for real work by default', () => {
    expect(defaultCost).toEqual({ n: 131_072, r: 8, p: 1 })
  })

  it.each([
    ['endless work', { n: 2 ** 30 }],
    ['endless memory', { r: 1000 }],
  ])('is refused when its file asks for %s', (_, kdf) => {
    const file = mine()
    if (file.private.protection !== 'passphrase') throw new Error('not protected')
    const text = JSON.stringify({ ...file, private: { ...file.private, kdf: { ...file.private.kdf, ...kdf } } })
    expect(() => parseKeyFile(text)).toThrow('not a key file')
  })

  it('and a demonstration key says that it is one, even where the mark was taken away', () => {
    const { demonstration, ...rest } = makeKey('city')
    expect(demonstration).toBe(true)
    expect(parsePublicKey(JSON.stringify(rest)).demonstration).toBe(true)
  })
})

describe('keys new, show, passphrase', () => {
  it('makes a file for its holder alone, and a public part that holds no secret', async () => {
    const folder = await temporaryFolder()
    const run = await publisher(['keys', 'new', 'a.key.json', '--role', 'city', '--owner', '张三'], folder, now)
    expect(run).toMatchObject({ code: 0 })
    expect((await stat(path.join(folder, 'a.key.json'))).mode & 0o777).toBe(0o600)
    expect(await readFile(path.join(folder, 'a.pub.json'), 'utf8')).not.toContain('private')
    const shown = await publisher(['keys', 'show', 'a.key.json'], folder, now)
    expect(shown.said).toContain('持有人：张三\n环境：正式')
    expect(shown.said).toContain('scrypt N=1024 r=8 p=1，AES-256-GCM')
    expect((await publisher(['keys', 'show', 'a.pub.json'], folder, now)).said).toContain('只有公钥')
  })

  it.each<[string, readonly string[], Record<string, string>, string]>([
    ['a short passphrase', ['--passphrase-file', 'short.txt'], {}, '口令太短，至少 12 个字符'],
    ['a short one of the environment', [], { PUBLISHER_PASSPHRASE: 'short' }, '口令太短'],
    ['a missing passphrase file', ['--passphrase-file', 'none.txt'], {}, '没有口令文件'],
    ['a role that there is not', ['--role', 'town'], {}, '没有角色「town」'],
    ['no owner', ['--owner', ''], {}, '缺少 --owner'],
  ])('refuses %s', async (_, more, environment, message) => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'short.txt': 'elf zeichen\n' })
    const args = ['keys', 'new', 'a.key.json', '--role', 'city', '--owner', '张三', ...more]
    const run = await publisher(args, folder, now, { environment })
    expect(run.code).toBe(2)
    expect(run.said).toContain(message)
    await expect(stat(path.join(folder, 'a.key.json'))).rejects.toThrow('ENOENT')
  })

  it('refuses two passphrases that differ, nobody to ask, and to overwrite a key', async () => {
    const folder = await temporaryFolder()
    const args = ['keys', 'new', 'a.key.json', '--role', 'city', '--owner', '张三']
    let n = 0
    const differing = { ask: () => Promise.resolve(`twelve letters ${String(n++)}`) }
    expect((await publisher(args, folder, now, differing)).said).toContain('两次输入的口令不一样')
    const nobody = await publisher(args, folder, now, { ask: undefined as never })
    expect(nobody.said).toContain('这里没有人可以问')
    expect((await publisher(args, folder, now)).code).toBe(0)
    expect((await publisher(args, folder, now)).said).toContain('已经有了，不覆盖')
  })

  it('changes the passphrase and keeps the key', async () => {
    const folder = await temporaryFolder()
    await writeFiles(folder, { 'old.txt': `${phrase}\n`, 'new.txt': '另外一条同样很长的口令\r\n' })
    const at = path.join(folder, 'a.key.json')
    const file = mine()
    await writeFile(at, JSON.stringify(file))
    const change = (from: string) =>
      publisher(['keys', 'passphrase', 'a.key.json', '--passphrase-file', from, '--new-passphrase-file', 'new.txt'], folder, now)
    expect((await change('new.txt')).said).toContain('口令不对，或者文件被改动过')
    const tooShort = await change('old.txt')
    expect(tooShort.said).toContain('口令太短')
    await writeFiles(folder, { 'new.txt': '另外一条同样很长很长的口令\r\n' })
    expect(await change('old.txt')).toMatchObject({ code: 0 })
    const changed = await readKeyFile(at)
    expect(openKey(changed, '另外一条同样很长很长的口令').keyid).toBe(file.keyid)
    expect(() => openKey(changed, phrase)).toThrow()
    expect((await stat(at)).mode & 0o777).toBe(0o600)
  })
})
