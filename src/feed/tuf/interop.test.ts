import {
  Key,
  Metadata,
  MetadataKind,
  MetaFile,
  Root,
  Signature,
  Snapshot,
  TargetFile,
  Targets,
  Timestamp,
} from '@tufjs/models'
import { describe, expect, test } from 'vitest'
import { sha256, toHex } from './hash.ts'
import { refresh, Updater, verifyKept, verifyTarget } from './index.ts'
import { seenEdition, TestBox } from './testing/box.ts'
import { testKey, type TestKey } from './testing/repository.ts'

/*
 * The models of tuf-js read, write, sign and verify metadata independently of us: theirs
 * must be good for our client, and ours for their verification.
 */

const utf8 = (text: string) => new TextEncoder().encode(text)
const specVersion = '1.0.34'
const now = new Date('2026-01-02T00:00:00Z')
const content = utf8('目录')

const modelKey = (key: TestKey) =>
  new Key({ keyID: key.keyid, keyType: 'ed25519', scheme: 'ed25519', keyVal: { public: key.publicValue } })

const roleNames = ['root', 'timestamp', 'snapshot', 'targets']
const cityKeys = [testKey('city-1'), testKey('city-2')]

interface Choices {
  /** Signatures that the root asks of the targets role; one is given. */
  readonly threshold?: number
  /** Paths that the city may sign. */
  readonly paths?: string[]
  /** Version of the city's metadata that the snapshot names; 7 is served. */
  readonly city?: number
  readonly expires?: string
}

/** A repository as an application of tuf-js would write it. */
function tufJsRepository({ threshold = 1, paths = ['city/*'], city = 7, ...choices }: Choices = {}) {
  const common = { specVersion, expires: choices.expires ?? '2030-01-01T00:00:00Z' }
  const root = Root.fromJSON({
    _type: 'root',
    version: 1,
    spec_version: specVersion,
    expires: common.expires,
    consistent_snapshot: true,
    keys: Object.fromEntries(roleNames.map((name) => [testKey(name).keyid, modelKey(testKey(name)).toJSON()])),
    roles: Object.fromEntries(
      roleNames.map((name) => [name, { keyids: [testKey(name).keyid], threshold: name === 'targets' ? threshold : 1 }]),
    ),
  })
  const delegation = { name: 'city', keyids: cityKeys.map((key) => key.keyid), threshold: 2, terminating: true, paths }
  const targets = Targets.fromJSON({
    _type: 'targets',
    version: 4,
    spec_version: specVersion,
    expires: common.expires,
    targets: {},
    delegations: {
      keys: Object.fromEntries(cityKeys.map((key) => [key.keyid, modelKey(key).toJSON()])),
      roles: [delegation],
    },
    'x-公告': ['"引号"', '\\', 1, null, { b: true, a: false }],
  })
  const cityTargets = new Targets({ ...common, version: 7 })
  cityTargets.addTarget(
    new TargetFile({
      path: 'city/目录 1.json',
      length: content.length,
      hashes: { sha256: sha256(content) },
      unrecognizedFields: { custom: { inflated: 3 } },
    }),
  )
  const meta = { 'targets.json': new MetaFile({ version: 4 }), 'city.json': new MetaFile({ version: city }) }
  const snapshot = new Snapshot({ ...common, version: 5, meta })
  const timestamp = new Timestamp({ ...common, version: 6, snapshotMeta: new MetaFile({ version: 5 }) })

  return new Map([
    ['1.root.json', write(root, testKey('root'))],
    ['timestamp.json', write(timestamp, testKey('timestamp'))],
    ['5.snapshot.json', write(snapshot, testKey('snapshot'))],
    ['4.targets.json', write(targets, testKey('targets'))],
    [`${city}.city.json`, write(cityTargets, ...cityKeys)],
  ])
}

function write(signed: Root | Timestamp | Snapshot | Targets, ...keys: TestKey[]): Uint8Array {
  const metadata = new Metadata(signed)
  for (const key of keys) {
    metadata.sign((data) => new Signature({ keyID: key.keyid, sig: toHex(key.sign(data)) }))
  }
  return utf8(JSON.stringify(metadata.toJSON()))
}

const client = (files: ReadonlyMap<string, Uint8Array>) => ({
  trustedRoot: files.get('1.root.json')!,
  kept: new Map<string, Uint8Array>(),
  fetch: (name: string) => Promise.resolve(files.get(name) ?? null),
  now,
})

describe('a repository of tuf-js’s models', () => {
  test('is accepted', async () => {
    const options = { ...client(tufJsRepository()), roles: ['city'] }
    const { trusted } = await refresh(options)
    const target = trusted.target('city/目录 1.json')!
    expect(target).toMatchObject({ role: 'city', length: content.length, custom: { inflated: 3 } })
    expect(() => verifyTarget(content, target)).not.toThrow()
    expect(verifyKept({ ...options, kept: trusted.files }).targetsOf('city')).toEqual([target])
  })

  test('is searched', async () => {
    const updater = new Updater(client(tufJsRepository()))
    await updater.refresh()
    expect(await updater.findTarget('city/目录 1.json')).toMatchObject({ role: 'city' })
    expect(await updater.findTarget('province/目录 1.json')).toBeUndefined()
  })

  test.each<[string, Choices, { role: string; code: string }]>([
    ['more signatures asked for than given', { threshold: 2 }, { role: 'targets', code: 'signature' }],
    ['another version than the snapshot names', { city: 8 }, { role: 'city', code: 'rollback' }],
    ['expired', { expires: '2026-01-02T00:00:00Z' }, { role: 'root', code: 'expired' }],
  ])('is refused: %s', async (_, choices, expected) => {
    await expect(refresh({ ...client(tufJsRepository(choices)), roles: ['city'] })).rejects.toMatchObject(expected)
  })

  test('gives a role no other paths than its own', async () => {
    const { trusted } = await refresh({ ...client(tufJsRepository({ paths: ['province/*'] })), roles: ['city'] })
    expect(trusted.targetsOf('city')).toEqual([])
  })

  test('is refused when a character is changed', async () => {
    const files = tufJsRepository()
    const text = new TextDecoder().decode(files.get('4.targets.json'))
    files.set('4.targets.json', utf8(text.replace('x-公告', 'x-公示')))
    await expect(refresh({ ...client(files), roles: ['city'] })).rejects.toMatchObject({ code: 'signature' })
  })
})

describe('our repository, by tuf-js’s models', () => {
  const { repo } = seenEdition()
  repo.role('city').extra = { 'x-注': ['"', '\\', 1, { b: null, a: true }] }
  repo.publish('root', 'city')
  const read = (role: string) => JSON.parse(new TextDecoder().decode(repo.metadata(role)))
  const root = Metadata.fromJSON(MetadataKind.Root, read('root'))
  const targets = Metadata.fromJSON(MetadataKind.Targets, read('targets'))

  test('is verified role by role', () => {
    root.verifyDelegate('root', root)
    root.verifyDelegate('timestamp', Metadata.fromJSON(MetadataKind.Timestamp, read('timestamp')))
    root.verifyDelegate('snapshot', Metadata.fromJSON(MetadataKind.Snapshot, read('snapshot')))
    root.verifyDelegate('targets', targets)
    const city = Metadata.fromJSON(MetadataKind.Targets, read('city'))
    targets.verifyDelegate('city', city)
    expect(() => targets.verifyDelegate('district-450103', city)).toThrow()
  })

  test('means the same to both', async () => {
    const { trusted } = await new TestBox(repo).refresh()
    for (const path of ['city/catalog.json.gz', 'district-450103/catalog.json.gz', 'province/x', 'city']) {
      const roles = Array.from(targets.signed.delegations!.rolesForTarget(path), ({ role }) => role)
      expect(roles, path).toEqual([trusted.target(path)?.role].filter(Boolean))
    }
  })
})
