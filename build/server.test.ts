import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultFor } from './faults.ts'
import type { Faults } from './faults.ts'
import { cacheControl, startServer } from './server.ts'
import type { RunningServer } from './server.ts'

let folder = ''
let server: RunningServer
const hash = 'ab'.repeat(32)
const target = `feed/targets/city/${hash}.catalog.json.gz`

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'server-'))
  await mkdir(join(folder, 'feed', 'metadata'), { recursive: true })
  await mkdir(join(folder, 'feed', 'targets', 'city'), { recursive: true })
  await mkdir(join(folder, 'tv'))
  await writeFile(join(folder, 'feed', 'metadata', 'timestamp.json'), '{"signed":1}')
  await writeFile(join(folder, ...target.split('/')), Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]))
  await writeFile(join(folder, 'tv', 'index.html'), '<p>')
  await writeFile(join(folder, 'secret.txt'), 'no')
  server = await startServer({ feedDir: join(folder, 'feed'), appDir: join(folder, 'tv') })
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(server.url + path, { headers })

describe('the server', () => {
  it('serves a feed and the app', async () => {
    expect(await (await get('feed/metadata/timestamp.json')).text()).toBe('{"signed":1}')
    const page = await get('tv/')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toBe('<p>')
  })

  it('hands out compressed targets as they are', async () => {
    const answer = await get(target)
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it('answers 304 without a body while nothing is new, and 200 after', async () => {
    const tag = (await get('feed/metadata/timestamp.json')).headers.get('etag') ?? ''
    server.requests.length = 0
    expect((await get('feed/metadata/timestamp.json', { 'If-None-Match': tag })).status).toBe(304)
    expect(server.requests).toEqual([{ path: '/feed/metadata/timestamp.json', status: 304, bytes: 0 }])
    await writeFile(join(folder, 'feed', 'metadata', 'timestamp.json'), '{"signed":2}')
    expect((await get('feed/metadata/timestamp.json', { 'If-None-Match': tag })).status).toBe(200)
  })

  it.each([
    ['/feed/metadata/timestamp.json', 'max-age=60'],
    ['/feed/metadata/3.snapshot.json', 'no-cache'],
    [`/${target}`, 'max-age=31536000, immutable'],
    ['/feed/targets/city/catalog.json.gz', 'no-cache'],
    ['/tv/app.modern.js', 'no-cache'],
  ])('lets %s be kept: %s', (path, rule) => {
    expect(cacheControl(path)).toBe(rule)
  })

  it.each(['feed/../secret.txt', 'feed/%2e%2e/secret.txt', 'feed/..%2fsecret.txt', 'tv/%00', 'feed/%ff', 'feed/metadata', 'x'])(
    'has nothing at %s',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    },
  )

  it('takes the next port where one is in use', async () => {
    const options = { feedDir: join(folder, 'feed'), appDir: join(folder, 'tv'), port: server.port }
    await expect(startServer(options)).rejects.toThrow('EADDRINUSE')
    const second = await startServer({ ...options, nextPort: true })
    expect(second.port).toBeGreaterThan(server.port)
    await second.close()
  })

  it('tells preview pages what is new', async () => {
    const stream = (await get('events')).body?.getReader()
    await stream?.read()
    server.announce('feed')
    expect(Buffer.from((await stream?.read())?.value ?? []).toString()).toBe('event: feed\ndata: new\n\n')
    await stream?.cancel()
  })
})

describe('faults', () => {
  it('offline: no answer', async () => {
    server.faults.set('/feed/*', { kind: 'offline' })
    await expect(get('feed/metadata/timestamp.json')).rejects.toThrow()
    expect((await get('tv/')).status).toBe(200)
    server.faults.clear()
    expect((await get('feed/metadata/timestamp.json')).status).toBe(200)
  })

  it('alter: one byte is another', async () => {
    server.faults.set(`/${target}`, { kind: 'alter', at: 2 })
    expect([...new Uint8Array(await (await get(target)).arrayBuffer())]).toEqual([0, 1, 3, 3, 4, 5, 6, 7])
  })

  it.each([3, 8, 0])('cut: the body breaks after %i bytes', async (after) => {
    server.faults.set(`/${target}`, { kind: 'cut', after })
    const answer = await get(target)
    expect(answer.headers.get('content-length')).toBe('8')
    await expect(answer.arrayBuffer()).rejects.toThrow()
  })

  it('slow: everything comes, in more than one piece', async () => {
    server.faults.set(`/${target}`, { kind: 'slow', bytesPerSecond: 40 })
    const reader = (await get(target)).body?.getReader()
    const first = await reader?.read()
    expect((first?.value as Uint8Array).length).toBeLessThan(8)
    let rest = 0
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) rest += part.value.length
    expect((first?.value as Uint8Array).length + rest).toBe(8)
  })

  it('status: another answer, with the time to wait', async () => {
    server.faults.set('/feed/metadata/timestamp.json', { kind: 'status', status: 503, retryAfter: 7 })
    const answer = await get('feed/metadata/timestamp.json')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7'])
  })

  it('are switched by the preview page, and by nobody else', async () => {
    const options = { feedDir: join(folder, 'feed'), appDir: join(folder, 'tv') }
    const preview = await startServer({ ...options, previewDir: folder })
    const ask = async (init?: RequestInit, url = preview.url): Promise<[number, unknown]> => {
      const answer = await fetch(`${url}faults`, init)
      return [answer.status, await answer.json().catch(() => null)]
    }
    const json = { 'Content-Type': 'application/json' }
    try {
      expect(await ask()).toEqual([200, { mode: 'none' }])
      for (const mode of ['offline', 'forged', 'slow', 'none']) {
        expect(await ask({ method: 'POST', headers: json, body: JSON.stringify({ mode }) })).toEqual([200, { mode }])
        expect(await ask()).toEqual([200, { mode }])
      }
      expect(preview.faults.size).toBe(0)
      expect((await ask({ method: 'POST', headers: json, body: '{"mode":"toString"}' }))[0]).toBe(400)
      // What a form of another site could send.
      expect((await ask({ method: 'POST', body: '{"mode":"offline"}' }))[0]).toBe(405)
      // The plain server has no such switch.
      expect((await ask(undefined, server.url))[0]).toBe(404)
    } finally {
      await preview.close()
    }
  })

  it('the exact path wins, then the longest pattern', () => {
    const faults: Faults = new Map([
      ['/feed/*', { kind: 'offline' }],
      ['/feed/targets/*', { kind: 'cut', after: 1 }],
      ['/feed/targets/a', { kind: 'alter' }],
    ])
    const kinds = ['/feed/x', '/feed/targets/b', '/feed/targets/a', '/tv/'].map((path) => faultFor(faults, path)?.kind)
    expect(kinds).toEqual(['offline', 'cut', 'alter', undefined])
  })
})
