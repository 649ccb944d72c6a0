import { describe, expect, test } from 'vitest'
import { TufError, verifyKept } from './index.ts'
import { seenEdition, TestBox } from './testing/box.ts'
import { testKey } from './testing/repository.ts'

const verify = (box: TestBox, files: ReadonlyMap<string, Uint8Array> = box.files, roles = box.roles) =>
  verifyKept({ trustedRoot: box.trustedRoot, kept: files, roles })

/** The refusal of these kept files. */
function refusal(box: TestBox, files: ReadonlyMap<string, Uint8Array> = box.files): string {
  try {
    verify(box, files)
  } catch (error) {
    if (error instanceof TufError) return `${error.role} ${error.code}`
    throw error
  }
  return 'believed'
}

/** Another repository of the same shape, whose keys nobody has named: what a thief would put on the box. */
function forged() {
  const { repo } = seenEdition()
  for (const role of ['root', 'timestamp', 'snapshot', 'targets']) repo.role(role).keys = [testKey(`forged-${role}`)]
  repo.role('root').signers = repo.role('root').keys
  repo.publish('root', 'targets', 'city')
  return repo.keptFiles('city', 'district-450103')
}

test('what was refreshed is believed again after a restart, with the same content', async () => {
  const { repo } = seenEdition()
  const box = new TestBox(repo)
  const { trusted } = await box.refresh()
  const again = verify(box)
  expect(again.files).toEqual(trusted.files)
  expect(again.versions).toEqual(trusted.versions)
  expect(again.targetsOf('city')).toEqual(trusted.targetsOf('city'))
  expect(again.signedAt).toBe(trusted.signedAt)
})

test('expiry does not blank what was verified', () => {
  const { box } = seenEdition()
  expect(verify(box).expiredAt(new Date('2040-01-01T00:00:00Z'))).toHaveLength(6)
})

describe('a box whose storage was changed', () => {
  const everyFile = ['timestamp', 'snapshot', 'targets', 'city', 'district-450103']

  test.each(everyFile)('%s: a byte flipped anywhere is never believed', (role) => {
    const { box } = seenEdition()
    const name = `${role}.json`
    const bytes = box.files.get(name)!
    for (let at = 0; at < bytes.length; at += 251) {
      const changed = bytes.slice()
      changed[at]! ^= 1
      const files = new Map(box.files).set(name, changed)
      expect(refusal(box, files), `${name} at ${at}`).not.toBe('believed')
    }
  })

  test.each(everyFile)('%s: missing', (role) => {
    const { box } = seenEdition()
    box.files.delete(`${role}.json`)
    expect(refusal(box)).toBe(`${role} missing`)
  })

  test('everything of an older edition but the timestamp', async () => {
    const { repo, box } = seenEdition()
    const old = new Map(box.files)
    repo.publish('targets', 'city')
    await box.refresh()
    for (const role of everyFile.slice(1)) {
      const changed = !box.files.get(`${role}.json`)!.every((b, i) => b === old.get(`${role}.json`)![i])
      const files = new Map(box.files).set(`${role}.json`, old.get(`${role}.json`)!)
      expect(refusal(box, files), role).toMatch(changed ? new RegExp(`^${role} (length|hash)$`) : /^believed$/)
    }
  })

  test('files of somebody else, with and without their root', () => {
    const { box } = seenEdition()
    const files = new Map(forged())
    expect(refusal(box, files)).toBe('timestamp signature')
    files.delete('2.root.json')
    expect(refusal(box, files)).toBe('timestamp signature')
  })

  test('a forged root beside honest files is passed over, and told', () => {
    const { box } = seenEdition()
    const files = new Map(box.files).set('2.root.json', forged().get('2.root.json')!)
    const trusted = verify(box, files)
    expect(trusted.versions.get('root')).toBe(1)
    expect(trusted.refused.map((e) => e.message)).toEqual([
      'root: 0 valid signatures of the 1 that are needed (TUF 5.3.4)',
    ])
    expect(trusted.files).toEqual(box.files)
  })

  test('a damaged link of the chain of roots: the files must be signed by the root before it', async () => {
    const { repo, box } = seenEdition()
    repo.publish('root')
    await box.refresh()
    const damaged = new Uint8Array([1, 2, 3])
    expect(verify(box, new Map(box.files).set('2.root.json', damaged)).versions.get('root')).toBe(1)
    repo.rotate('timestamp')
    repo.publish('root')
    await box.refresh()
    expect(refusal(box)).toBe('believed')
    expect(refusal(box, new Map(box.files).set('2.root.json', damaged))).toBe('timestamp signature')
    expect(refusal(box, new Map(box.files).set('3.root.json', damaged))).toBe('timestamp signature')
  })

  test('a role that is damaged is named, so that the others can be shown without it', () => {
    const { box } = seenEdition()
    box.files.set('district-450103.json', new Uint8Array(10))
    expect(refusal(box)).toBe('district-450103 length')
    expect(verify(box, box.files, ['city']).targetsOf('city')).toHaveLength(1)
  })

  test('files that nobody asked for are not looked at', () => {
    const { box } = seenEdition()
    box.files.set('other.json', new Uint8Array(10)).set('17.root.json', new Uint8Array(10)).set('', new Uint8Array(10))
    expect(verify(box).refused).toEqual([])
  })
})

describe('the next refresh mends', () => {
  test.each([
    ['nothing kept', (files: Map<string, Uint8Array>) => files.clear()],
    ['everything is garbage', (files) => files.forEach((_, name) => files.set(name, new Uint8Array([0x7b])))],
    ['everything is empty', (files) => files.forEach((_, name) => files.set(name, new Uint8Array(0)))],
    ['a garbage root', (files) => files.set('2.root.json', new Uint8Array(0))],
    ['files of somebody else', (files) => forged().forEach((bytes, name) => files.set(name, bytes))],
    ['files under each other’s name', (files) => {
      const city = files.get('city.json')!
      files.set('city.json', files.get('snapshot.json')!).set('snapshot.json', files.get('timestamp.json')!)
      files.set('timestamp.json', city)
    }],
  ] satisfies [string, (files: Map<string, Uint8Array>) => unknown][])('%s', async (_, breakFiles) => {
    const { repo, box } = seenEdition()
    const whole = new Map(box.files)
    breakFiles(box.files)
    await box.refresh({ timestampFirst: true })
    expect(box.files).toEqual(whole)
    // … and the one after it has nothing to do.
    await box.refresh({ timestampFirst: true })
    expect(repo.requests).toEqual(['timestamp.json'])
  })

  test('and an older edition is kept out by whatever of the kept files still holds', async () => {
    const { repo, box } = seenEdition()
    const old = new Map(repo.files)
    repo.publish('city')
    await box.refresh()
    box.files.delete('timestamp.json')
    old.forEach((bytes, name) => repo.files.set(name, bytes))
    // The kept snapshot tells that there was a newer one.
    expect(await box.refusal()).toMatchObject({ code: 'rollback', clause: '5.4.3.2' })
  })
})
