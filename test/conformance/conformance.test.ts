import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { testKey, TestRepository, type TestRepositoryOptions } from '../../src/feed/tuf/testing/repository.ts'
import { keyKinds, mixedKey, type KeyKind } from './testing/keys.ts'
import { outcome, setScene, type Scene } from './testing/scene.ts'

/*
 * The command line against repositories of our own, over real HTTP. Every case begins with a client
 * that has seen the first edition, unless it says otherwise.
 */

const text = (value: string): Uint8Array => new TextEncoder().encode(value)

/** The first edition: a city and a district, each with a file. */
function firstEdition(options: TestRepositoryOptions = {}): TestRepository {
  const repo = new TestRepository({ key: mixedKey, expires: '2099-01-01T00:00:00Z', ...options })
  repo.addRole('city')
  repo.addRole('district')
  repo.addTarget('city', 'city/notice.txt', text('通知'))
  repo.addTarget('district', 'district/notice.txt', text('公告'))
  repo.publish('targets', 'city', 'district')
  return repo
}

let scene: Scene | undefined
afterEach(async () => {
  await scene?.end()
  scene = undefined
})

const meta = (part: Record<string, unknown>) => part.meta as Record<string, { version: number }>
const past = '2020-01-01T00:00:00Z'

interface Case {
  readonly options?: TestRepositoryOptions
  /** False: the client knows the root alone. Default true. */
  readonly seen?: boolean
  /** What happens to the repository. */
  readonly then?: (repo: TestRepository) => void
  /** Targets to download; default: refresh only. */
  readonly download?: readonly string[]
  /** `ok`, or what the client must say. */
  readonly gives: string
  /** What the client then trusts. */
  readonly trusts?: string
}

const before = 'city 1, root 1, snapshot 2, targets 2, timestamp 2'

const cases: Readonly<Record<string, Case>> = {
  'nothing new': { gives: 'ok', trusts: before },
  'a new edition': {
    then: (repo) => repo.publish('targets', 'city'),
    download: ['city/notice.txt'],
    gives: 'ok',
    trusts: 'city 2, root 1, snapshot 3, targets 3, timestamp 3',
  },

  // Signatures and thresholds.
  'a role signed by fewer than its threshold': {
    then: (repo) => {
      repo.role('city').signers = [mixedKey('city-1')]
      repo.publish('city')
    },
    download: ['city/notice.txt'],
    gives: 'city signature 5.6.3',
    trusts: 'city 1, root 1, snapshot 3, targets 2, timestamp 3',
  },
  'one key that signs under two keyids': {
    then: (repo) => {
      const key = mixedKey('city-1')
      repo.role('city').keys = [key, { ...key, keyid: 'again' }]
      repo.publish('targets', 'city')
    },
    download: ['city/notice.txt'],
    gives: 'city signature 5.6.3',
  },
  'a timestamp by another key': {
    then: (repo) => {
      repo.role('timestamp').signers = [{ ...mixedKey('timestamp-thief'), keyid: 'key-timestamp' }]
      repo.publish()
    },
    gives: 'timestamp signature 5.4.2',
    trusts: before,
  },
  'a root that the root before has not signed': {
    then: (repo) => {
      repo.rotate('root', testKey('thief'))
      repo.role('root').signers = [testKey('thief')]
      repo.publishOnly('root')
    },
    gives: 'root signature 5.3.4',
    trusts: before,
  },
  'a chain of three roots, RSA to Ed25519 to ECDSA': {
    then: (repo) => {
      repo.rotate('root', testKey('second'))
      repo.publishOnly('root')
      repo.rotate('root', keyKinds.ECDSA('third'))
      repo.publish('root')
    },
    gives: 'ok',
    trusts: 'city 1, root 3, snapshot 3, targets 2, timestamp 3',
  },

  // Expiry.
  'an expired root': {
    then: (repo) => {
      repo.role('root').expires = past
      repo.publishOnly('root')
    },
    gives: 'root expired 5.3.10',
    trusts: before.replace('root 1', 'root 2'),
  },
  'an expired timestamp': {
    then: (repo) => {
      repo.role('timestamp').expires = past
      repo.publish()
    },
    gives: 'timestamp expired 5.4.4',
    trusts: before,
  },
  'an expired snapshot': {
    then: (repo) => {
      repo.role('snapshot').expires = past
      repo.publish()
    },
    gives: 'snapshot expired 5.5.6',
    trusts: before.replace('timestamp 2', 'timestamp 3'),
  },
  'an expired role': {
    then: (repo) => {
      repo.role('city').expires = past
      repo.publish('city')
    },
    download: ['city/notice.txt'],
    gives: 'city expired 5.6.5',
  },

  // Rollback, mix and match, fast forward.
  'an older timestamp': {
    then: (repo) => repo.resign('timestamp', (s) => s.version--),
    gives: 'timestamp rollback 5.4.3.1',
    trusts: before,
  },
  'an older snapshot by a newer timestamp': {
    then: (repo) => {
      repo.resign('timestamp', (s) => {
        s.version++
        meta(s)['snapshot.json']!.version--
      })
    },
    gives: 'timestamp rollback 5.4.3.2',
    trusts: before,
  },
  'an older role by a newer snapshot': {
    then: (repo) => {
      repo.publish('targets')
      repo.resign('snapshot', (s) => (meta(s)['targets.json']!.version = 1))
      repo.publishOnly('timestamp')
    },
    gives: 'snapshot rollback 5.5.5',
    trusts: before.replace('timestamp 2', 'timestamp 4'),
  },
  'files of two editions mixed': {
    options: { hashes: false },
    then: (repo) => {
      const old = repo.metadata('targets')
      repo.publish('targets')
      repo.put('targets', old)
    },
    gives: 'targets rollback 5.6.4',
    trusts: 'city 1, root 1, snapshot 3, targets 2, timestamp 3',
  },
  'back from versions that a thief ran ahead to, by new keys': {
    then: (repo) => {
      repo.rotate('timestamp')
      repo.rotate('snapshot')
      repo.versions.set('timestamp', 0).set('snapshot', 0)
      repo.publish('root')
    },
    gives: 'ok',
    trusts: 'city 1, root 2, snapshot 1, targets 2, timestamp 1',
  },

  // Delegations.
  'a path that no pattern covers': {
    then: (repo) => {
      repo.addTarget('city', 'province/notice.txt', text('冒充'))
      repo.publish('city')
    },
    download: ['province/notice.txt'],
    gives: 'no role has signed for a target province/notice.txt',
  },
  'a star that crosses no slash': {
    then: (repo) => {
      repo.addTarget('city', 'city/deep/er/notice.txt', text('深'))
      repo.publish('city')
    },
    download: ['city/deep/er/notice.txt'],
    gives: 'no role has signed for a target city/deep/er/notice.txt',
  },
  'behind a terminating role nobody is asked': {
    then: (repo) => {
      repo.addRole('other', { paths: ['city/*'] })
      repo.addTarget('other', 'city/other.txt', text('另一个'))
      repo.publish('targets', 'other')
    },
    download: ['city/other.txt'],
    gives: 'no role has signed for a target city/other.txt',
  },
  'behind a role that does not terminate the next is asked': {
    then: (repo) => {
      repo.role('city').terminating = false
      repo.addRole('other', { paths: ['city/*'] })
      repo.addTarget('other', 'city/other.txt', text('另一个'))
      repo.publish('targets', 'other')
    },
    download: ['city/other.txt'],
    gives: 'ok',
  },
  'a role by the hash of its paths': {
    then: (repo) => {
      repo.addRole('bin', { pathHashPrefixes: Array.from('0123456789abcdef') })
      repo.addTarget('bin', 'any/where/at/all', text('箱'))
      repo.publish('targets', 'bin')
    },
    download: ['any/where/at/all'],
    gives: 'ok',
  },
  'a role whose name has a slash': {
    then: (repo) => {
      repo.addRole('../no way?#', { paths: ['odd/*'] })
      repo.addTarget('../no way?#', 'odd/a', text('奇'))
      repo.publish('targets', '../no way?#')
    },
    download: ['odd/a'],
    gives: 'ok',
    trusts: '../no way?# 1, city 1, root 1, snapshot 3, targets 3, timestamp 3',
  },

  // Targets.
  'a target whose bytes were changed': {
    then: (repo) => {
      for (const [name, bytes] of repo.files) if (name.endsWith('notice.txt')) bytes[0]! ^= 1
    },
    seen: false,
    download: ['city/notice.txt'],
    gives: 'city hash 5.7.3',
  },
  'a target that is longer than signed': {
    then: (repo) => {
      for (const name of repo.files.keys()) if (name.endsWith('notice.txt')) repo.files.set(name, text('通知。'))
    },
    seen: false,
    download: ['city/notice.txt'],
    gives: 'city length 5.7.3',
  },
  'a snapshot that is not consistent': {
    options: { consistentSnapshot: false },
    then: (repo) => repo.publish('city'),
    download: ['city/notice.txt', 'district/notice.txt'],
    gives: 'ok',
    trusts: 'city 2, district 1, root 1, snapshot 3, targets 2, timestamp 3',
  },
  'the second of two targets is nowhere': {
    seen: false,
    download: ['district/notice.txt', 'city/none', 'city/notice.txt'],
    gives: 'no role has signed for a target city/none',
    trusts: 'city 1, district 1, root 1, snapshot 2, targets 2, timestamp 2',
  },
}

describe('an edition is accepted or refused', () => {
  test.each(Object.entries(cases))('%s', async (_, { options, seen, then, download, gives, trusts }) => {
    const repo = firstEdition(options)
    scene = await setScene(repo)
    expect(await outcome(await scene.init())).toBe('ok')
    if (seen !== false) expect(await outcome(scene.download('city/notice.txt'))).toBe('ok')
    then?.(repo)
    expect(await outcome(download ? scene.download(...download) : scene.refresh())).toBe(gives)
    if (trusts) expect(await scene.trusted()).toBe(trusts)
  })
})

describe('keys', () => {
  const known: KeyKind[] = ['Ed25519', 'ECDSA', 'ECDSA by its old name', 'RSA-PSS']
  const refused: KeyKind[] = [
    'RSA too short',
    'ECDSA on another curve',
    'RSA that says it is ECDSA',
    'a scheme that nobody knows',
  ]

  test.each(known)('%s: holds, and no longer when a byte of the signature or of the file changed', async (kind) => {
    const repo = firstEdition()
    scene = await setScene(repo)
    repo.rotate('timestamp', keyKinds[kind]('timestamp'))
    repo.publish('root')
    expect(await outcome(await scene.init())).toBe('ok')
    expect(await outcome(scene.refresh())).toBe('ok')
    const honest = new TextDecoder().decode(repo.metadata('timestamp'))
    for (const changed of [
      honest.replace(/("sig":".{40})(.)/, (_, head: string, digit: string) => head + (digit === '0' ? '1' : '0')),
      honest.replace('2026-01-01', '2026-01-02'),
    ]) {
      expect(changed).not.toBe(honest)
      repo.put('timestamp', text(changed))
      expect(await outcome(scene.refresh())).toBe('timestamp signature 5.4.2')
    }
  })

  test.each(refused)('%s: counts as not having signed', async (kind) => {
    const repo = firstEdition()
    scene = await setScene(repo)
    repo.rotate('timestamp', keyKinds[kind]('timestamp'))
    repo.publish('root')
    await outcome(await scene.init())
    expect(await outcome(scene.refresh())).toBe('timestamp signature 5.4.2')
  })
})

describe('one role with two delegators', () => {
  /** Both `city` and `district` delegate to `shared`; each names the keys it believes. */
  async function sharedRole(districtBelieves: string): Promise<Scene> {
    const repo = firstEdition()
    const delegation = (...names: string[]) => ({
      keys: Object.fromEntries(
        names.map(mixedKey).map((k) => {
          const [keytype, scheme] = k.kind ?? ['ed25519', 'ed25519']
          return [k.keyid, { keytype, scheme, keyval: { public: k.publicValue } }]
        }),
      ),
      roles: [
        {
          ...{ name: 'shared', keyids: names.map((n) => mixedKey(n).keyid), threshold: 1 },
          ...{ terminating: false, paths: ['*/*'] },
        },
      ],
    })
    repo.addRole('shared', { keys: [mixedKey('shared-1')], threshold: 1, delegator: 'nobody' })
    repo.addTarget('shared', 'city/shared.txt', text('共享'))
    repo.addTarget('shared', 'district/shared.txt', text('共享'))
    repo.role('city').extra = { delegations: delegation('shared-1') }
    repo.role('district').extra = { delegations: delegation(districtBelieves) }
    repo.publish('city', 'district', 'shared')
    const set = await setScene(repo)
    await outcome(await set.init())
    return set
  }

  test('who believe the same key', async () => {
    scene = await sharedRole('shared-1')
    expect(await outcome(scene.download('city/shared.txt', 'district/shared.txt'))).toBe('ok')
    expect(scene.requests.filter((name) => name.includes('shared.json'))).toEqual(['metadata/1.shared.json'])
  })

  test('who believe different keys: what one has verified is no proof for the other', async () => {
    scene = await sharedRole('shared-2')
    expect(await outcome(scene.download('city/shared.txt', 'district/shared.txt'))).toBe('shared signature 5.6.3')
    expect(await scene.targets()).toEqual({ 'city%2Fshared.txt': '共享' })
  })
})

describe('targets on disk', () => {
  test('one that is there is not fetched again; a changed one, or a damaged copy, is', async () => {
    const repo = firstEdition()
    scene = await setScene(repo)
    const { requests } = scene
    const fetched = () => requests.splice(0).filter((path) => path.startsWith('targets/')).length
    await outcome(await scene.init())
    const command = scene.download('city/notice.txt', 'city/notice.txt')
    expect(await outcome(command)).toBe('ok')
    expect(fetched()).toBe(1)
    expect(await outcome(command)).toBe('ok')
    expect(fetched()).toBe(0)

    await writeFile(join(scene.targetDir, 'city%2Fnotice.txt'), '伪造')
    expect(await outcome(command)).toBe('ok')
    expect(fetched()).toBe(1)
    expect(await scene.targets()).toEqual({ 'city%2Fnotice.txt': '通知' })

    repo.addTarget('city', 'city/notice.txt', text('新通知'))
    repo.publish('city')
    expect(await outcome(command)).toBe('ok')
    expect(fetched()).toBe(1)
    expect(await scene.targets()).toEqual({ 'city%2Fnotice.txt': '新通知' })
  })

  test.each([
    ['city/政策 解读.txt', 'city%2F%E6%94%BF%E7%AD%96%20%E8%A7%A3%E8%AF%BB.txt'],
    ['city/a?b#c%2Fd&e+f', 'city%2Fa%3Fb%23c%252Fd%26e%2Bf'],
    ['city/..', 'city%2F..'],
    ['city/"quoted"\\back', 'city%2F%22quoted%22%5Cback'],
    ["city/-o'clock!", "city%2F-o'clock!"],
    ['city/𠮷', 'city%2F%F0%A0%AE%B7'],
  ])('a target named %s', async (path, file) => {
    const repo = firstEdition()
    repo.addTarget('city', path, text(path))
    repo.publish('city')
    scene = await setScene(repo)
    await outcome(await scene.init())
    expect(await outcome(scene.download(path))).toBe('ok')
    expect(await scene.targets()).toEqual({ [file]: path })
  })
})

describe('metadata on disk', () => {
  test.each(['timestamp', 'snapshot', 'targets', 'city'])('a damaged %s.json is fetched anew', async (role) => {
    const repo = firstEdition()
    scene = await setScene(repo)
    await outcome(await scene.init())
    await outcome(scene.download('city/notice.txt'))
    await writeFile(join(scene.metadataDir, `${role}.json`), '{"signatures":[],"signed":{}}')
    expect(await outcome(scene.download('city/notice.txt'))).toBe('ok')
    expect(await scene.trusted()).toBe(before)
  })

  test('a root that is not signed by itself', async () => {
    scene = await setScene(firstEdition())
    const forged = new TextDecoder().decode(firstEdition().trustedRoot).replace('"version":1', '"version":2')
    expect(await outcome(await scene.init(text(forged)))).toBe('ok')
    expect(await outcome(scene.refresh())).toBe('root signature 5.2')
    expect(scene.requests).toEqual([])
  })
})

describe('the executable', () => {
  const executable = join(import.meta.dirname, 'tuf-client')
  const run = (args: readonly string[]): Promise<{ code: number; said: string }> =>
    new Promise((done) => {
      execFile(executable, args, { cwd: tmpdir() }, (error, _, said) => {
        done({ code: error ? Number(error.code) : 0, said })
      })
    })

  test('works from any folder, and ends with 0 or with 1 and the reason', async () => {
    const repo = firstEdition()
    scene = await setScene(repo)
    expect(await run(await scene.init())).toEqual({ code: 0, said: '' })
    expect(await run(scene.refresh())).toEqual({ code: 0, said: '' })
    expect(await run(scene.download('city/notice.txt'))).toEqual({ code: 0, said: '' })
    expect(await scene.targets()).toEqual({ 'city%2Fnotice.txt': '通知' })

    repo.resign('timestamp', (s) => s.version--)
    const refused = await run(scene.refresh())
    expect(refused.code).toBe(1)
    expect(refused.said).toBe('TufError: timestamp: version 1 after 2 (TUF 5.4.3.1)\n')
  })

  test.each<[string, readonly string[]]>([
    ['which command?', ['--metadata-dir', 'x']],
    ['there is no command update', ['--metadata-dir', 'x', 'update']],
    ['--metadata-dir is needed, once', ['refresh']],
    ['--metadata-url needs a value', ['--metadata-dir', 'x', 'refresh', '--metadata-url']],
    ['there is no option --verbose', ['--metadata-dir', 'x', '--verbose', 'refresh']],
    ['download needs --target-name', ['--metadata-dir', 'x', 'download']],
    ['init needs the file of the trusted root', ['--metadata-dir', 'x', 'init']],
    ['too many words: refresh now', ['--metadata-dir', 'x', 'refresh', 'now']],
  ])('says what is wrong: %s', async (message, args) => {
    expect(await outcome(args)).toBe(message)
  })
})
