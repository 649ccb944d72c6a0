import { describe, expect, test } from 'vitest'
import { defaultVerifiers, verifyKept, type Verifiers } from './index.ts'
import { seenEdition, TestBox } from './testing/box.ts'
import { testKey, TestRepository } from './testing/repository.ts'

/** A fetch that has no network after these files. */
const offlineAfter = (repo: TestRepository, ...names: string[]) => (name: string, maxLength: number) =>
  names.includes(name) ? repo.fetchMetadata(name, maxLength) : Promise.reject(new Error(`offline: ${name}`))

/** Verifies what a box keeps, as it does when it starts. */
const reopen = (box: TestBox) => verifyKept({ trustedRoot: box.trustedRoot, kept: box.files, roles: box.roles })

describe('what is fetched', () => {
  test('everything once, by an empty box', async () => {
    const { repo } = seenEdition()
    const box = new TestBox(repo)
    const { changed, trusted } = await box.refresh()
    expect(repo.requests).toEqual([
      '2.root.json',
      'timestamp.json',
      '2.snapshot.json',
      '2.targets.json',
      '1.city.json',
      '1.district-450103.json',
    ])
    expect(changed).toBe(true)
    expect(Object.fromEntries(trusted.versions)).toEqual({
      root: 1,
      timestamp: 2,
      snapshot: 2,
      targets: 2,
      city: 1,
      'district-450103': 1,
    })
    expect(trusted.signedAt).toBe('2026-01-01T00:00:00Z')
    expect(trusted.expires.get('city')).toBe('2030-01-01T00:00:00Z')
    expect(trusted.refused).toEqual([])
    expect(trusted.files).toEqual(repo.keptFiles('city', 'district-450103'))
  })

  test('nothing but root and timestamp, when nothing changed', async () => {
    const { repo, box } = seenEdition()
    expect((await box.refresh()).changed).toBe(false)
    expect(repo.requests).toEqual(['2.root.json', 'timestamp.json'])
  })

  test('only what changed', async () => {
    const { repo, box } = seenEdition()
    repo.asOf = '2026-01-02T00:00:00Z'
    repo.publish('city')
    const { changed, trusted } = await box.refresh()
    expect(repo.requests).toEqual(['2.root.json', 'timestamp.json', '3.snapshot.json', '2.city.json'])
    expect(changed).toBe(true)
    expect(trusted.signedAt).toBe('2026-01-02T00:00:00Z')
  })

  test('plain names, when snapshots are not consistent', async () => {
    const { repo, box } = seenEdition({ consistentSnapshot: false })
    const { trusted } = await new TestBox(repo).refresh()
    expect(repo.requests.slice(2)).toEqual(['snapshot.json', 'targets.json', 'city.json', 'district-450103.json'])
    expect(trusted.locationOf(trusted.target('city/catalog.json.gz')!)).toBe('city/catalog.json.gz')
    repo.publish('city')
    expect((await box.refresh()).changed).toBe(true)
  })

  test('no more than its signed length, or its limit', async () => {
    const { repo } = seenEdition()
    const asked: [string, number][] = []
    await new TestBox(repo).refresh({
      limits: { timestampLength: 5000 },
      fetch: (name, maxLength) => {
        asked.push([name, maxLength])
        return repo.fetchMetadata(name, maxLength)
      },
    })
    expect(asked).toEqual([
      ['2.root.json', 512_000],
      ['timestamp.json', 5000],
      ['2.snapshot.json', repo.metadata('snapshot').length],
      ['2.targets.json', repo.metadata('targets').length],
      ['1.city.json', repo.metadata('city').length],
      ['1.district-450103.json', repo.metadata('district-450103').length],
    ])
  })

  test('names of roles are percent-encoded', async () => {
    const repo = new TestRepository()
    repo.addRole('../部门?', { paths: ['x/*'] })
    repo.publish('targets', '../部门?')
    const { trusted } = await new TestBox(repo, ['../部门?']).refresh()
    expect(repo.requests.at(-1)).toBe('1...%2F%E9%83%A8%E9%97%A8%3F.json')
    expect(Array.from(trusted.files.keys())).toContain('..%2F%E9%83%A8%E9%97%A8%3F.json')
  })
})

describe('timestamp first', () => {
  const timestampFirst = true

  test('one request, when nothing changed', async () => {
    const { repo, box } = seenEdition()
    const { changed, trusted } = await box.refresh({ timestampFirst })
    expect(repo.requests).toEqual(['timestamp.json'])
    expect(changed).toBe(false)
    expect(trusted.target('city/catalog.json.gz')?.role).toBe('city')
  })

  test('the timestamp is not fetched twice, when something changed', async () => {
    const { repo, box } = seenEdition()
    repo.publish('city')
    expect((await box.refresh({ timestampFirst })).changed).toBe(true)
    expect(repo.requests).toEqual(['timestamp.json', '2.root.json', '3.snapshot.json', '2.city.json'])
  })

  test('a frozen repository hides no longer than its expiry', async () => {
    const { box } = seenEdition()
    box.now = new Date('2030-01-01T00:00:00Z')
    expect(await box.refusal({ timestampFirst })).toMatchObject({ code: 'expired', role: 'root' })
  })

  test.each(['snapshot.json', 'targets.json', 'city.json'])('a damaged %s is fetched again', async (name) => {
    const { repo, box } = seenEdition()
    box.files.set(name, box.files.get(name)!.slice(0, -1))
    const { changed, trusted } = await box.refresh({ timestampFirst })
    expect(changed).toBe(true)
    expect(trusted.files).toEqual(repo.keptFiles(...box.roles))
    expect(trusted.refused.map((e) => e.role)).toEqual([name.slice(0, -5)])
  })

  test('a role that the box did not follow before is fetched', async () => {
    const { repo, box } = seenEdition()
    box.files.delete('city.json')
    await box.refresh({ timestampFirst })
    expect(repo.requests).toEqual(['timestamp.json', '2.root.json', '1.city.json'])
  })
})

describe('signatures that are accepted', () => {
  test('a threshold among signatures that say nothing', async () => {
    const { repo, box } = seenEdition()
    repo.publish('city')
    const file = JSON.parse(new TextDecoder().decode(repo.metadata('city'))) as { signatures: { sig: string }[] }
    file.signatures[1]!.sig = ''
    file.signatures.push(...['zz', '00', 'f'].map((sig, i) => ({ keyid: `nobody-${i}`, sig })))
    repo.put('city', new TextEncoder().encode(JSON.stringify(file)))
    repo.publish()
    expect((await box.refresh()).trusted.versions.get('city')).toBe(2)
  })

  test('white space and order of the JSON do not matter', async () => {
    const { repo, box } = seenEdition()
    repo.publish()
    const { signatures, signed } = JSON.parse(new TextDecoder().decode(repo.metadata('timestamp'))) as {
      signatures: unknown
      signed: Record<string, unknown>
    }
    const backwards = Object.fromEntries(Object.entries(signed).reverse())
    repo.put('timestamp', new TextEncoder().encode(JSON.stringify({ signed: backwards, signatures }, null, 4)))
    expect((await box.refresh()).changed).toBe(true)
  })

  test('fields that the specification does not know are tolerated, and covered by the signature', async () => {
    const { repo, box } = seenEdition()
    repo.role('city').extra = { 'x-note': { a: [1, '二', null] } }
    repo.publish('city')
    expect((await box.refresh()).trusted.versions.get('city')).toBe(2)
    repo.publish('city')
    const text = new TextDecoder().decode(repo.metadata('city'))
    repo.put('city', new TextEncoder().encode(text.replace('二', '三')))
    repo.publish()
    expect(await box.refusal()).toMatchObject({ code: 'signature', role: 'city' })
  })

  test('keys of a scheme that is plugged in', async () => {
    const repo = new TestRepository()
    const verifiers: Verifiers = {
      ...defaultVerifiers,
      'test/first-byte': (key, _message, signature) => key === String(signature[0]),
    }
    repo.resign('root', (s) => {
      const keys = s.keys as Record<string, unknown>
      keys['key-targets'] = { keytype: 'test', scheme: 'first-byte', keyval: { public: '7' } }
    })
    const file = JSON.parse(new TextDecoder().decode(repo.metadata('targets'))) as { signatures: { sig: string }[] }
    file.signatures[0]!.sig = '07'
    repo.put('targets', new TextEncoder().encode(JSON.stringify(file)))
    repo.publish()
    const box = new TestBox(repo, [])
    expect(await box.refusal()).toMatchObject({ code: 'signature', role: 'targets' })
    expect((await box.refresh({ verifiers })).changed).toBe(true)
  })
})

describe('root', () => {
  test('a chain of rotations is followed, kept, and verified again from the shipped root', async () => {
    const { repo, box } = seenEdition()
    for (const name of ['second', 'third', 'fourth']) {
      repo.rotate('root', testKey(name))
      repo.publishOnly('root')
    }
    repo.publish()
    const { trusted } = await box.refresh()
    expect(trusted.versions.get('root')).toBe(4)
    expect(Array.from(trusted.files.keys()).slice(0, 3)).toEqual(['2.root.json', '3.root.json', '4.root.json'])
    expect(reopen(box).versions).toEqual(trusted.versions)
    await box.refresh()
    expect(repo.requests).toEqual(['5.root.json', 'timestamp.json'])
  })

  test('an expired link of the chain does not matter', async () => {
    const { repo, box } = seenEdition()
    repo.role('root').expires = '2025-01-01T00:00:00Z'
    repo.publishOnly('root')
    repo.role('root').expires = '2030-01-01T00:00:00Z'
    repo.publish('root')
    expect((await box.refresh()).trusted.versions.get('root')).toBe(3)
  })

  test('one refresh follows no more than the limit', async () => {
    const { repo, box } = seenEdition()
    for (let i = 0; i < 3; i++) repo.publishOnly('root')
    expect((await box.refresh({ limits: { rootRotations: 2 } })).trusted.versions.get('root')).toBe(3)
    expect((await box.refresh({ limits: { rootRotations: 2 } })).trusted.versions.get('root')).toBe(4)
  })

  test('a new root is not lost when the refresh fails after it', async () => {
    const { repo, box } = seenEdition()
    repo.publish('root', 'city')
    const fetch = offlineAfter(repo, '2.root.json', '3.root.json')
    await expect(box.refresh({ fetch })).rejects.toThrow('offline: timestamp.json')
    expect(Array.from(box.since.keys())).toEqual(['2.root.json'])
    await box.refresh()
    expect(repo.requests[0]).toBe('3.root.json')
  })

  test('a newer root that is shipped with the app takes the place of the kept chain', async () => {
    const { repo, box } = seenEdition()
    repo.publish('root')
    repo.publish('root')
    await box.refresh()
    const newer = new TestBox(repo, box.roles, repo.metadata('root'))
    newer.files = box.files
    const { trusted } = await newer.refresh()
    expect(repo.requests).toEqual(['4.root.json', 'timestamp.json'])
    expect(Array.from(trusted.files.keys())).not.toContain('2.root.json')
    expect(reopen(newer).versions.get('root')).toBe(3)
  })
})

describe('fast-forward recovery (5.3.11)', () => {
  /** Whoever stole the online keys has shown the box versions that no honest publisher reaches. */
  async function fastForwarded() {
    const { repo, box } = seenEdition()
    repo.versions.set('snapshot', 1000)
    repo.versions.set('timestamp', 1000)
    repo.publish('city')
    await box.refresh()
    repo.versions.set('snapshot', 3)
    repo.versions.set('timestamp', 3)
    return { repo, box }
  }

  test('without new keys the box stays where it was led', async () => {
    const { repo, box } = await fastForwarded()
    repo.publish()
    expect(await box.refusal()).toMatchObject({ code: 'rollback', clause: '5.4.3.1' })
  })

  test.each([
    ['both keys', ['timestamp', 'snapshot']],
    ['the snapshot key', ['snapshot']],
    ['the timestamp key', ['timestamp']],
  ])('new keys lead it back: %s', async (_, rotated) => {
    const { repo, box } = await fastForwarded()
    for (const role of rotated) repo.rotate(role)
    repo.publish('root')
    const { trusted } = await box.refresh()
    expect(trusted.versions.get('timestamp')).toBe(4)
    expect(trusted.versions.get('snapshot')).toBe(4)
    expect(reopen(box).versions).toEqual(trusted.versions)
  })

  test('also when the key is only added, and the refresh is cut off behind the root', async () => {
    const { repo, box } = await fastForwarded()
    repo.rotate('timestamp', testKey('timestamp'), testKey('second'))
    repo.publish('root')
    await expect(box.refresh({ fetch: offlineAfter(repo, '2.root.json') })).rejects.toThrow('offline')
    expect(Array.from(box.since)).toMatchObject([
      ['timestamp.json', null],
      ['snapshot.json', null],
      ['2.root.json', {}],
    ])
    // What is shown was signed by the keys of its day, and is still verified by them.
    expect(reopen(box).versions.get('snapshot')).toBe(1001)
    expect((await box.refresh()).trusted.versions.get('snapshot')).toBe(4)
  })
})

describe('timestamp of the same version', () => {
  test('changes nothing, whatever it says', async () => {
    const { repo, box } = seenEdition()
    const before = new Map(box.files)
    repo.publish('city')
    repo.resign('timestamp', (s) => (s.version = 2))
    const { changed } = await box.refresh()
    expect(changed).toBe(false)
    expect(box.files).toEqual(before)
  })

  test('takes the place of one that a new root thinks too little signed', async () => {
    const { repo, box } = seenEdition()
    repo.rotate('timestamp', testKey('a'), testKey('b'))
    repo.role('timestamp').signers = [testKey('a')]
    repo.publish('root')
    await box.refresh()
    repo.role('timestamp').threshold = 2
    repo.publishOnly('root')
    repo.resign('timestamp', () => undefined, [testKey('a'), testKey('b')])
    const { trusted } = await box.refresh()
    expect(trusted.versions.get('timestamp')).toBe(3)
    expect(reopen(box).versions.get('root')).toBe(3)
  })
})

describe('followed roles', () => {
  test('one without delegation, or not published yet, is absent and no error', async () => {
    const { repo, box } = seenEdition()
    repo.addRole('district-450105')
    repo.publish('targets')
    const roles = [...box.roles, 'district-450105', 'district-450107']
    const { trusted } = await box.refresh({ roles })
    expect(trusted.absent).toEqual(['district-450105', 'district-450107'])
    expect(verifyKept({ ...box, kept: box.files, roles }).absent).toEqual(trusted.absent)
  })

  test('a role may sign for its own paths alone', async () => {
    const { repo, box } = seenEdition()
    repo.addTarget('city', 'district-450103/catalog.json.gz', new TextEncoder().encode('forged'))
    repo.addTarget('city', 'province/catalog.json.gz', new TextEncoder().encode('forged'))
    repo.addTarget('city', 'city/a/b/c', new TextEncoder().encode('too deep'))
    repo.publish('city')
    const { trusted } = await box.refresh()
    expect(trusted.targetsOf('city').map((t) => t.path)).toEqual(['city/catalog.json.gz'])
    expect(trusted.target('district-450103/catalog.json.gz')?.role).toBe('district-450103')
    expect(trusted.target('province/catalog.json.gz')).toBeUndefined()
    expect(trusted.target('city/a/b/c')).toBeUndefined()
  })

  test('of two roles that may sign for a path, the first has the word', async () => {
    const { repo, box } = seenEdition()
    repo.addRole('later', { paths: ['city/*', 'later/*'] })
    repo.addTarget('later', 'city/catalog.json.gz', new TextEncoder().encode('later'))
    repo.addTarget('later', 'later/x', new TextEncoder().encode('later'))
    repo.publish('targets', 'later')
    const { trusted } = await box.refresh({ roles: [...box.roles, 'later'] })
    expect(trusted.target('city/catalog.json.gz')?.role).toBe('city')
    expect(trusted.targetsOf('later').map((t) => t.path)).toEqual(['later/x'])
  })

  test('what a role before it might say is not guessed', async () => {
    const { repo, box } = seenEdition()
    repo.addRole('first', { paths: ['city/*'], terminating: false })
    repo.roles.delete('city')
    repo.addRole('city')
    repo.publish('targets', 'first')
    // `first` stands before `city` and is not followed: it may have another catalogue.
    expect((await box.refresh()).trusted.target('city/catalog.json.gz')).toBeUndefined()
    const { trusted } = await box.refresh({ roles: ['first', 'city'] })
    expect(trusted.target('city/catalog.json.gz')?.role).toBe('city')
  })

  test('no targets of a role that is not followed', async () => {
    const { box } = seenEdition()
    const { trusted } = await box.refresh({ roles: ['city'] })
    expect(trusted.targetsOf('district-450103')).toEqual([])
    expect(trusted.target('district-450103/catalog.json.gz')).toBeUndefined()
  })
})

describe('clock', () => {
  test('tells which roles have expired at a time', async () => {
    const { repo, box } = seenEdition()
    repo.role('timestamp').expires = '2026-01-05T00:00:00Z'
    repo.publish()
    const { trusted } = await box.refresh()
    expect(trusted.expiredAt(new Date('2026-01-04T23:59:59Z'))).toEqual([])
    expect(trusted.expiredAt(new Date('2026-01-05T00:00:00Z'))).toEqual(['timestamp'])
    expect(trusted.expiredAt(new Date('2031-01-01T00:00:00Z'))).toHaveLength(6)
  })

  test('one that is no time counts as expired', async () => {
    const { box } = seenEdition()
    box.now = new Date(NaN)
    expect(await box.refusal()).toMatchObject({ code: 'expired', role: 'root' })
  })
})

test('pauses before each file that is verified', async () => {
  const { repo } = seenEdition()
  let pauses = 0
  await new TestBox(repo).refresh({
    pause: () => {
      pauses++
      return Promise.resolve()
    },
  })
  // Shipped root, timestamp, snapshot, targets, two roles.
  expect(pauses).toBe(6)
})
