import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundleScript, projectRoot } from '../build/bundle.ts'
import { startServer, type RunningServer } from '../build/server.ts'
import { availableEngines, until, type Engine } from './engines/index.ts'

/* What the box keeps, in the storage of real engines, with the faults that they have been seen to have. */

let folder: string
let server: RunningServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tv-store-'))
  for (const bundle of ['modern', 'es5'] as const) {
    await bundleScript(bundle, folder, join(projectRoot, 'test', 'pages', 'store.ts'))
    await writeFile(join(folder, `${bundle}.html`), `<!DOCTYPE html><script src="app.${bundle}.js"></script>`)
  }
  server = await startServer({ feedDir: folder, appDir: folder })
})

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

describe.each(availableEngines())('the keeping of $title', ({ name, launch }) => {
  let engine: Engine

  beforeEach(async () => {
    engine = await launch({ persistent: true })
    await switchOn()
  })

  afterEach(async () => {
    await engine.close()
  })

  const switchOn = () => engine.goto(`${server.url}tv/${name === 'chromium-64' ? 'es5' : 'modern'}.html`)
  /** A call of the page's `store`. */
  const store = <T>(call: string) => engine.evaluate<T>(`store.${call}`)
  const said = () => store<string[]>('faults')

  it('survives a restart', async () => {
    expect(await store('open()')).toBe('indexeddb')
    expect(await store('keep("a", [0, 1, 128, 255])')).toBe('indexeddb')
    await store('switchTo(7)')
    await engine.restart()
    await switchOn()
    expect(await store('open()')).toBe('indexeddb')
    expect(await store('read("a")')).toEqual([0, 1, 128, 255])
    expect((await store<number[][]>('current()'))[0]).toEqual([7, 7])
    expect(await said()).toEqual([])
  })

  it('has after a power cut a whole edition, and none older than the last switch that was acknowledged', async () => {
    await store('open()')
    let from = 1
    for (const wait of [150, 400, 700]) {
      await engine.evaluate(`void store.go(${String(from)})`)
      await until(engine, `store.acknowledged >= ${String(from + 1)}`)
      await new Promise((resolve) => setTimeout(resolve, wait))
      const acknowledged = await store<number>('acknowledged')
      await engine.restart()
      await switchOn()
      await store('open()')
      const [newest] = await store<[number, number][]>('current()')
      const [generation, byte] = newest ?? [0, 0]
      expect(generation).toBeGreaterThanOrEqual(acknowledged)
      expect(byte).toBe(generation % 256)
      for (const n of [0, 1, 2, 3]) {
        const bytes = await store<number[] | string>(`read("${String(generation)}-${String(n)}")`)
        expect(bytes).toHaveLength(50_000)
        expect(bytes[49_999]).toBe(generation % 256)
      }
      from = generation + 1
    }
  })

  it('opens a connection anew that broke in the middle', async () => {
    await store('open()')
    await store('keep("a", [1])')
    await store('fail("lost")')
    expect(await store('read("a")')).toEqual([1])
    await store('fail("lost")')
    expect(await store('keep("b", [2])')).toBe('indexeddb')
    expect(await store('blobs()')).toEqual(['a', 'b'])
    expect(await said()).toEqual([])
  })

  it('uses localStorage where IndexedDB is missing', async () => {
    await store('fail("missing")')
    expect(await store('open()')).toBe('local-storage')
    expect(await store('keep("a", [0, 1, 128, 255])')).toBe('local-storage')
    await store('switchTo(3)')
    expect(await said()).toEqual(['indexeddb read missing'])
    // The next page, not the next start: engines write localStorage to the disk some seconds later.
    await switchOn()
    await store('fail("missing")')
    await store('open()')
    expect(await store('read("a")')).toEqual([0, 1, 128, 255])
    expect(await store('current()')).toEqual([[3, 3]])
  })

  it('does not wait for ever for an IndexedDB that never opens', async () => {
    await store('fail("silent")')
    expect(await store('open(500)')).toBe('local-storage')
    expect(await said()).toEqual(['indexeddb read slow'])
    expect(await store('blobs()')).toEqual([])
  })

  it('knows, where IndexedDB does not open this time, that an edition is in it', async () => {
    await store('open()')
    await store('keep("a", [1])')
    await store('switchTo(5)')
    await switchOn()
    await store('fail("silent")')
    expect(await store('open(500)')).toBe('local-storage')
    expect(await store('current()')).toEqual([[5, 5]])
    const refused = 'blobs().catch(function (error) { return error.name })'
    expect(await store(refused)).toBe('KeepingFault')
    await store('fail("none")')
    await store('settle()')
    expect(await store('blobs()')).toEqual(['a'])
    expect(await store('read("a")')).toEqual([1])
  })

  it('goes on elsewhere when a write is aborted without an error, as at quota', async () => {
    await store('open()')
    await store('keep("a", [1])')
    await store('fail("full")')
    expect(await store('keep("b", [2])')).toBe('local-storage')
    expect(await said()).toEqual(['indexeddb write full'])
    expect(await store('read("a")')).toEqual([1])
    expect(await store('read("b")')).toEqual([2])
    expect(await store('lossy()')).toBe(false)
  })
})
