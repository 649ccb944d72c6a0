import { describe, expect, test } from 'vitest'
import { defaultVerifiers, verifyKept, type Verifiers } from './index.ts'
import { seenEdition, TestBox } from './testing/box.ts'
import { TestRepository } from './testing/repository.ts'

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
