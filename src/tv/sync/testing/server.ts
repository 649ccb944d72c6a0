import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FeedServer {
  /** Address of the feed, with a slash at its end. */
  readonly base: string
  /** Paths that were asked for, below the base, a question mark for any query, and the status of the answer. */
  readonly requests: string[]
  /** Body bytes that were sent. */
  sent: number
  /** Answers in the place of the file; true when it did. */
  intercept: ((path: string, req: IncomingMessage, res: ServerResponse) => boolean) | null
  close(): Promise<void>
}

/** Serves a repository's files as a plain file server would: ETag, If-None-Match, 404. */
export async function serveFeed(files: ReadonlyMap<string, Uint8Array>): Promise<FeedServer> {
  const server = createServer((req, res) => {
    const [path = '', query] = decodeURIComponent((req.url ?? '/').slice(1)).split('?')
    res.on('finish', () => requests.push(`${path}${query === undefined ? '' : '?'} ${res.statusCode}`))
    if (feed.intercept?.(path, req, res)) return
    const bytes = files.get(path)
    if (!bytes) return void res.writeHead(404).end()
    const etag = `"${createHash('sha1').update(bytes).digest('hex')}"`
    res.setHeader('ETag', etag)
    if (req.headers['if-none-match'] === etag) return void res.writeHead(304).end()
    feed.sent += bytes.length
    res.writeHead(200, { 'Content-Length': bytes.length }).end(bytes)
  })
  const requests: string[] = []
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const feed: FeedServer = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    sent: 0,
    intercept: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return feed
}
