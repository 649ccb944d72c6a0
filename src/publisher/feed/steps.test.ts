import { rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { shownOf, type Catalogue } from '../../feed/catalogue.ts'
import { deltasOf, leastToFetch } from '../../feed/delta.ts'
import { keysForContent } from '../keys-for-content.ts'
import { contentFolder, newsText } from '../testing/content.ts'
import { readTree } from '../testing/feed.ts'
import { temporaryFolder, writeFiles } from '../testing/folder.ts'
import { buildFeed } from './build.ts'
import { previousRole, readPrevious, type PreviousRole } from './previous.ts'

const at = (day: number): Date => new Date(Date.UTC(2025, 6, 1 + day, 8))
/** Text that does not compress away: as many different characters as words. */
const text = (seed: number): string =>
  Array.from({ length: 700 }, (_, i) => String.fromCharCode(0x4e00 + ((seed * 7919 + i * i * 31 + i * 977) % 9000))).join('')
const item = (number: number, edition = 0): string =>
  newsText(`xw-${String(number)}`, `第${String(number)}号`, [], text(number * 50 + edition)).replace(
    '2025-04-01',
    new Date(Date.UTC(2024, 0, 1 + number)).toISOString().slice(0, 10),
  )
const fileOf = (number: number): string => `records/nn-gjj/r${String(number)}.md`

async function workshop(count: number) {
  const folder = await temporaryFolder()
  const files = Object.fromEntries(Array.from({ length: count }, (_, i) => [fileOf(i), item(i)]))
  const shop = { content: await contentFolder(files), keys: path.join(folder, 'keys'), out: path.join(folder, 'feed') }
  await keysForContent(shop.content, shop.keys, at(0))
  await buildFeed({ ...shop, at: at(0) })
  return shop
}
const city = async (out: string): Promise<PreviousRole> =>
  (await previousRole(out, await readPrevious(out), 'city')) ?? expect.fail('no city')
const shown = (catalogue: Catalogue): string[] => catalogue.entries.map(shownOf).sort()
const names = (role: PreviousRole): string[] => [...role.files.keys()].map((name) => name.slice(5, -8)).sort()

describe('from edition to edition', () => {
  it('only what changed is added, rolled up after seven, and the sum is the content', async () => {
    const shop = await workshop(60)
    const first = await city(shop.out)
    for (let day = 1; day <= 8; day++) {
      await writeFiles(shop.content, { [fileOf(day)]: item(day, day), [fileOf(100 + day)]: item(100 + day) })
      if (day === 3) await rm(path.join(shop.content, fileOf(50)))
      if (day === 4) await rm(path.join(shop.content, fileOf(101)))
      const { written } = await buildFeed({ ...shop, at: at(day) })
      expect(written.filter((name) => name.includes('targets/')).length).toBe(day === 7 ? 4 : 2)
    }
    const last = await city(shop.out)
    const steps = Array.from({ length: 8 }, (_, i) => `00${String(i + 1)}`)
    const deltas = [...steps, '001-007'].flatMap((step) => [`catalog-${step}`, `delta-${step}`])
    expect(names(last)).toEqual([...names(first), ...deltas].sort())
    for (const [name, { sha256 }] of first.files) expect(last.files.get(name)?.sha256).toBe(sha256)
    expect(leastToFetch(deltasOf([...last.files.values()]), () => false).map(({ range }) => range.from)).toEqual([1, 8])

    // The same content, published at once.
    const again = await buildFeed({ ...shop, out: `${shop.out}-fresh`, at: at(8) })
    expect(again.records).toBe(66)
    const fresh = await city(`${shop.out}-fresh`)
    expect(last.records?.size).toBe(66)
    const body = (role: PreviousRole) => [...(role.records ?? [])].map(([, record]) => JSON.stringify(record)).sort()
    expect(body(last)).toEqual(body(fresh))
    const untilPage = (entries: string[]) => entries.map((entry) => entry.replace(/,\d+,"/u, ',"'))
    expect(untilPage(shown(last.catalogue))).toEqual(untilPage(shown(fresh.catalogue)))
  })

  it('the same is written as the same bytes, and nothing when nothing changed', async () => {
    const shop = await workshop(40)
    await writeFiles(shop.content, { [fileOf(3)]: item(3, 1) })
    const copy = { ...shop, out: `${shop.out}-copy` }
    await buildFeed({ ...copy, content: (await workshopContent(40)), at: at(0) })
    await buildFeed({ ...shop, at: at(1) })
    await buildFeed({ ...copy, at: at(1) })
    expect(await readTree(copy.out)).toEqual(await readTree(shop.out))
    expect((await buildFeed({ ...shop, at: at(2) })).written).toEqual(['metadata/timestamp.json'])
  })

  it('there is a new base when the changes exceed half of it, and what is the same in it keeps its bytes', async () => {
    const shop = await workshop(300)
    const first = await city(shop.out)
    const bases = (role: PreviousRole) => [...role.files.values()].filter((file) => file.path.includes('/base-'))
    expect(bases(first).length).toBeGreaterThan(3)
    // Today's records change again and again, those of long ago stay.
    let last = first
    let day = 0
    while (last.epoch === '1') {
      day++
      expect(day).toBeLessThan(10)
      const changed = Array.from({ length: 60 }, (_, i) => [fileOf(300 + day * 60 + i), item(300 + day * 60 + i)])
      await writeFiles(shop.content, Object.fromEntries(changed) as Record<string, string>)
      await buildFeed({ ...shop, at: at(day) })
      last = await city(shop.out)
    }
    expect(day).toBeGreaterThan(1)
    expect(last.epoch).toBe('2')
    expect(names(last).filter((name) => name.startsWith('catalog-') || name.startsWith('delta-'))).toEqual([])
    const hashes = new Set(bases(first).map(({ sha256 }) => sha256))
    const same = bases(last).filter(({ sha256 }) => hashes.has(sha256))
    expect(same.length).toBeGreaterThanOrEqual(bases(first).length - 1)
    // Boxes in the middle of the old epoch find its files for 30 days.
    const old = bases(first).map(({ sha256 }) => sha256)
    const there = [...(await readTree(shop.out)).keys()].join(' ')
    for (const sha256 of old) expect(there).toContain(sha256)
  })

  it('there is a new base when a pack of the last edition is damaged', async () => {
    const shop = await workshop(40)
    const pack = [...(await readTree(shop.out)).keys()].find((name) => /city\/.*base-/u.test(name)) ?? ''
    await writeFiles(shop.out, { [pack]: 'x' })
    await buildFeed({ ...shop, at: at(1) })
    const last = await city(shop.out)
    expect(last.epoch).toBe('2')
    expect(last.records?.size).toBe(40)
  })
})

/** The content of a workshop, before any change. */
async function workshopContent(count: number): Promise<string> {
  return contentFolder(Object.fromEntries(Array.from({ length: count }, (_, i) => [fileOf(i), item(i)])))
}
