import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { get, HttpError, retryAfterOf, type Fetch, type GetOptions } from './http.ts'

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener)
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/file`
}

const options: GetOptions = { maxLength: 1000, timeout: 5000, cache: 'no-store' }

/** What an engine without streams has: the body comes as a whole. */
const wholeBody: Fetch = async (url, init) => {
  const response = await fetch(url, init)
  return { status: response.status, headers: response.headers, body: null, arrayBuffer: () => response.arrayBuffer() } as Response
}

const failure = (url: string, more: Partial<GetOptions> = {}, by: Fetch = fetch) =>
  get(by, url, { ...options, ...more }).then(
    () => 'no failure',
    (error: unknown) => (error instanceof HttpError ? error.failure : error),
  )

describe('get', () => {
  it('brings the bytes and their ETag, and tells how far it is', async () => {
    const url = await serve((_, res) => res.setHeader('ETag', '"7"').end('甲乙'))
    const progress: number[] = []
    const answer = await get(fetch, url, { ...options, onBytes: (n) => progress.push(n) })
    expect(answer).toEqual({ changed: true, bytes: new TextEncoder().encode('甲乙'), etag: '"7"' })
    expect(progress[progress.length - 1]).toBe(6)
  })

  it('asks conditionally, and hears that nothing changed', async () => {
    const asked: (string | undefined)[] = []
    const url = await serve((req, res) => {
      asked.push(req.headers['if-none-match'])
      res.writeHead(304).end()
    })
    expect(await get(fetch, url, { ...options, etag: '"7"' })).toEqual({ changed: false })
    expect(asked).toEqual(['"7"'])
  })

  it('does not take a 304 for an answer that it did not ask for', async () => {
    const url = await serve((_, res) => res.writeHead(304).end())
    expect(await failure(url)).toBe('status')
  })

  it('says nothing about the household', async () => {
    let headers: Record<string, unknown> = {}
    const url = await serve((req, res) => {
      headers = req.headers
      res.end('x')
    })
    await get(fetch, url, options)
    expect([headers.cookie, headers.referer, headers.authorization]).toEqual([undefined, undefined, undefined])
  })

  it.each([
    [404, 'absent'],
    [403, 'absent'],
    [410, 'absent'],
    [500, 'status'],
    [503, 'status'],
    [204, 'status'],
  ])('answer %i is %s', async (status, expected) => {
    const url = await serve((_, res) => res.writeHead(status).end())
    expect(await failure(url)).toBe(expected)
  })

  it('carries Retry-After', async () => {
    const url = await serve((_, res) => res.writeHead(503, { 'Retry-After': '120' }).end())
    await expect(get(fetch, url, options)).rejects.toMatchObject({ failure: 'status', retryAfter: 120_000 })
  })

  it('refuses what is declared too long, without reading it', async () => {
    const url = await serve((_, res) => res.writeHead(200, { 'Content-Length': '5000' }).write('x'))
    expect(await failure(url)).toBe('too-long')
  })

  it('stops an endless answer at the limit', async () => {
    let sent = 0
    let closed: () => void = () => undefined
    const stopped = new Promise<void>((resolve) => (closed = resolve))
    const url = await serve((_, res) => {
      const more = () => {
        sent += 500
        if (!res.destroyed) res.write('x'.repeat(500), more)
      }
      res.on('close', closed)
      more()
    })
    expect(await failure(url)).toBe('too-long')
    await stopped
    expect(sent).toBeGreaterThan(1000)
  })

  it('refuses what is too long where the engine has no streams', async () => {
    const url = await serve((_, res) => res.writeHead(200, { 'Transfer-Encoding': 'chunked' }).end('x'.repeat(5000)))
    expect(await failure(url, {}, wholeBody)).toBe('too-long')
  })

  it('gives up on silence, before the answer and in the middle of it', async () => {
    const silent = await serve(() => undefined)
    expect(await failure(silent, { timeout: 60 })).toBe('timeout')
    const half = await serve((_, res) => res.write('half'))
    expect(await failure(half, { timeout: 60 })).toBe('timeout')
  })

  it('gives up on a trickle that would take for ever', async () => {
    const url = await serve((_, res) => {
      const drip = setInterval(() => res.write('x'), 20)
      res.on('close', () => clearInterval(drip))
    })
    expect(await failure(url, { timeout: 200 })).toBe('timeout')
  })

  it('gives up without AbortController too', async () => {
    const known = globalThis.AbortController
    // Node's own fetch needs it, an engine of before 2018 has none.
    const oldEngine: Fetch = (url, init) => {
      globalThis.AbortController = known
      const response = fetch(url, init)
      Reflect.deleteProperty(globalThis, 'AbortController')
      return response
    }
    let closed: () => void = () => undefined
    const stopped = new Promise<void>((resolve) => (closed = resolve))
    const url = await serve((_, res) => {
      res.on('close', closed)
      res.write('half')
    })
    Reflect.deleteProperty(globalThis, 'AbortController')
    try {
      expect(await failure(url, { timeout: 60 }, oldEngine)).toBe('timeout')
      await stopped
    } finally {
      globalThis.AbortController = known
    }
  })

  it('fails on a line that is cut', async () => {
    const url = await serve((req, res) => {
      res.writeHead(200, { 'Content-Length': '100' }).write('half')
      setTimeout(() => req.socket.destroy(), 20)
    })
    expect(await failure(url)).toBe('network')
  })

  it('fails where nobody listens', async () => {
    const url = await serve((_, res) => res.end())
    const closing = server
    await new Promise((resolve) => closing?.close(resolve))
    expect(await failure(url)).toBe('network')
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-03-01T00:00:00Z')
  it.each([
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['0', 0],
    ['120', 120_000],
    ['Sun, 01 Mar 2026 00:02:00 GMT', 120_000],
    ['Sun, 01 Mar 2026 00:00:00 GMT', 0],
    ['Sat, 28 Feb 2026 00:00:00 GMT', 0],
  ])('%s', (header, expected) => {
    expect(retryAfterOf(header, now)).toBe(expected)
  })
})
