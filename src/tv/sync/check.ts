import { refresh, TufError, type TargetFile, type TrustedMetadata, type TufOptions } from '../../feed/tuf/index.ts'
import { urgentLimit } from '../../feed/urgent.ts'
import { keptBlobs } from '../store/blobs.ts'
import { readAhead, refreshFrom, writeAhead, type EditionState } from '../store/current.ts'
import type { Edition } from '../store/edition.ts'
import { collectGarbage } from '../store/gc.ts'
import { KeepingFault, type Keeping } from '../store/keeping.ts'
import type { BoxLibrary, Prepared, Shown } from '../store/library.ts'
import { chooseSteps, filesOf } from '../store/lists.ts'
import { urgentFiles } from '../store/urgent.ts'
import type { KeptValues } from '../store/values.ts'
import { HttpError } from './http.ts'
import type { EventLog } from './log.ts'
import { bytesOf, catalogues, worthFirst } from './plan.ts'
import type { Source } from './source.ts'
import { gravest, problemOf } from './status.ts'
import type { Transfer } from './transfer.ts'

export interface CheckOptions {
  readonly tuf: TufOptions
  readonly keeping: Keeping
  readonly library: BoxLibrary
  readonly values: KeptValues
  readonly source: Source
  readonly transfer: Transfer
  readonly log: EventLog
  /** The publishing roles to follow, widest first. */
  readonly roles: readonly string[]
  /** The time that expiry is judged by. */
  readonly now: Date
  /** True until a check of this session has seen whether there is more room than the last time. */
  readonly tryRoom: boolean
  /** Awaited between slices of work; what it rejects with ends the check. */
  readonly pause: () => Promise<void>
  /** Told how many bytes arrived, of how many. */
  readonly onProgress: (done: number, total: number) => void
  /** Told of each switch. */
  readonly onEdition: (edition: Edition) => void
}

/**
 * One check of the feed, from the question whether there is anything new to the switch.
 * Whatever it rejects with, the edition that was shown is whole and still shown.
 * @returns how much of the edition is on the box: never `arriving`
 */
export async function check(options: CheckOptions): Promise<EditionState> {
  const { library, keeping, transfer, roles, onProgress } = options
  await keeping.settle()
  const trusted = await refreshed(options)
  const missing = async (files: readonly TargetFile[]) => {
    const here = await keptBlobs(keeping)
    return files.filter((file) => !here.has(file.sha256))
  }

  const held = await keptBlobs(keeping)
  const steps = chooseSteps(trusted, roles, (sha256) => held.has(sha256))
  const lacking = await missing(filesOf(trusted, roles, steps))
  await actOnUrgent(options, trusted, lacking)
  const total = bytesOf(lacking)
  const lists = catalogues(lacking, roles)
  if (lists.length > 0) {
    onProgress(0, total)
    await transfer.stage(lists, { vital: true, onBytes: (done) => onProgress(done, total) })
  }
  const next = await library.prepare(trusted, roles)

  // An empty box is useful in seconds: the lists are shown, and the packs come after.
  if (!isShown(library.shown, next) && library.shown?.state !== 'whole') await show(options, next, 'arriving')
  const cramped = isShown(library.shown, next) && library.shown?.state === 'no-room'
  if (cramped && !options.tryRoom) return 'no-room'

  const stage = async () => {
    const rest = worthFirst(await missing(next.files), next.edition.entries)
    const before = total - bytesOf(rest)
    if (rest.length === 0) return
    onProgress(before, total)
    const onBytes = (done: number) => onProgress(before + done, total)
    // What had no room in an earlier session is not fetched in every one, only to be forgotten again.
    await transfer.stage(rest, { vital: false, lasting: cramped, onBytes })
  }
  let roomy = true
  try {
    await stage()
  } catch (error) {
    if (!isFull(error)) throw error
    // No room for two editions at a time. The lists of the next one are here and so are its
    // newest packs: better than an old edition for ever.
    await show(options, next, 'arriving')
    roomy = !cramped && (await stage().then(() => true, orThrow))
  }
  if (!isShown(library.shown, next)) await show(options, next, keeping.lossy ? 'arriving' : 'whole')
  const state = roomy && !keeping.lossy ? 'whole' : 'no-room'
  if (library.shown?.state !== state) await library.switchTo(next, state)
  return state
}

/** Recalls and notices first: they count even when nothing else of the edition can be had. */
async function actOnUrgent(
  { library, transfer, log, roles, onEdition }: CheckOptions,
  trusted: TrustedMetadata,
  lacking: readonly TargetFile[],
): Promise<void> {
  const wanted = urgentFiles(trusted, roles)
  const isMissing = ({ sha256 }: TargetFile) => lacking.some((file) => file.sha256 === sha256)
  const missing = wanted.filter((file) => file.length <= urgentLimit && isMissing(file))
  const before = library.edition
  const failures: unknown[] = []
  if (missing.length > 0) {
    await transfer.stage(missing, { vital: true }).catch((error: unknown) => failures.push(error))
  }
  const changed = await library.acceptUrgent(trusted, roles)
  if (changed) log.add('urgent', wanted.map(({ path }) => path).join(' '))
  if (library.edition && library.edition !== before) onEdition(library.edition)
  if (failures.length > 0) throw gravest(failures)
}

/** False for a full box; every other error goes on up. */
function orThrow(error: unknown): false {
  if (!isFull(error)) throw error
  return false
}

const isFull = (error: unknown): boolean => error instanceof KeepingFault && error.reason === 'full'

/** Switches, and clears away what only the edition before needed. */
async function show(options: CheckOptions, next: Prepared, state: EditionState): Promise<void> {
  const { library, keeping, log, pause, onEdition } = options
  if (!isShown(library.shown, next)) {
    const place = await library.switchTo(next, state)
    log.add('switched', `edition ${next.edition.version}, as of ${next.edition.asOf}, ${state}, in ${place}`)
    if (library.edition) onEdition(library.edition)
    // After a restart a box that could not keep the new edition needs all of the old one.
    if (place === 'memory' && keeping.place !== 'memory') return
  }
  const needed = new Set(next.files.map((file) => file.sha256))
  const dropped = await collectGarbage(keeping, needed, pause)
  if (dropped > 0) log.add('cleared', `${dropped} files`)
  await keeping.settle()
}

/** Whether this is exactly what is shown: the same lists, by the same metadata. */
function isShown(shown: Shown | null, next: Prepared): boolean {
  if (!shown || shown.roles.join() !== next.roles.join()) return false
  if (shown.edition.entries !== next.edition.entries) return false
  const { files } = next.trusted
  return (
    files.size === shown.trusted.files.size &&
    [...files].every(([name, bytes]) => sameBytes(bytes, shown.trusted.files.get(name)))
  )
}

const sameBytes = (a: Uint8Array, b: Uint8Array | undefined): boolean =>
  a.length === b?.length && a.every((byte, i) => byte === b[i])

/** The newest metadata, from the first address that gives any that can be believed. */
async function refreshed(options: CheckOptions): Promise<TrustedMetadata> {
  const { tuf, keeping, library, values, source, roles, now, log, pause } = options
  const over = library.kept?.generation ?? 0
  const ahead = new Map(await readAhead(keeping, over))
  const failures: unknown[] = []
  // An address that gave something refused is asked once more, past all caches on the way.
  const ways = source.bases.flatMap((base) => [
    { base, fresh: false },
    { base, fresh: true },
  ])
  let refusedBy = ''
  const files = library.shown?.trusted.files ?? library.kept?.files ?? new Map<string, Uint8Array>()
  for (const { base, fresh } of ways) {
    if (fresh && refusedBy !== base) continue
    const kept = refreshFrom(files, ahead)
    const poll = values.get('poll')
    // A 304 speaks of the timestamp that the address gave last: it must be the one that is kept.
    const known = poll && sameBytes(poll.timestamp, kept.get('timestamp.json')) ? poll : undefined
    let newPoll: typeof poll
    let unsaved = false
    try {
      const { changed, trusted } = await refresh({
        ...tuf,
        kept,
        now,
        roles,
        pause,
        timestampFirst: true,
        fetch: source.metadata(base, known, (seen) => (newPoll = seen), fresh),
        persist: async (name, bytes) => {
          ahead.set(name, bytes)
          unsaved = true
          // A rotated key must not be believed again, also when the power goes now (TUF 5.3.8).
          if (/root\.json$/.test(name)) await writeAhead(keeping, over, ahead)
        },
      })
      source.prefer(base)
      trusted.refused.forEach((error) => log.add('refused', `kept: ${error.message}`))
      log.add('checked', `${base}: ${changed ? 'new' : 'nothing new'}`)
      if (newPoll) await values.set('poll', newPoll)
      return trusted
    } catch (error) {
      if (!(error instanceof TufError || error instanceof HttpError)) throw error
      failures.push(error)
      log.add('failed', `${base}: ${error.message}`)
      if (error instanceof TufError || problemOf(error) === 'refused') refusedBy = base
    } finally {
      if (unsaved) await writeAhead(keeping, over, ahead)
    }
  }
  throw gravest(failures)
}
