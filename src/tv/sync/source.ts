import { hashedPath } from '../../feed/layout.ts'
import { verifyTarget, type FetchMetadata, type TargetFile } from '../../feed/tuf/index.ts'
import type { Poll } from '../store/values.ts'
import { get, HttpError, type Fetch } from './http.ts'
import { gravest, problemOf } from './status.ts'

export interface SourceOptions {
  readonly fetch: Fetch
  /** Addresses of the feed, tried in order; relative ones count from `page`. */
  readonly bases: readonly string[]
  /** Address of the app's page. */
  readonly page: string
  /** Longest silence of a request, ms. */
  readonly timeout: number
  /** The box's clock, ms since 1970. */
  readonly now: () => number
}

/** The feed, at one or several addresses that carry the same. */
export interface Source {
  /** Absolute addresses, each with a slash at its end. */
  readonly bases: readonly string[]
  /**
   * Fetches metadata from one address.
   * @param known the last timestamp from this address, to ask only for a newer one
   * @param onPoll told of a new timestamp and its ETag
   * @param fresh past all caches, see below
   */
  metadata(base: string, known: Poll | undefined, onPoll: (poll: Poll) => void, fresh: boolean): FetchMetadata
  /** Targets are asked for here first. */
  prefer(base: string): void
  /**
   * Fetches a target and verifies it; an address that has not got it, or something else, is passed over.
   * @throws {HttpError} {TufError} the gravest failure, when every address failed
   */
  target(target: TargetFile, onBytes: (soFar: number) => void): Promise<Uint8Array>
}

const timestampName = 'timestamp.json'

/**
 * Makes what is added to an address when what came from it was refused: whatever cache on the way
 * holds a broken copy, it has none under this name. Chromium before 65 knows no `cache: 'no-store'`,
 * and would give the broken copy of an immutable file for a year. A name is never used twice here,
 * for it may bring a broken copy too; but all boxes use the same ones for a minute, so that a feed
 * that is itself broken does not lead each of them past the CDN.
 */
function pastCaches(now: () => number): () => string {
  let times = 0
  return () => `?fresh=${Math.floor(now() / 60_000)}-${times++}`
}

/** A path as part of an address: every segment encoded, the slashes kept. */
const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

export function createSource({ fetch, bases, page, timeout, now }: SourceOptions): Source {
  const absolute = bases.map((base) => new URL(base, page).href.replace(/\/?$/, '/'))
  const here = new URL(page).origin
  const past = pastCaches(now)
  let preferred = absolute[0]

  return {
    bases: absolute,

    metadata: (base, known, onPoll, fresh) => async (name, maxLength) => {
      const isPoll = name === timestampName
      // To another origin an If-None-Match of ours would cost a preflight request, which a plain file
      // server may refuse: there the engine's own cache asks conditionally.
      const own = new URL(base).origin === here
      const conditional = isPoll && own && !fresh && known?.base === base
      try {
        const answer = await get(fetch, `${base}metadata/${encodePath(name)}${fresh ? past() : ''}`, {
          maxLength,
          timeout,
          cache: isPoll && !own ? 'no-cache' : 'no-store',
          ...(conditional && { etag: known.etag }),
        })
        if (!answer.changed) return known?.timestamp ?? null
        if (isPoll && own && answer.etag !== null) onPoll({ base, etag: answer.etag, timestamp: answer.bytes })
        return answer.bytes
      } catch (error) {
        if (error instanceof HttpError && error.failure === 'absent') return null
        throw error
      }
    },

    prefer(base) {
      preferred = base
    },

    async target(target, onBytes) {
      const path = encodePath(hashedPath(target.path, target.sha256))
      const failures: unknown[] = []
      const inOrder = absolute.slice().sort((a, b) => Number(b === preferred) - Number(a === preferred))
      const addresses = inOrder.map((base) => `${base}targets/${path}`)
      for (const address of addresses) {
        for (const fresh of [false, true]) {
          try {
            const options = { maxLength: target.length, timeout, cache: 'no-store', onBytes } as const
            const answer = await get(fetch, fresh ? address + past() : address, options)
            if (!answer.changed) continue
            verifyTarget(answer.bytes, target)
            return answer.bytes
          } catch (error) {
            failures.push(error)
            if (problemOf(error) !== 'refused') break
          }
        }
      }
      throw gravest(failures)
    },
  }
}
