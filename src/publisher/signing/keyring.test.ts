import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Metadata, MetadataKind } from '@tufjs/models'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/folder.ts'
import { makeKey } from './key-file.ts'
import { ensureKeys, keysOf, loadKeyring } from './keyring.ts'

const now = new Date('2025-07-01T08:00:00Z')
const roles = [
  { role: 'city', threshold: 3 },
  { role: 'district-450122', threshold: 1 },
]
const root = async (folder: string, version: number) => {
  const text = await readFile(path.join(folder, `${String(version)}.root.json`), 'utf8')
  return Metadata.fromJSON(MetadataKind.Root, JSON.parse(text) as Parameters<typeof Metadata.fromJSON>[1])
}

describe('ensureKeys', () => {
  it('makes three root keys of which two must sign, and what each role needs', async () => {
    const folder = path.join(await temporaryFolder(), 'keys')
    const report = await ensureKeys(folder, roles, now)
    expect(report).toMatchObject({ root: 1, rootSigned: true })
    expect((await readdir(folder)).sort()).toEqual(
      [
        '1.root.json',
        ...report.made,
      ].sort(),
    )
    const keyring = await loadKeyring(folder)
    const counts = [...keyring.keys].map(([role, keys]) => [role, keys.length])
    expect(Object.fromEntries(counts)).toEqual({
      root: 3,
      targets: 1,
      snapshot: 1,
      timestamp: 1,
      city: 3,
      'district-450122': 1,
    })
    expect((await stat(path.join(folder, 'city-2.key.json'))).mode & 0o777).toBe(0o600)
  })

  it('signs root metadata that another implementation accepts', async () => {
    const folder = await temporaryFolder()
    await ensureKeys(folder, roles, now)
    const metadata = await root(folder, 1)
    expect(() => {
      metadata.verifyDelegate('root', metadata)
    }).not.toThrow()
    expect(metadata.signed.expires).toBe('2026-07-01T08:00:00Z')
    expect(metadata.signed.consistentSnapshot).toBe(true)
    expect(metadata.signed.roles.root).toMatchObject({ threshold: 2 })
  })

  it('leaves alone what is there', async () => {
    const folder = await temporaryFolder()
    await ensureKeys(folder, roles, now)
    const before = await readFile(path.join(folder, 'city-1.key.json'), 'utf8')
    expect(await ensureKeys(folder, roles, now)).toEqual({ made: [], root: 1, rootSigned: false })
    expect(await readFile(path.join(folder, 'city-1.key.json'), 'utf8')).toBe(before)
  })

  it('adds keys when more must sign, without touching root', async () => {
    const folder = await temporaryFolder()
    await ensureKeys(folder, roles, now)
    const report = await ensureKeys(folder, [{ role: 'city', threshold: 4 }], now)
    expect(report).toEqual({ made: ['city-4.key.json'], root: 1, rootSigned: false })
  })

  it('renews root in the second half of its year, as the next of the chain', async () => {
    const folder = await temporaryFolder()
    await ensureKeys(folder, roles, now)
    const later = new Date('2026-02-01T08:00:00Z')
    expect(await ensureKeys(folder, roles, later)).toEqual({ made: [], root: 2, rootSigned: true })
    const [first, second] = [await root(folder, 1), await root(folder, 2)]
    expect(() => {
      first.verifyDelegate('root', second)
      second.verifyDelegate('root', second)
    }).not.toThrow()
    expect(second.signed.version).toBe(2)
  })
})

describe('keys that cannot be used', () => {
  it.each([
    ['not JSON', '{'],
    ['another format', '{"format":2}'],
    ['halves of two keys', JSON.stringify({ ...makeKey('city'), keyid: makeKey('city').keyid })],
  ])('%s', async (_, text) => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'city-1.key.json'), text)
    await expect(loadKeyring(folder)).rejects.toThrow('密钥文件 city-1.key.json 不能用')
  })

  it('too few', async () => {
    const folder = await temporaryFolder()
    await ensureKeys(folder, roles, now)
    const keyring = await loadKeyring(folder)
    expect(() => keysOf(keyring, 'city', 4)).toThrow('要 4 把密钥签名，只有 3 把')
    expect(() => keysOf(keyring, 'province', 1)).toThrow('只有 0 把')
  })
})
