import { describe, expect, test } from 'vitest'
import { verifyKept } from './index.ts'
import { seenEdition, TestBox } from './testing/box.ts'
import { testKey, type TestRepository } from './testing/repository.ts'

/** A fetch that has no network after these files. */
const offlineAfter = (repo: TestRepository, ...names: string[]) => (name: string, maxLength: number) =>
  names.includes(name) ? repo.fetchMetadata(name, maxLength) : Promise.reject(new Error(`offline: ${name}`))

/** Verifies what a box keeps, as it does when it starts. */
const reopen = (box: TestBox) => verifyKept({ trustedRoot: box.trustedRoot, kept: box.files, roles: box.roles })

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
