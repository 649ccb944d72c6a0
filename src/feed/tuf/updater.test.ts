import { describe, expect, test } from 'vitest'
import { Updater } from './index.ts'
import { sha256 } from './hash.ts'
import { testKey, TestRepository, type TestRole } from './testing/repository.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** [delegator, role, what differs from a delegation of every path in one segment] */
type Edge = readonly [delegator: string, role: string, more?: Partial<TestRole>]

/** A repository with these delegations, in their order. */
function graph(edges: readonly Edge[], targets: readonly (readonly [role: string, path: string])[] = []) {
  const repo = new TestRepository()
  for (const [delegator, role, more] of edges) {
    repo.addRole(role, { delegator, paths: ['*'], terminating: false, keys: [testKey(role)], threshold: 1, ...more })
  }
  for (const [role, path] of targets) repo.addTarget(role, path, utf8(`${path} by ${role}`))
  repo.publish(...edges.map(([, role]) => role), 'targets')
  return repo
}

async function refreshed(repo: TestRepository, more: { limits?: { delegations: number } } = {}): Promise<Updater> {
  const updater = new Updater({
    trustedRoot: repo.trustedRoot,
    kept: new Map(),
    fetch: repo.fetchMetadata,
    now: new Date('2026-01-02T00:00:00Z'),
    ...more,
  })
  await updater.refresh()
  repo.requests.length = 0
  return updater
}

const visited = (repo: TestRepository) => repo.requests.map((name) => /^\d+\.(.*)\.json$/.exec(name)![1])

describe('order of the search (5.6.7)', () => {
  const onlyPython: Partial<TestRole> = { paths: ['*.py'] }
  const terminating: Partial<TestRole> = { terminating: true }

  test.each<[string, Edge[], string[]]>([
    ['one delegation', [['targets', 'A']], ['A']],
    ['two, in their order', [['targets', 'B'], ['targets', 'A']], ['B', 'A']],
    ['depth before breadth', [['targets', 'A'], ['targets', 'B'], ['A', 'C'], ['A', 'D']], ['A', 'C', 'D', 'B']],
    ['three levels', [['targets', 'A'], ['targets', 'B'], ['A', 'C'], ['C', 'D']], ['A', 'C', 'D', 'B']],
    [
      'nothing after a terminating delegation but what it delegates itself',
      [['targets', 'A'], ['targets', 'B'], ['A', 'C', terminating], ['A', 'D'], ['C', 'E']],
      ['A', 'C', 'E'],
    ],
    [
      'a terminating delegation of other paths ends nothing',
      [['targets', 'A', { ...onlyPython, ...terminating }], ['targets', 'B']],
      ['B'],
    ],
    ['branches of other paths are left out', [['targets', 'A', onlyPython], ['targets', 'B'], ['A', 'C']], ['B']],
    [
      'a child may not have paths that its parent lacks',
      [['targets', 'A', onlyPython], ['A', 'C', { paths: ['*'] }], ['targets', 'B']],
      ['B'],
    ],
  ])('%s', async (_, edges, expected) => {
    const repo = graph(edges)
    const updater = await refreshed(repo)
    expect(await updater.findTarget('missing')).toBeUndefined()
    expect(visited(repo)).toEqual(expected)
  })

  test('a circle of delegations ends', async () => {
    const repo = graph([['targets', 'A'], ['A', 'B']])
    repo.resign('B', (s) => {
      s.delegations = {
        keys: { a: { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: testKey('A').publicValue } } },
        roles: [{ name: 'A', keyids: ['a'], threshold: 1, terminating: false, paths: ['*'] }],
      }
    })
    repo.publish()
    const updater = await refreshed(repo)
    expect(await updater.findTarget('missing')).toBeUndefined()
    expect(visited(repo)).toEqual(['A', 'B'])
  })

  test('gives up after the greatest number of roles', async () => {
    const repo = graph(['A', 'B', 'C', 'D'].map((role) => ['targets', role] as const), [['D', 'x']])
    const updater = await refreshed(repo, { limits: { delegations: 3 } })
    expect(await updater.findTarget('x')).toBeUndefined()
    expect(visited(repo)).toEqual(['A', 'B', 'C'])
    expect(await (await refreshed(repo, { limits: { delegations: 4 } })).findTarget('x')).toMatchObject({ role: 'D' })
  })

  test('metadata is loaded once for many searches', async () => {
    const repo = graph([['targets', 'A'], ['targets', 'B']], [['A', 'x'], ['B', 'y']])
    const updater = await refreshed(repo)
    expect(await updater.findTarget('y')).toMatchObject({ role: 'B', path: 'y' })
    expect(await updater.findTarget('x')).toMatchObject({ role: 'A', sha256: sha256(utf8('x by A')) })
    expect(visited(repo)).toEqual(['A', 'B'])
  })
})

describe('which role has the word', () => {
  test.each([
    ['the delegator before the delegated', 'x', 'targets'],
    ['the first before the second', 'y', 'A'],
    ['the second, where the first says nothing', 'z', 'B'],
    ['the child of the first before the second', 'w', 'C'],
  ])('%s', async (_, path, role) => {
    const repo = graph(
      [['targets', 'A'], ['targets', 'B'], ['A', 'C']],
      [['targets', 'x'], ['A', 'x'], ['A', 'y'], ['B', 'y'], ['B', 'z'], ['C', 'w'], ['B', 'w']],
    )
    expect(await (await refreshed(repo)).findTarget(path)).toMatchObject({ role, path })
  })

  test('hash prefixes divide paths among bins', async () => {
    const bins = ['0123', '4567', '89ab', 'cdef'].map((digits) => digits.split(''))
    const repo = graph(bins.map((prefixes, i) => ['targets', `bin-${i}`, { pathHashPrefixes: prefixes }] as const))
    const path = 'some/file.txt'
    const bin = bins.findIndex((prefixes) => prefixes.includes(sha256(utf8(path))[0]!))
    bins.forEach((_, i) => repo.addTarget(`bin-${i}`, path, utf8(String(i))))
    repo.publish(...bins.map((_, i) => `bin-${i}`))
    expect(await (await refreshed(repo)).findTarget(path)).toMatchObject({ role: `bin-${bin}` })
  })
})

describe('a role with two delegators', () => {
  /** Both parents delegate to `release`, each for its own folder and with its own key. */
  function diamond(signers: string[]) {
    const repo = graph([
      ['targets', 'parent-a', { paths: ['a/*'] }],
      ['targets', 'parent-b', { paths: ['b/*'] }],
      ['parent-a', 'release', { paths: ['a/*'], keys: [testKey('release-a')] }],
    ])
    const other = testKey('release-b')
    repo.resign('parent-b', (s) => {
      s.delegations = {
        keys: { [other.keyid]: { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: other.publicValue } } },
        roles: [{ name: 'release', keyids: [other.keyid], threshold: 1, terminating: false, paths: ['b/*'] }],
      }
    })
    repo.addTarget('release', 'a/x', utf8('a'))
    repo.addTarget('release', 'b/x', utf8('b'))
    repo.role('release').signers = signers.map(testKey)
    repo.publish('release')
    return repo
  }

  test('is verified by the word of the delegator of this search, not of an earlier one', async () => {
    const repo = diamond(['release-a'])
    const updater = await refreshed(repo)
    expect(await updater.findTarget('a/x')).toMatchObject({ role: 'release' })
    await expect(updater.findTarget('b/x')).rejects.toMatchObject({ code: 'signature', role: 'release' })
    // … and what did hold still holds.
    expect(await updater.findTarget('a/x')).toMatchObject({ role: 'release' })
    expect(visited(repo)).toEqual(['parent-a', 'release', 'parent-b'])
  })

  test('is believed through both when both keys have signed', async () => {
    const repo = diamond(['release-a', 'release-b'])
    const updater = await refreshed(repo)
    expect(await updater.findTarget('b/x')).toMatchObject({ role: 'release', path: 'b/x' })
    expect(await updater.findTarget('a/x')).toMatchObject({ role: 'release', path: 'a/x' })
  })

  test('signs for a path only through the delegator that has the path', async () => {
    const repo = diamond(['release-a', 'release-b'])
    repo.addTarget('release', 'c/x', utf8('c'))
    repo.publish('release')
    expect(await (await refreshed(repo)).findTarget('c/x')).toBeUndefined()
  })
})

describe('a search that cannot go on ends', () => {
  test('at a role that the snapshot does not list', async () => {
    const repo = graph([['targets', 'B']], [['B', 'x']])
    repo.addRole('A', { paths: ['*'] })
    repo.publish('targets')
    // B comes first and knows the one, A is asked for the other.
    const updater = await refreshed(repo)
    expect(await updater.findTarget('x')).toMatchObject({ role: 'B' })
    await expect(updater.findTarget('y')).rejects.toMatchObject({ code: 'missing', role: 'A' })
  })

  test('at a role that is not signed as its delegator asks', async () => {
    const repo = graph([['targets', 'A', { signers: [testKey('thief')] }], ['targets', 'B']], [['B', 'x']])
    await expect((await refreshed(repo)).findTarget('x')).rejects.toMatchObject({ code: 'signature', role: 'A' })
  })
})

test('names that objects have by themselves are no targets', async () => {
  const updater = await refreshed(graph([]))
  for (const path of ['toString', '__proto__', 'constructor', '']) {
    expect(await updater.findTarget(path)).toBeUndefined()
  }
})

test('a search needs a refresh first', async () => {
  const repo = graph([])
  const updater = new Updater({
    trustedRoot: repo.trustedRoot,
    kept: repo.keptFiles(),
    fetch: repo.fetchMetadata,
    now: new Date(0),
  })
  await expect(updater.findTarget('x')).rejects.toThrow('refresh has not succeeded yet')
})
