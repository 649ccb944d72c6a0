import { describe, expect, test } from 'vitest'
import { seenEdition } from './testing/box.ts'
import { signed, testKey, type TestRepository, type TestRepositoryOptions } from './testing/repository.ts'

/** Changes the text of a metadata file, whatever that does to its signatures. */
function edit(repo: TestRepository, role: string, from: string, to: string): void {
  const text = new TextDecoder().decode(repo.metadata(role))
  if (!text.includes(from)) throw new Error(`${role} has no ${from}`)
  repo.put(role, new TextEncoder().encode(text.replace(from, to)))
}

interface Signatures {
  signatures: { keyid: string; sig: string }[]
}

/** Changes the list of signatures of a metadata file. */
function editSignatures(repo: TestRepository, role: string, change: (s: Signatures['signatures']) => unknown): void {
  const file = JSON.parse(new TextDecoder().decode(repo.metadata(role))) as Signatures
  change(file.signatures)
  repo.put(role, new TextEncoder().encode(JSON.stringify(file)))
}

/*
 * Elsewhere: gzip bombs and wrong inflated lengths in target.test.ts; files replaced on the box in kept.test.ts
 * and tv/sync/own-storage.test.ts; slow and endless answers of a server in tv/sync/http.test.ts.
 */

const meta = (part: Record<string, unknown>) => part.meta as Record<string, { version: number; length?: number }>
const thief = testKey('thief')
/** Nested deeper than any honest metadata, in a field that nobody reads. */
const deep = `"x":${'['.repeat(80)}${']'.repeat(80)},`

interface Attack {
  /** What the box must say. */
  readonly refused: string
  readonly attack: (repo: TestRepository) => void
  readonly options?: TestRepositoryOptions
}

/** What someone can do who controls the network or the server, and perhaps some keys. */
const attacks: Readonly<Record<string, Attack>> = {
  'timestamp: one byte changed': {
    refused: 'timestamp signature 5.4.2',
    attack: (repo) => edit(repo, 'timestamp', '2026-01-01', '2027-01-01'),
  },
  'timestamp: signed by a key that nobody named': {
    refused: 'timestamp signature 5.4.2',
    attack: (repo) => {
      repo.publish('city')
      repo.resign('timestamp', () => undefined, [{ ...thief, keyid: testKey('timestamp').keyid }])
    },
  },
  'timestamp: signed by the snapshot key': {
    refused: 'timestamp signature 5.4.2',
    attack: (repo) => repo.resign('timestamp', (s) => s.version++, [testKey('snapshot')]),
  },
  'timestamp: the one of yesterday again': {
    refused: 'timestamp rollback 5.4.3.1',
    attack: (repo) => repo.resign('timestamp', (s) => s.version--),
  },
  'timestamp: a new one that names an old snapshot': {
    refused: 'timestamp rollback 5.4.3.2',
    attack: (repo) =>
      repo.resign('timestamp', (s) => {
        s.version++
        meta(s)['snapshot.json']!.version--
      }),
  },
  'timestamp: expired': {
    refused: 'timestamp expired 5.4.4',
    attack: (repo) => {
      repo.role('timestamp').expires = '2026-01-02T00:00:00Z'
      repo.publish()
    },
  },
  'timestamp: none': {
    refused: 'timestamp missing 5.4.1',
    attack: (repo) => repo.files.delete('metadata/timestamp.json'),
  },
  'timestamp: without end': {
    refused: 'timestamp length 5.4.1',
    attack: (repo) => repo.put('timestamp', new Uint8Array(1_000_000).fill(0x20)),
  },
  'timestamp: empty': { refused: 'timestamp format 4', attack: (repo) => repo.put('timestamp', new Uint8Array(0)) },
  'timestamp: cut off': {
    refused: 'timestamp format 4',
    attack: (repo) => repo.put('timestamp', repo.metadata('timestamp').subarray(0, 300)),
  },
  'timestamp: the page of a captive portal': {
    refused: 'timestamp format 4',
    attack: (repo) => repo.put('timestamp', new TextEncoder().encode('<!doctype html><title>请登录</title>')),
  },
  'timestamp: a snapshot that the timestamp key has signed too': {
    refused: 'timestamp format 4',
    attack: (repo) => {
      const part = { ...repo.signedOf('snapshot'), meta: { 'snapshot.json': { version: 9 } }, version: 9 }
      repo.put('timestamp', signed(part, [testKey('timestamp')]))
    },
  },
  'timestamp: specification 2': {
    refused: 'timestamp format 4',
    attack: (repo) => repo.resign('timestamp', (s) => (s.spec_version = '2.0.0')),
  },
  'timestamp: duplicate key': {
    refused: 'timestamp format 4',
    attack: (repo) => edit(repo, 'timestamp', '"version"', '"version":99,"version"'),
  },
  'timestamp: deep nesting': {
    refused: 'timestamp format 4',
    attack: (repo) => edit(repo, 'timestamp', '"_type"', `${deep}"_type"`),
  },
  'timestamp: a version beyond 2^53': {
    refused: 'timestamp format 4',
    attack: (repo) => edit(repo, 'timestamp', '"version":', '"version":9999999999999999'),
  },
  'timestamp: version 0': {
    refused: 'timestamp format 4',
    attack: (repo) => repo.resign('timestamp', (s) => (s.version = 0)),
  },
  'timestamp: an expiry that no calendar has': {
    refused: 'timestamp format 4',
    attack: (repo) => repo.resign('timestamp', (s) => (s.expires = '2030-02-31T00:00:00Z')),
  },
  'timestamp: no signatures at all': {
    refused: 'timestamp signature 5.4.2',
    attack: (repo) => editSignatures(repo, 'timestamp', (s) => s.pop()),
  },

  'snapshot: one byte changed': {
    refused: 'snapshot hash 5.5.2',
    attack: (repo) => {
      repo.publish('city')
      edit(repo, 'snapshot', '"version":1', '"version":2')
    },
  },
  'snapshot: another length than signed': {
    refused: 'snapshot length 5.5.2',
    attack: (repo) => {
      repo.publish('city')
      repo.put('snapshot', repo.metadata('snapshot').subarray(1))
    },
  },
  'snapshot: longer than signed': {
    refused: 'snapshot length 5.5.1',
    attack: (repo) => {
      repo.publish('city')
      edit(repo, 'snapshot', '{', '{ ')
    },
  },
  'snapshot: with a length from the timestamp beyond the limit': {
    refused: 'snapshot length 5.5.1',
    attack: (repo) => {
      repo.publish('city')
      repo.put('snapshot', new Uint8Array(3_000_000))
      repo.resign('timestamp', (s) => (meta(s)['snapshot.json']!.length = 3_000_000))
    },
  },
  'snapshot: signed by the timestamp key': {
    refused: 'snapshot signature 5.5.3',
    attack: (repo) => {
      repo.publish('city')
      repo.resign('snapshot', () => undefined, [testKey('timestamp')])
      repo.publishOnly('timestamp')
    },
  },
  'snapshot: another version than announced': {
    refused: 'snapshot rollback 5.5.4',
    options: { hashes: false },
    attack: (repo) => {
      const old = repo.metadata('snapshot')
      repo.publish('city')
      repo.put('snapshot', old)
    },
  },
  'snapshot: a role goes back (stolen snapshot and timestamp keys)': {
    refused: 'snapshot rollback 5.5.5',
    attack: (repo) => {
      repo.publish('city')
      repo.resign('snapshot', (s) => (meta(s)['targets.json']!.version = 1))
      repo.publishOnly('timestamp')
    },
  },
  'snapshot: a role disappears': {
    refused: 'snapshot rollback 5.5.5',
    attack: (repo) => {
      repo.removeRole('district-450103')
      repo.publish()
    },
  },
  'snapshot: expired': {
    refused: 'snapshot expired 5.5.6',
    attack: (repo) => {
      repo.role('snapshot').expires = '2026-01-01T23:59:59Z'
      repo.publish()
    },
  },
  'snapshot: none': {
    refused: 'snapshot missing 5.5.1',
    attack: (repo) => {
      repo.publish('city')
      repo.files.delete(`metadata/${repo.fileName('snapshot')}`)
    },
  },
  'snapshot: does not list targets': {
    refused: 'snapshot rollback 5.5.5',
    attack: (repo) => {
      repo.publish('city')
      repo.resign('snapshot', (s) => delete meta(s)['targets.json'])
      repo.publishOnly('timestamp')
    },
  },

  'targets: the old file under the new name': {
    refused: 'targets rollback 5.6.4',
    options: { hashes: false },
    attack: (repo) => {
      const old = repo.metadata('targets')
      repo.publish('targets')
      repo.put('targets', old)
    },
  },
  'targets: one byte changed': {
    refused: 'targets hash 5.6.2',
    attack: (repo) => {
      repo.publish('targets')
      edit(repo, 'targets', '"terminating":true', '"terminating":null')
    },
  },
  'targets: signed by the snapshot key': {
    refused: 'targets signature 5.6.3',
    attack: (repo) => {
      repo.role('targets').signers = [testKey('snapshot'), testKey('timestamp'), testKey('city-1')]
      repo.publish('targets')
    },
  },
  'targets: expired': {
    refused: 'targets expired 5.6.5',
    attack: (repo) => {
      repo.role('targets').expires = '2025-12-31T00:00:00Z'
      repo.publish('targets')
    },
  },
  'targets: none': {
    refused: 'targets missing 5.6.1',
    attack: (repo) => {
      repo.publish('targets')
      repo.files.delete(`metadata/${repo.fileName('targets')}`)
    },
  },
  'targets: a role named like a top-level one': {
    refused: 'targets format 4',
    attack: (repo) => {
      repo.addRole('timestamp', { keys: [testKey('timestamp')], threshold: 1 })
      repo.publish('targets')
    },
  },
  'targets: a role named like a kept root': {
    refused: 'targets format 4',
    attack: (repo) => {
      repo.addRole('2.root')
      repo.publish('targets')
    },
  },
  'targets: a delegation with both kinds of paths': {
    refused: 'targets format 4',
    attack: (repo) => {
      repo.resign('targets', (s) => {
        const { roles } = s.delegations as { roles: Record<string, unknown>[] }
        roles[0]!.path_hash_prefixes = ['']
      })
      repo.publish()
    },
  },
  'targets: a delegation that names a key twice, to make two of it': {
    refused: 'targets format 4',
    attack: (repo) => {
      repo.role('city').keys = [testKey('city-1'), testKey('city-1')]
      repo.publish('targets')
    },
  },

  'role: one stolen key of a threshold of two': {
    refused: 'city signature 5.6.3',
    attack: (repo) => {
      repo.role('city').signers = [testKey('city-2')]
      repo.publish('city')
    },
  },
  'role: one stolen key that signs twice': {
    refused: 'city format 4',
    attack: (repo) => {
      repo.role('city').signers = [testKey('city-2'), testKey('city-2')]
      repo.publish('city')
    },
  },
  'role: one stolen key that signs for another keyid': {
    refused: 'city signature 5.6.3',
    attack: (repo) => {
      const stolen = testKey('city-2')
      repo.role('city').signers = [stolen, { ...stolen, keyid: testKey('city-1').keyid }]
      repo.publish('city')
    },
  },
  'role: one key that stands under two keyids': {
    refused: 'city signature 5.6.3',
    attack: (repo) => {
      const key = testKey('city-1')
      repo.role('city').keys = [key, { ...key, keyid: 'again', publicValue: key.publicValue.toUpperCase() }]
      repo.publish('targets', 'city')
    },
  },
  'role: signed by the keys of another role': {
    refused: 'city signature 5.6.3',
    attack: (repo) => {
      repo.role('city').signers = [1, 2, 3].map((n) => testKey(`district-450103-${n}`))
      repo.publish('city')
    },
  },
  'role: metadata of another role in its place': {
    refused: 'city signature 5.6.3',
    options: { hashes: false },
    attack: (repo) => {
      repo.publish('city', 'district-450103')
      repo.put('city', repo.metadata('district-450103'))
    },
  },
  'role: expired': {
    refused: 'district-450103 expired 5.6.5',
    attack: (repo) => {
      repo.role('district-450103').expires = '2026-01-02T00:00:00Z'
      repo.publish('district-450103')
    },
  },
  'role: none': {
    refused: 'district-450103 missing 5.6.1',
    attack: (repo) => {
      repo.publish('district-450103')
      repo.files.delete(`metadata/${repo.fileName('district-450103')}`)
    },
  },

  'root: not signed by the root before': {
    refused: 'root signature 5.3.4',
    attack: (repo) => {
      repo.role('root').keys = [thief]
      repo.role('root').signers = [thief]
      repo.publishOnly('root')
    },
  },
  'root: not signed by itself': {
    refused: 'root signature 5.3.4',
    attack: (repo) => {
      repo.role('root').keys = [thief]
      repo.role('root').signers = [testKey('root')]
      repo.publishOnly('root')
    },
  },
  'root: skips a version': {
    refused: 'root rollback 5.3.5',
    attack: (repo) => {
      repo.publishOnly('root')
      repo.resign('root', (s) => (s.version = 3))
    },
  },
  'root: the same version again': {
    refused: 'root rollback 5.3.5',
    attack: (repo) => {
      repo.publishOnly('root')
      repo.resign('root', (s) => (s.version = 1))
    },
  },
  'root: expired': {
    refused: 'root expired 5.3.10',
    attack: (repo) => {
      repo.role('root').expires = '2026-01-02T00:00:00Z'
      repo.publish('root')
    },
  },
  'root: without end': {
    refused: 'root length 5.3.3',
    attack: (repo) => repo.files.set('metadata/2.root.json', new Uint8Array(600_000)),
  },
  'root: lacks a role': {
    refused: 'root format 4',
    attack: (repo) => {
      repo.publishOnly('root')
      repo.resign('root', (s) => delete (s.roles as Record<string, unknown>).timestamp)
    },
  },
  'root: threshold 0': {
    refused: 'root format 4',
    attack: (repo) => {
      repo.role('timestamp').threshold = 0
      repo.publishOnly('root')
    },
  },
  'a key that a new root no longer names': {
    refused: 'timestamp signature 5.4.2',
    attack: (repo) => {
      repo.rotate('timestamp')
      repo.role('timestamp').signers = [testKey('timestamp')]
      repo.publish('root')
    },
  },
}

describe('refused, and nothing is lost', () => {
  test.each(Object.entries(attacks))('%s', async (_, { attack, refused, options }) => {
    const { repo, box } = seenEdition(options)
    const files = new Map(box.files)
    attack(repo)
    const { role, code, clause, message } = await box.refusal()
    expect(`${role} ${code} ${clause}`, message).toBe(refused)
    expect(box.files).toEqual(files)
  })
})

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** What a metadata file can be made into by whoever serves it, and what the box says to that. */
const damages: Readonly<Record<string, { readonly code: string; readonly damage: (file: string) => string }>> = {
  'without end': { code: 'length', damage: (file) => file + ' '.repeat(6_000_000) },
  'cut off in the middle': { code: 'format', damage: (file) => file.slice(0, file.length / 2) },
  'cut off by one character': { code: 'format', damage: (file) => file.slice(0, -1) },
  'empty': { code: 'format', damage: () => '' },
  'followed by more': { code: 'format', damage: (file) => `${file}{}` },
  'with a duplicate key': { code: 'format', damage: (file) => file.replace('"version":', '"version":9,"version":') },
  'with a duplicate key in other writing': {
    code: 'format',
    damage: (file) => file.replace('"version":', '"v\\u0065rsion":9,"version":'),
  },
  'with two signed parts': { code: 'format', damage: (file) => file.replace('{', '{"signed":{},') },
  'nested eighty deep': { code: 'format', damage: (file) => file.replace('"_type"', `${deep}"_type"`) },
  'nested a hundred thousand deep': {
    code: 'format',
    damage: (file) => file.replace('"_type"', `"x":${'['.repeat(100_000)}${']'.repeat(100_000)},"_type"`),
  },
  'with a version beyond 2^53': {
    code: 'format',
    damage: (file) => file.replace('"version":', '"version":9007199254740993'),
  },
  'with a version of a thousand digits': {
    code: 'format',
    damage: (file) => file.replace('"version":', `"version":${'9'.repeat(1000)}`),
  },
  'with a version like 1e0': { code: 'format', damage: (file) => file.replace(/"version":\d+/, '"version":1e0') },
  'with a negative version': { code: 'format', damage: (file) => file.replace('"version":', '"version":-') },
}

const limitClauses = { root: '5.3.3', timestamp: '5.4.1', snapshot: '5.5.1', targets: '5.6.1', city: '5.6.1' } as const

describe.each(Object.entries(limitClauses))('%s', (role, limitClause) => {
  test.each(Object.entries(damages))('%s', async (_, { code, damage }) => {
    // Without signed hashes, which would refuse all of it before it is read.
    const { repo, box } = seenEdition({ hashes: false })
    const files = new Map(box.files)
    if (role === 'timestamp') repo.publish()
    else repo.publish(role)
    const honest = text(repo.metadata(role))
    expect(damage(honest)).not.toBe(honest)
    repo.put(role, new TextEncoder().encode(damage(honest)))
    const refused = await box.refusal()
    // A timestamp is so small that what is deep or endless is first of all too long.
    const clause = refused.code === 'length' ? limitClause : '4'
    const isLong = damage(honest).length > (role === 'timestamp' ? 16_384 : 512_000)
    expect(`${refused.role} ${refused.code} ${refused.clause}`, refused.message).toBe(
      `${role} ${isLong ? 'length' : code} ${clause}`,
    )
    expect(box.files).toEqual(files)

    // And once the honest file is there again, all goes on.
    repo.put(role, new TextEncoder().encode(honest))
    expect((await box.refresh()).trusted.versions.get(role)).toBe(repo.versions.get(role))
  })
})

describe('a clock', () => {
  const right = new Date('2026-01-02T00:00:00Z')

  test.each<[string, Date, string]>([
    ['of 1970 changes nothing: versions keep old editions out', new Date(0), 'ok'],
    ['that runs a year behind', new Date('2025-01-01T00:00:00Z'), 'ok'],
    ['a second before the expiry', new Date('2029-12-31T23:59:59Z'), 'ok'],
    ['at the expiry', new Date('2030-01-01T00:00:00Z'), 'root expired 5.3.10'],
    ['far ahead', new Date('2099-01-01T00:00:00Z'), 'root expired 5.3.10'],
    ['that is none', new Date(NaN), 'root expired 5.3.10'],
  ])('%s', async (_, now, expected) => {
    const { repo, box } = seenEdition()
    repo.publish('city')
    box.now = now
    if (expected === 'ok') expect((await box.refresh()).trusted.versions.get('city')).toBe(2)
    else {
      const { role, code, clause } = await box.refusal()
      expect(`${role} ${code} ${clause}`).toBe(expected)
    }
    // Back at the right time the box takes the next edition, and still no older one.
    box.now = right
    repo.publish('city')
    expect((await box.refresh()).trusted.versions.get('city')).toBe(3)
    repo.resign('timestamp', (s) => s.version--)
    expect((await box.refusal()).code).toBe('rollback')
  })
})
