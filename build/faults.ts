import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** What goes wrong with an answer, for tests and for the preview page. */
export type Fault =
  /** The connection is closed without an answer, as with no network. */
  | { readonly kind: 'offline' }
  /** One byte of the body is another: at this offset, or in the middle. */
  | { readonly kind: 'alter'; readonly at?: number }
  /** The connection breaks after this many bytes of the body. */
  | { readonly kind: 'cut'; readonly after: number }
  /** The body comes in this many bytes a second. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** The server answers with this status instead, after it with `Retry-After` in seconds. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number }

/**
 * Faults by path: an exact path (`/feed/metadata/timestamp.json`), or the beginning
 * of paths and a star (`/feed/targets/*`). The exact path wins, then the longest.
 */
export type Faults = Map<string, Fault>

/** The fault that is switched on for a path. */
export function faultFor(faults: Faults, path: string): Fault | undefined {
  const exact = faults.get(path)
  if (exact) return exact
  const fitting = [...faults.keys()].filter((key) => key.endsWith('*') && path.startsWith(key.slice(0, -1)))
  const longest = fitting.sort((a, b) => b.length - a.length)[0]
  return longest === undefined ? undefined : faults.get(longest)
}

/** A body with one byte changed. An empty body stays empty. */
export function altered(body: Buffer, at = Math.floor(body.length / 2)): Buffer {
  const changed = Buffer.from(body)
  const byte = changed[at]
  if (byte !== undefined) changed[at] = byte ^ 1
  return changed
}

/**
 * Sends a body whose headers are set, with a fault.
 * @returns the bytes of the body that were sent
 */
export async function sendWith(fault: Fault | undefined, response: ServerResponse, body: Buffer): Promise<number> {
  switch (fault?.kind) {
    case 'cut': {
      const part = body.subarray(0, fault.after)
      // With a whole body the connection breaks before its last byte is sent.
      const sent = part.length < body.length ? part : part.subarray(0, -1)
      response.flushHeaders()
      await new Promise<void>((done) => response.write(sent, () => done()))
      response.destroy()
      return sent.length
    }
    case 'slow':
      return await trickle(response, body, fault.bytesPerSecond)
    default: {
      const sent = fault?.kind === 'alter' ? altered(body, fault.at) : body
      response.end(sent)
      return sent.length
    }
  }
}

async function trickle(response: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<number> {
  const slicesPerSecond = 10
  const slice = Math.max(1, Math.ceil(bytesPerSecond / slicesPerSecond))
  let sent = 0
  while (sent < body.length && !response.destroyed) {
    await wait(1000 / slicesPerSecond)
    response.write(body.subarray(sent, sent + slice))
    sent = Math.min(body.length, sent + slice)
  }
  response.end()
  return sent
}
