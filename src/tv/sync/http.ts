/** What the app needs of `fetch`; the polyfill for old engines has it too. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface GetOptions {
  /** Most bytes that the answer may have. */
  readonly maxLength: number
  /** Longest silence, ms: before the answer begins, and between its parts. */
  readonly timeout: number
  /** Asks only for what is not this. Send it to the page's own origin alone: elsewhere it costs a preflight request. */
  readonly etag?: string
  /** `no-store`: kept by us; `no-cache`: kept by the engine too, which then asks conditionally by itself. */
  readonly cache: 'no-store' | 'no-cache'
  /** Called with the number of bytes that came, where the engine shows them coming, and at the end. */
  readonly onBytes?: (soFar: number) => void
}

/** Bytes, or the word that nothing changed. */
export type Answer =
  | { readonly changed: true; readonly bytes: Uint8Array; readonly etag: string | null }
  | { readonly changed: false }

export type HttpFailure =
  /** The server has no such file: 404, 410, or 403, which object stores answer instead. */
  | 'absent'
  /** Any other answer that is not the file. */
  | 'status'
  /** Not in time. */
  | 'timeout'
  /** More bytes than were asked for. */
  | 'too-long'
  /** No answer, or one that was cut off. */
  | 'network'

/** A request that did not bring the file. */
export class HttpError extends Error {
  constructor(
    readonly failure: HttpFailure,
    readonly url: string,
    detail: string,
    /** What the server asked for, ms. */
    readonly retryAfter?: number,
  ) {
    super(`${url}: ${failure} (${detail})`)
    this.name = 'HttpError'
    // Lowered to ES5, a subclass of Error loses its prototype.
    Object.setPrototypeOf(this, HttpError.prototype)
  }
}

/** Slowest line that we wait for, bytes/s: what trickles in more slowly is taken for an attack, or hopeless. */
const slowest = 4096

/** Whether the engine shows the parts of an answer as they come; the polyfill for old engines does not. */
const hasStreams = (): boolean => typeof Response !== 'undefined' && 'body' in Response.prototype

/** Retry-After, RFC 9110 10.2.3, in ms: seconds, or a date; undefined when it says nothing. */
export function retryAfterOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  if (/^ *[0-9]+ *$/.test(header)) return Number(header) * 1000
  // Engines read almost anything as a date, also "-5".
  const date = /^[A-Za-z]{3,9}, /.test(header) ? Date.parse(header) : NaN
  return isNaN(date) ? undefined : Math.max(0, date - now)
}

type Timer = ReturnType<typeof setTimeout>

/** How a read is stopped in the middle. */
interface Stop {
  readonly signal?: AbortSignal
  /** What else must be told to stop, where there is no AbortController (before Chromium 66). */
  also: () => void
  now(): void
}

function stopper(): Stop {
  const controller = typeof AbortController === 'undefined' ? undefined : new AbortController()
  const stop: Stop = {
    ...(controller && { signal: controller.signal }),
    also: () => undefined,
    now: () => {
      controller?.abort()
      stop.also()
    },
  }
  return stop
}

/** The body, read no further than `maxLength`. */
async function readBody(url: string, response: Response, options: GetOptions, stop: Stop): Promise<Uint8Array> {
  const tooLong = (length: number) => new HttpError('too-long', url, `${length} bytes, at most ${options.maxLength}`)
  const declared = Number(response.headers.get('Content-Length') ?? 0)
  if (declared > options.maxLength && response.headers.get('Content-Encoding') === null) throw tooLong(declared)

  // The fetch polyfill has no streams: there the engine has the whole body before we see its length.
  if (!response.body || typeof response.body.getReader !== 'function') {
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.length > options.maxLength) throw tooLong(bytes.length)
    return bytes
  }
  const reader = response.body.getReader()
  stop.also = () => void reader.cancel().catch(() => undefined)
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > options.maxLength) throw tooLong(length)
    parts.push(value)
    options.onBytes?.(length)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

async function request(fetch: Fetch, url: string, options: GetOptions, stop: Stop): Promise<Answer> {
  const response = await fetch(url, {
    cache: options.cache,
    // Nothing about a household leaves the box.
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    ...(options.etag !== undefined && { headers: { 'If-None-Match': options.etag } }),
    ...(stop.signal && { signal: stop.signal }),
  })
  if (response.status === 304 && options.etag !== undefined) return { changed: false }
  if (response.status !== 200) {
    const absent = [403, 404, 410].indexOf(response.status) >= 0
    const retryAfter = retryAfterOf(response.headers.get('Retry-After'), Date.now())
    throw new HttpError(absent ? 'absent' : 'status', url, `status ${response.status}`, retryAfter)
  }
  const bytes = await readBody(url, response, options, stop)
  options.onBytes?.(bytes.length)
  return { changed: true, bytes, etag: response.headers.get('ETag') }
}

/**
 * Gets one file.
 * @throws {HttpError}
 */
export async function get(fetch: Fetch, url: string, options: GetOptions): Promise<Answer> {
  const stop = stopper()
  const most = options.timeout + (options.maxLength / slowest) * 1000
  // Without streams there is no telling silence from a slow line: then only the whole has a limit.
  const silence = hasStreams() ? options.timeout : most
  const timers: { whole?: Timer; silence?: Timer } = {}
  let alive: () => void = () => undefined
  const timeout = new Promise<never>((_, reject) => {
    const after = (milliseconds: number) =>
      setTimeout(() => reject(new HttpError('timeout', url, `${milliseconds} ms`)), milliseconds)
    alive = () => {
      clearTimeout(timers.silence)
      timers.silence = after(silence)
    }
    timers.whole = after(most)
    alive()
  })
  const onBytes = (soFar: number) => {
    alive()
    options.onBytes?.(soFar)
  }
  try {
    return await Promise.race([request(fetch, url, { ...options, onBytes }, stop), timeout])
  } catch (error) {
    stop.now()
    throw error instanceof HttpError ? error : new HttpError('network', url, String(error))
  } finally {
    clearTimeout(timers.whole)
    clearTimeout(timers.silence)
  }
}
