import type { TargetFile } from '../../feed/tuf/index.ts'
import { keepBlobs, keepVitalBlobs, type HashedBytes } from '../store/blobs.ts'
import { KeepingFault, type Keeping } from '../store/keeping.ts'
import { HttpError } from './http.ts'
import { gravest } from './status.ts'

export interface TransferOptions {
  readonly keeping: Keeping
  /** Fetches and verifies. */
  readonly fetch: (target: TargetFile, onBytes: (soFar: number) => void) => Promise<Uint8Array>
  /** Awaited before each file; what it rejects with ends the transfer. */
  readonly pause: () => Promise<void>
}

export interface StageOptions {
  /** Catalogues: kept in every lasting place. */
  readonly vital: boolean
  /** Ends when there is no more room in a lasting place, instead of going on in memory. */
  readonly lasting?: boolean
  /** Told of the bytes that have arrived so far. */
  readonly onBytes?: (done: number) => void
}

/** Brings files to the box, and keeps them. */
export interface Transfer {
  /** One file that somebody waits for, ahead of all others. */
  urgent(target: TargetFile): Promise<Uint8Array>
  /**
   * All these files, in this order, some at a time. One that cannot be had does not hold up the
   * others; a feed that cannot be reached, or a box that is full, ends it.
   * @throws the gravest failure, after everything that arrived has been kept
   */
  stage(targets: readonly TargetFile[], options: StageOptions): Promise<void>
}

/** Requests at a time: a small origin serves a city, and a box has one thin line. */
const atOnce = 3

/** Bytes kept in one transaction. */
const slice = 600_000

/** Whether after this failure the next file would fail as well. */
const endsAll = (error: unknown): boolean =>
  error instanceof KeepingFault || (error instanceof HttpError && ['too-long', 'absent'].indexOf(error.failure) < 0)

export function createTransfer({ keeping, fetch, pause }: TransferOptions): Transfer {
  /** Files on their way, by hash: whoever else wants one waits for the same. */
  const flying = new Map<string, Promise<Uint8Array>>()
  /** Files that were kept since the staging began. */
  let arrived = new Set<string>()

  const bring = (target: TargetFile, onBytes: (soFar: number) => void): Promise<Uint8Array> => {
    const known = flying.get(target.sha256)
    if (known) return known
    const work = fetch(target, onBytes)
    const landed = () => void flying.delete(target.sha256)
    flying.set(target.sha256, work)
    work.then(landed, landed)
    return work
  }

  return {
    async urgent(target) {
      const bytes = await bring(target, () => undefined)
      try {
        await keepBlobs(keeping, [{ sha256: target.sha256, bytes }])
        arrived.add(target.sha256)
      } catch (error) {
        // Who waits for it can read it all the same; the keeping has reported the fault.
        if (!(error instanceof KeepingFault)) throw error
      }
      return bytes
    },

    async stage(targets, { vital, lasting, onBytes }) {
      const queue = targets.slice()
      const failures: unknown[] = []
      const parts = new Map<string, number>()
      let batch: HashedBytes[] = []
      let ended = false
      arrived = new Set()

      const progress = (target: TargetFile, soFar: number) => {
        parts.set(target.sha256, soFar)
        let done = 0
        parts.forEach((bytes) => (done += bytes))
        onBytes?.(done)
      }
      const fail = (error: unknown) => {
        failures.push(error)
        ended = ended || endsAll(error)
      }
      const keep = async (blobs: readonly HashedBytes[]) => {
        const place = await (vital ? keepVitalBlobs : keepBlobs)(keeping, blobs)
        if (lasting && place === 'memory') throw new KeepingFault(place, 'full', 'write', 'no lasting place has room')
      }
      const flush = async () => {
        const full = batch
        batch = []
        if (full.length === 0) return
        try {
          await keep(full)
        } catch {
          // Together they have no room; the first of them, which are worth most, may have.
          for (const blob of full) await keep([blob]).catch(fail)
        }
      }
      const worker = async () => {
        for (;;) {
          await pause()
          const target = ended ? undefined : queue.shift()
          if (!target) return
          try {
            if (!arrived.has(target.sha256)) {
              const bytes = await bring(target, (soFar) => progress(target, soFar))
              batch.push({ sha256: target.sha256, bytes })
            }
            progress(target, target.length)
          } catch (error) {
            progress(target, 0)
            fail(error)
          }
          if (batch.reduce((sum, { bytes }) => sum + bytes.length, 0) >= slice) await flush()
        }
      }
      const workers = Array.from({ length: atOnce }, worker)
      try {
        await Promise.all(workers)
      } finally {
        await flush()
      }
      if (failures.length > 0) throw gravest(failures)
    },
  }
}
