import { cp, readFile, rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../feed/tuf/strict-json.ts'
import { TufError } from '../../feed/tuf/index.ts'
import { sha256, writeWhole } from '../files.ts'
import { openKey, readKeyFile } from '../signing/key-file.ts'
import type { SigningKey } from '../signing/key.ts'
import { signedPart } from '../signing/metadata-file.ts'
import { signMetadata, snapshotMetadata, timestampMetadata } from '../signing/metadata.ts'
import { Office } from '../testing/office.ts'
import { typedPassphrase } from '../testing/person.ts'

/** A thief who has copied the feed and some keys, and answers boxes in its place. */
class Thief {
  private constructor(private readonly office: Office) {}

  static async after(office: Office): Promise<Thief> {
    await cp(office.at('desk/feed'), office.at('thief'), { recursive: true })
    return new Thief(office)
  }

  async key(file: string): Promise<SigningKey> {
    return openKey(await readKeyFile(this.office.at(file)), typedPassphrase)
  }

  /** Signs a role's metadata of the published feed again, as the given version. */
  async forge(role: string, from: number, version: number, keys: readonly SigningKey[]): Promise<void> {
    const bytes = await readFile(this.office.at(`desk/feed/metadata/${String(from)}.${role}.json`))
    const signed: JsonObject = { ...signedPart(new Uint8Array(bytes)), version }
    await writeWhole(this.office.at(`thief/metadata/${String(version)}.${role}.json`), signMetadata(signed, keys))
  }

  /** Snapshot and timestamp over forged files, with the given online keys. */
  async announce(version: number, roles: ReadonlyMap<string, number>, snapshotKey: SigningKey, timestampKey: SigningKey): Promise<void> {
    const issue = { version, expires: '2026-01-03T00:00:00Z' }
    const metas = new Map<string, { version: number; length: number; sha256: string }>()
    for (const [role, of] of roles) {
      const bytes = await readFile(this.office.at(`thief/metadata/${String(of)}.${role}.json`))
      metas.set(`${role}.json`, { version: of, length: bytes.length, sha256: sha256(bytes) })
    }
    const snapshot = signMetadata(snapshotMetadata(issue, metas), [snapshotKey])
    await writeWhole(this.office.at(`thief/metadata/${String(version)}.snapshot.json`), snapshot)
    const meta = { version, length: snapshot.length, sha256: sha256(snapshot) }
    const timestamp = signMetadata(timestampMetadata(issue, meta, this.office.now), [timestampKey])
    await writeWhole(this.office.at('thief/metadata/timestamp.json'), timestamp)
  }
}

const roles = (versions: Record<string, number>) => new Map(Object.entries(versions))

describe('a stolen key of a role', () => {
  it('signs nothing that a box takes, once the role has another key', { timeout: 30_000 }, async () => {
    const office = await Office.open()
    await office.firstEdition()
    // The district has one key; the thief has that, and has broken into the computer with the online keys.
    const thief = await Thief.after(office)
    const stolen = await thief.key('yi/district-450122.key.json')
    const [snapshotKey, timestampKey] = [await thief.key('desk/snapshot.key.json'), await thief.key('desk/timestamp.key.json')]
    await thief.forge('district-450122', 1, 2, [stolen])
    await thief.announce(2, roles({ targets: 1, city: 1, 'district-450122': 2 }), snapshotKey, timestampKey)
    // Without rotation the theft works: that is what the rotation is for.
    expect((await office.refreshBox(new Map(), 'thief')).trusted.versions.get('district-450122')).toBe(2)

    await office.makeKey('yi', 'district-450122', 'district-2')
    const rotate =
      'keys rotate --role district-450122 --remove yi/district-450122.pub.json --add yi/district-2.pub.json ' +
      '--keys desk/keys --out desk/feed --prepare desk/pending'
    expect(await office.does(rotate)).toContain('targets.json  要 1 个签名\ndistrict-450122.json  要 1 个签名')
    expect(await office.signs('jia', 'targets')).toMatch(/移出密钥 1 项：/u)
    const late = await office.run('sign desk/pending/district-450122.json --key yi/district-450122.key.json')
    expect(late.said).toContain('不在「district-450122」的名单里')
    await office.signs('yi', 'district-450122', 'district-2')
    await office.publish()

    const { trusted } = await office.refreshBox()
    expect(Object.fromEntries(trusted.versions)).toMatchObject({ targets: 2, 'district-450122': 2, city: 1 })
    await cp(office.at('desk/feed/metadata/2.targets.json'), office.at('thief/metadata/2.targets.json'))
    await thief.forge('district-450122', 1, 3, [stolen])
    await thief.announce(3, roles({ targets: 2, city: 1, 'district-450122': 3 }), snapshotKey, timestampKey)
    await expect(office.refreshBox(trusted.files, 'thief')).rejects.toMatchObject({ code: 'signature', role: 'district-450122' })
    await expect(office.refreshBox(new Map(), 'thief')).rejects.toMatchObject({ code: 'signature', role: 'district-450122' })
    // Nor can the old list of keys be brought back to a box that has seen the new one.
    await thief.announce(3, roles({ targets: 1, city: 1, 'district-450122': 2 }), snapshotKey, timestampKey)
    await expect(office.refreshBox(trusted.files, 'thief')).rejects.toMatchObject({ code: 'rollback' })
    // The removed key is not asked for again, though its public part still lies in the folder.
    expect(await office.prepare()).toContain('没有变化')
  })

  it('of three that must sign publishes nothing at all', async () => {
    const office = await Office.open()
    await office.firstEdition()
    const thief = await Thief.after(office)
    await thief.forge('city', 1, 2, [await thief.key('yi/city.key.json')])
    const online = [await thief.key('desk/snapshot.key.json'), await thief.key('desk/timestamp.key.json')] as const
    await thief.announce(2, roles({ targets: 1, city: 2, 'district-450122': 1 }), ...online)
    await expect(office.refreshBox(new Map(), 'thief')).rejects.toMatchObject({ code: 'signature', role: 'city' })
  })
})

describe('stolen online keys', () => {
  it('cannot hold boxes in a far future, once the root has others (TUF 5.3.11)', { timeout: 30_000 }, async () => {
    const office = await Office.open()
    await office.firstEdition()
    const thief = await Thief.after(office)
    const [snapshotKey, timestampKey] = [await thief.key('desk/snapshot.key.json'), await thief.key('desk/timestamp.key.json')]
    const all = roles({ targets: 1, city: 1, 'district-450122': 1 })
    await thief.announce(1_000_000, all, snapshotKey, timestampKey)
    const fooled = (await office.refreshBox(new Map(), 'thief')).trusted
    expect(fooled.versions.get('timestamp')).toBe(1_000_000)
    await office.does('renew --keys desk/keys --out desk/feed')
    await expect(office.refreshBox(fooled.files)).rejects.toMatchObject({ code: 'rollback', role: 'timestamp' })

    await office.makeKey('desk', 'snapshot', 'snapshot-2')
    await office.makeKey('desk', 'timestamp', 'timestamp-2')
    await office.does(
      'root rotate desk/keys/1.root.json --out desk/2.root.json --remove desk/snapshot.pub.json desk/timestamp.pub.json ' +
        '--add desk/snapshot-2.pub.json desk/timestamp-2.pub.json',
    )
    await office.does('sign desk/2.root.json --key jia/root.key.json --previous desk/keys/1.root.json')
    await office.does('sign desk/2.root.json --key bing/root.key.json --previous desk/keys/1.root.json')
    await office.does('root verify desk/2.root.json --previous desk/keys/1.root.json')
    await cp(office.at('desk/2.root.json'), office.at('desk/keys/2.root.json'))
    // The old keys left in the folder do not sign; without the new ones nothing is published.
    expect((await office.run('renew --keys desk/keys --out desk/feed')).said).toContain('把根证书列出的密钥文件放进去')
    for (const role of ['snapshot', 'timestamp']) {
      await cp(office.at(`desk/${role}-2.key.json`), office.at(`desk/keys/${role}-2.key.json`))
      await rm(office.at(`desk/keys/${role}.key.json`))
    }
    await office.does('renew --keys desk/keys --out desk/feed')
    const recovered = (await office.refreshBox(fooled.files)).trusted
    expect(recovered.versions.get('root')).toBe(2)
    expect(recovered.versions.get('timestamp')).toBeLessThan(10)

    await thief.announce(2_000_000, all, snapshotKey, timestampKey)
    await expect(office.refreshBox(recovered.files, 'thief')).rejects.toBeInstanceOf(TufError)
  })
})

describe('a stolen or lost targets key', () => {
  it('is replaced in the root, and the list of roles signed by the new one', async () => {
    const office = await Office.open()
    await office.firstEdition()
    const { trusted } = await office.refreshBox()
    await office.makeKey('yi', 'targets')
    await office.does(
      'root rotate desk/keys/1.root.json --out desk/2.root.json --remove jia/targets.pub.json --add yi/targets.pub.json',
    )
    for (const who of ['jia', 'yi']) {
      await office.does(`sign desk/2.root.json --key ${who}/root.key.json --previous desk/keys/1.root.json`)
    }
    await cp(office.at('desk/2.root.json'), office.at('desk/keys/2.root.json'))
    const renewed = await office.run('renew --keys desk/keys --out desk/feed')
    expect(renewed.said).toContain('先运行 build --prepare，由新密钥签 targets.json')
    expect(await office.prepare()).toContain('targets.json  要 1 个签名\n待签的文件在')
    const old = await office.run('sign desk/pending/targets.json --key jia/targets.key.json')
    expect(old.said).toContain('不在「targets」的名单里')
    await office.signs('yi', 'targets')
    await office.publish()
    const after = await office.refreshBox(trusted.files)
    expect(Object.fromEntries(after.trusted.versions)).toMatchObject({ root: 2, targets: 2, city: 1 })
  })
})
