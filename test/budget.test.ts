import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filter, firstValueFrom, skip } from 'rxjs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deltasOf } from '../src/feed/delta.ts'
import { buildFeed, keysForContent } from '../src/publisher/index.ts'
import { readTree } from '../src/publisher/testing/feed.ts'
import { layered } from '../src/tv/store/layers.ts'
import { openLibrary } from '../src/tv/store/library.ts'
import { memoryBackend } from '../src/tv/store/memory.ts'
import { faulty } from '../src/tv/store/testing/places.ts'
import { openValues } from '../src/tv/store/values.ts'
import { createSync } from '../src/tv/sync/sync.ts'
import { settingsFor } from '../src/tv/sync/testing/bench.ts'
import { serveFeed, type FeedServer } from '../src/tv/sync/testing/server.ts'
import { drawnPath, writeDrawnRecord, writeDrawnSettings } from './support/records.ts'

/*
 * What a city of 5,000 records costs a box, in bytes and requests over real HTTP: the table in the design
 * of the feed. Numbers of bytes and requests, not of seconds: those depend on the machine.
 */

const count = 5000
const roles = ['province', 'city']
const days = [new Date('2026-03-01T08:00:00Z'), new Date('2026-03-02T08:00:00Z')] as const
const files = new Map<string, Uint8Array>()
let folder: string
let server: FeedServer
let root: Uint8Array

const publish = async (at: Date): Promise<void> => {
  await buildFeed({ content: join(folder, 'content'), keys: join(folder, 'keys'), out: join(folder, 'feed'), at })
  for (const [name, bytes] of await readTree(join(folder, 'feed'))) files.set(name, bytes)
}

/** A box, and what it keeps from one start to the next. */
function newBox() {
  const keeping = layered([faulty(memoryBackend(Infinity), 'indexeddb'), memoryBackend()], () => undefined)
  return async () => {
    const tuf = { trustedRoot: root }
    const library = await openLibrary({ keeping, ...tuf })
    const sync = createSync({
      settings: settingsFor(server.base),
      ...{ tuf, library, keeping, values: await openValues(keeping) },
      roles: () => roles,
      page: server.base,
      builtAt: '2026-01-01T00:00:00Z',
      now: () => days[1].getTime() + 3_600_000,
    })
    let firstScreen: number | undefined
    const before = server.sent
    sync.edition$.subscribe((edition) => {
      if (edition) firstScreen ??= server.sent - before
    })
    server.requests.length = 0
    const ended = firstValueFrom(
      sync.status$.pipe(
        skip(1),
        filter(({ phase }) => phase === 'idle'),
      ),
    )
    sync.start()
    sync.checkNow()
    const status = await ended
    sync.stop()
    return { library, status, sent: server.sent - before, requests: server.requests.slice(), firstScreen: firstScreen ?? 0 }
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'budget-'))
  const content = join(folder, 'content')
  await writeDrawnSettings(content)
  for (let number = 0; number < count; number++) await writeDrawnRecord(content, number)
  await keysForContent(content, join(folder, 'keys'), days[0])
  await publish(days[0])
  root = files.get('metadata/1.root.json') ?? expect.fail('no root')
  server = await serveFeed(files)
})

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

it('stays within what is promised', async () => {
  const box = newBox()
  const full = await box()
  expect(full.status.problem).toBeNull()
  expect(full.library.edition?.entries).toHaveLength(count)
  expect(full.sent, 'full first sync').toBeLessThanOrEqual(12_500_000)

  const idle = await box()
  expect(idle.requests, 'idle poll').toEqual(['metadata/timestamp.json 304'])
  expect(idle.sent).toBe(0)

  // A day: 30 new records, 17 changed ones of all ages, 3 gone; of both roles.
  const content = join(folder, 'content')
  for (let i = 0; i < 30; i++) await writeDrawnRecord(content, count + i)
  for (let i = 0; i < 17; i++) await writeDrawnRecord(content, i * 290, 1)
  for (const number of [11, 2222, 4444]) await rm(join(content, drawnPath(number)))
  await publish(days[1])
  const day = await box()
  expect(day.status.problem).toBeNull()
  expect(day.library.edition?.entries).toHaveLength(count + 27)
  expect(day.sent, `a day: ${day.requests.join(', ')}`).toBeLessThanOrEqual(150_000)
  expect(day.requests.length, day.requests.join(', ')).toBeLessThanOrEqual(10)
  const text = async (id: string) => JSON.stringify(await day.library.open(id))
  expect(await text('xw-290')).not.toBe(JSON.stringify(await full.library.open('xw-290')))
  expect(await text('xw-5029')).toContain('xw-5029')
  await expect(day.library.open('xw-2222')).rejects.toMatchObject({ failure: 'unknown' })

  const empty = await newBox()()
  const newest = roles.flatMap((role) => deltasOf(empty.library.shown?.trusted.targetsOf(role) ?? []))
  const firstScreen = empty.firstScreen + newest.reduce((sum, { pack }) => sum + (pack?.length ?? 0), 0)
  expect(empty.library.edition?.entries).toEqual(day.library.edition?.entries)
  expect(firstScreen, `metadata and lists: ${String(empty.firstScreen)}`).toBeLessThanOrEqual(300_000)
  console.info(
    `full first sync ${String(full.sent)} bytes, ${String(full.requests.length)} requests; ` +
      `a day ${String(day.sent)} bytes, ${String(day.requests.length)} requests; ` +
      `first useful screen ${String(firstScreen)} bytes, without the delta ${String(empty.firstScreen)}`,
  )
})
