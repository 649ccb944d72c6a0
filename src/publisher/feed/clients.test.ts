import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'fflate'
import { Updater } from 'tuf-js'
import { describe, expect, it } from 'vitest'
import { decodeCatalogue } from '../../feed/catalogue.ts'
import { followedRoles } from '../../feed/layout.ts'
import { inflateTarget, refresh, verifyTarget } from '../../feed/tuf/index.ts'
import { keysForContent } from '../keys-for-content.ts'
import { contentFolder, newsText, policyText } from '../testing/content.ts'
import { serveFolder } from '../testing/feed.ts'
import { temporaryFolder, writeFiles } from '../testing/folder.ts'
import { readIfThere } from '../files.ts'
import { ensureKeys } from '../signing/keyring.ts'
import { buildFeed } from './build.ts'

/** Now: clients judge expiry by the real clock. */
const at = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 600_000)

async function feed() {
  const folder = await temporaryFolder()
  const content = await contentFolder({
    'records/gx-zfbgt/a.md': policyText('zc-a', '条例'),
    'records/nn-gjj/b.md': newsText('xw-b', '新闻'),
    'records/wm-mzj/c.md': newsText('xw-c', '武鸣新闻'),
  })
  const shop = { content, keys: path.join(folder, 'keys'), out: path.join(folder, 'feed') }
  await keysForContent(content, shop.keys, at)
  await buildFeed({ ...shop, at })
  return { ...shop, folder, root: await readFile(path.join(shop.keys, '1.root.json')) }
}

describe('tuf-js', () => {
  /** A tuf-js client of a served feed that trusts a root. */
  async function client(base: string, folder: string, root: Uint8Array): Promise<Updater> {
    const metadataDir = path.join(folder, 'client/metadata')
    const targetDir = path.join(folder, 'client/targets')
    await mkdir(metadataDir, { recursive: true })
    await mkdir(targetDir, { recursive: true })
    await writeFile(path.join(metadataDir, 'root.json'), root)
    return new Updater({
      metadataDir,
      metadataBaseUrl: `${base}/metadata`,
      targetDir,
      targetBaseUrl: `${base}/targets`,
      config: { fetchRetries: 0 },
    })
  }

  it('accepts our feed, and its next edition after a renewed root', async () => {
    const shop = await feed()
    const base = await serveFolder(shop.out)
    const updater = await client(base, shop.folder, shop.root)
    await updater.refresh()
    for (const role of followedRoles('450122')) {
      const info = await updater.getTargetInfo(`${role}/catalog.json.gz`)
      expect(info, role).toBeDefined()
      if (!info) continue
      const bytes = await readFile(await updater.downloadTarget(info))
      expect(info.custom).toEqual({ inflated: gunzipSync(bytes).length })
      expect(decodeCatalogue(new TextDecoder().decode(gunzipSync(bytes))).entries).toHaveLength(1)
    }
    expect(await updater.getTargetInfo('city/none.json.gz')).toBeUndefined()

    await writeFiles(shop.content, { 'records/nn-gjj/d.md': newsText('xw-d', '又一条') })
    const soon = new Date(at.getTime() + 60_000)
    await ensureKeys(shop.keys, [], new Date(at.getTime() + 200 * 86_400_000))
    await buildFeed({ ...shop, at: soon })
    const next = await client(base, shop.folder, shop.root)
    await next.refresh()
    const info = await next.getTargetInfo('city/catalog.json.gz')
    const bytes = await readFile(await next.downloadTarget(info ?? expect.fail('no catalogue')))
    expect(decodeCatalogue(new TextDecoder().decode(gunzipSync(bytes))).entries).toHaveLength(2)
    expect(await readFile(path.join(shop.folder, 'client/metadata/root.json'), 'utf8')).toContain('"version":2')
  })

  it('refuses it when one byte of a role’s metadata is changed', async () => {
    const shop = await feed()
    const file = path.join(shop.out, 'metadata/1.city.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace('city/catalog', 'city/katalog'))
    const updater = await client(await serveFolder(shop.out), shop.folder, shop.root)
    await updater.refresh()
    await expect(updater.getTargetInfo('city/catalog.json.gz')).rejects.toThrow()
  })

  it('refuses a feed that was signed by other keys', async () => {
    const shop = await feed()
    const other = await feed()
    await cp(path.join(other.out, 'metadata/timestamp.json'), path.join(shop.out, 'metadata/timestamp.json'))
    const updater = await client(await serveFolder(shop.out), shop.folder, shop.root)
    await expect(updater.refresh()).rejects.toThrow()
  })
})

describe('our own client', () => {
  const fetchFrom = (out: string) => async (name: string) =>
    (await readIfThere(path.join(out, 'metadata', name))) ?? null

  it('accepts our feed', async () => {
    const shop = await feed()
    const { trusted } = await refresh({
      trustedRoot: shop.root,
      kept: new Map(),
      fetch: fetchFrom(shop.out),
      now: new Date(),
      roles: followedRoles('450122'),
    })
    expect(trusted.absent).toEqual([])
    expect(trusted.signedAt).toBe(`${at.toISOString().slice(0, 19)}Z`)
    const found = followedRoles('450122').flatMap((role) => trusted.targetsOf(role))
    expect(found).toHaveLength(6)
    for (const target of found) {
      const bytes = new Uint8Array(await readFile(path.join(shop.out, 'targets', trusted.locationOf(target))))
      verifyTarget(bytes, target)
      expect(JSON.parse(new TextDecoder().decode(inflateTarget(bytes, target)))).toMatchObject({ format: 1 })
    }
  })

  it('follows from edition to edition', async () => {
    const shop = await feed()
    const options = { trustedRoot: shop.root, fetch: fetchFrom(shop.out), now: new Date(), roles: ['city'] }
    const first = await refresh({ ...options, kept: new Map() })
    expect((await refresh({ ...options, kept: first.trusted.files })).changed).toBe(false)
    await writeFiles(shop.content, { 'records/nn-gjj/d.md': newsText('xw-d', '又一条') })
    await buildFeed({ ...shop, at: new Date(at.getTime() + 60_000) })
    const second = await refresh({ ...options, kept: first.trusted.files })
    expect(second.changed).toBe(true)
    expect(second.trusted.versions.get('city')).toBe(2)
  })
})
