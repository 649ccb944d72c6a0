import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve, sep } from 'node:path'
import { faultFor, sendWith } from './faults.ts'
import type { Faults } from './faults.ts'
import { answerFaultSwitch } from './fault-switch.ts'

/** What is served, and where. */
export interface ServerOptions {
  /** Folder of the feed, served below `/feed/`. */
  readonly feedDir: string
  /** Folder of the app, served below `/tv/`. */
  readonly appDir: string
  /** Folder of the preview page, served below `/`; with it `/faults`, where the page switches faults. */
  readonly previewDir?: string
  /** Port; 0, the default, takes any that is free. */
  readonly port?: number
  /** Take the next free port where this one is in use. */
  readonly nextPort?: boolean
}

/** One request that was answered, or refused. */
export interface Answered {
  readonly path: string
  /** Status sent; 0 where the connection was closed instead. */
  readonly status: number
  /** Bytes of the body that were sent. */
  readonly bytes: number
}

/** A running server on this machine's loopback address. */
export interface RunningServer {
  /** Its address, with a slash at the end. */
  readonly url: string
  readonly port: number
  /** Faults by path; add and remove at any time. */
  readonly faults: Faults
  /** Every request since the start, or since the list was last emptied. */
  readonly requests: Answered[]
  /** Tells the open preview pages that something is new. */
  announce(what: 'app' | 'feed'): void
  /** Stops at once; connections that are open are closed. */
  close(): Promise<void>
}

const host = '127.0.0.1'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  // Compressed targets are files as they are, not an encoding of something else.
  '.gz': 'application/gzip',
}

/**
 * Serves a feed, the app and the preview page.
 * @throws {Error} where the port is in use and `nextPort` is not set
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const faults: Faults = new Map()
  const requests: Answered[] = []
  const listeners = new Set<ServerResponse>()
  const mounts: readonly (readonly [string, string])[] = [
    ['/feed/', options.feedDir],
    ['/tv/', options.appDir],
    ...(options.previewDir ? [['/', options.previewDir] as const] : []),
  ]

  const server = createServer((request, response) => {
    if (request.url === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
      response.write(': open\n\n')
      listeners.add(response)
      response.on('close', () => listeners.delete(response))
      return
    }
    if (request.url === '/faults' && options.previewDir) {
      answerFaultSwitch(request, response, faults)
      return
    }
    answer(request, response, mounts, faults).then(
      (answered) => requests.push(answered),
      // The file could not be read, or the other side went away.
      () => response.destroy(),
    )
  })
  const port = await listen(server, options.port ?? 0, options.nextPort ?? false)
  return {
    url: `http://${host}:${String(port)}/`,
    port,
    faults,
    requests,
    announce(what) {
      for (const listener of listeners) listener.write(`event: ${what}\ndata: new\n\n`)
    },
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done()
        })
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  mounts: readonly (readonly [string, string])[],
  faults: Faults,
): Promise<Answered> {
  const path = new URL(request.url ?? '/', 'http://server').pathname
  const fault = faultFor(faults, path)
  const done = (status: number, bytes = 0): Answered => ({ path, status, bytes })

  if (fault?.kind === 'offline') {
    response.destroy()
    return done(0)
  }
  // A packaged app lies elsewhere, and asks from another origin, or from a file.
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader('Access-Control-Expose-Headers', 'ETag, Retry-After')
  if (fault?.kind === 'status') {
    if (fault.retryAfter !== undefined) response.setHeader('Retry-After', fault.retryAfter)
    response.writeHead(fault.status).end()
    return done(fault.status)
  }
  if (request.method === 'OPTIONS') {
    response.writeHead(204, { 'Access-Control-Allow-Headers': 'If-None-Match, Range' }).end()
    return done(204)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    return done(405)
  }
  if (path === '/tv') {
    response.writeHead(302, { Location: '/tv/' }).end()
    return done(302)
  }
  const file = await fileFor(path, mounts)
  if (!file) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
    response.end(`没有 ${path}\n`)
    return done(404)
  }
  const body = await readFile(file)
  // Whoever alters a file on the way does not answer that nothing changed.
  const forged = fault?.kind === 'alter' ? 'forged-' : ''
  const tag = `"${forged}${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  response.setHeader('ETag', tag)
  response.setHeader('Cache-Control', cacheControl(path))
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304).end()
    return done(304)
  }
  response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream')
  response.setHeader('Content-Length', body.length)
  if (request.method === 'HEAD') {
    response.end()
    return done(200)
  }
  return done(200, await sendWith(fault, response, body))
}

/** How long an answer may be kept; hashed names are good for ever. */
export function cacheControl(path: string): string {
  if (path === '/feed/metadata/timestamp.json') return 'max-age=60'
  if (/^\/feed\/targets\/(.*\/)?[0-9a-f]{64}\.[^/]*$/.test(path)) return 'max-age=31536000, immutable'
  return 'no-cache'
}

/** The file that a path names, or nothing: not there, or outside the served folders. */
async function fileFor(path: string, mounts: readonly (readonly [string, string])[]): Promise<string | undefined> {
  const mount = mounts.find(([prefix]) => path.startsWith(prefix))
  if (!mount) return undefined
  const [prefix, folder] = mount
  let name: string
  try {
    name = decodeURIComponent(path.slice(prefix.length))
  } catch {
    return undefined
  }
  const file = resolve(folder, `.${sep}${name}`, name === '' || name.endsWith('/') ? 'index.html' : '')
  if (name.includes('\0') || !file.startsWith(join(resolve(folder), sep))) return undefined
  const found = await stat(file).catch(() => undefined)
  return found?.isFile() ? file : undefined
}

async function listen(server: Server, first: number, takeNext: boolean): Promise<number> {
  const tries = takeNext ? 100 : 1
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((done, failed) => {
        server.once('error', failed)
        server.listen(port, host, () => {
          server.off('error', failed)
          done()
        })
      })
      return (server.address() as AddressInfo).port
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port >= first + tries - 1) throw error
    }
  }
}
