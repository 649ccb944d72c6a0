import type { Catalogue } from '../../feed/catalogue.ts'
import { deltasOf, type Delta } from '../../feed/delta.ts'
import { decodePack } from '../../feed/pack.ts'
import type { Rec } from '../../feed/records/index.ts'
import {
  inflateTarget,
  TufError,
  verifyKept,
  type TargetFile,
  type TrustedMetadata,
  type TufOptions,
} from '../../feed/tuf/index.ts'
import { validNotices } from '../../feed/urgent.ts'
import { keptBlobs, readVerified } from './blobs.ts'
import { readCurrent, writeCurrent, type Current, type EditionState } from './current.ts'
import { mergeEdition, OpenError, type Edition, type Library } from './edition.ts'
import type { Keeping, Place } from './keeping.ts'
import { catalogueOfFiles, chooseSteps, filesOf, listFiles, listsKey, type Steps } from './lists.ts'
import { openedPacks } from './opened.ts'
import {
  newerOf,
  noticesOf,
  readUrgent,
  saidBy,
  saySame,
  withoutRecalled,
  writeUrgent,
  type SaidByRole,
} from './urgent.ts'

/** What went wrong with something kept, for the operator's log and the household's status. */
export interface LibraryReport {
  readonly what:
    /** Kept metadata that does not verify any more: not shown. */
    | 'refused'
    /** A kept file that does not match its hash: thrown away. */
    | 'damaged'
    /** A place that cannot be read. */
    | 'storage'
  readonly reason: string
}

export interface LibraryOptions extends TufOptions {
  readonly keeping: Keeping
  readonly onReport?: (report: LibraryReport) => void
  /** Bytes of inflated packs that stay open. */
  readonly openedLimit?: number
}

/** Fetches, verifies and keeps a target that is not here. Rejects when it cannot be had now. */
export type FetchTarget = (target: TargetFile) => Promise<Uint8Array>

/** An edition that could be shown: its lists are here and verified. */
export interface Prepared {
  readonly trusted: TrustedMetadata
  readonly roles: readonly string[]
  /** As signed: with what was recalled since. */
  readonly edition: Edition
  /** Every file of it: its lists, packs, pictures and what is urgent. */
  readonly files: readonly TargetFile[]
  /** The deltas among them. */
  readonly steps: Steps
}

/** The edition that is shown, and what is kept of it. */
export interface Shown extends Prepared {
  readonly state: EditionState
}

/** The library with what the sync needs of it. */
export interface BoxLibrary extends Library {
  readonly shown: Shown | null
  /** What is kept as current, also when it could not be verified and is not shown. */
  readonly kept: Current | null
  /** Why a box that has kept something shows nothing. */
  readonly trouble: 'refused' | 'storage' | null
  /** From now on, what is not here is asked of `fetch`. */
  fetchWith(fetch: FetchTarget): void
  /**
   * Reads the lists of an edition, whose catalogues must all be kept.
   * @throws {Error} when a catalogue is not kept, or this version of the app cannot read it
   */
  prepare(trusted: TrustedMetadata, roles: readonly string[]): Promise<Prepared>
  /**
   * Acts on what the roles say urgently by this metadata, as far as its files are here: from now on, also
   * after a restart, recalled records are gone, whatever becomes of the edition itself. Older metadata
   * than that of what is known changes nothing.
   * @returns whether something changed
   */
  acceptUrgent(trusted: TrustedMetadata, roles: readonly string[]): Promise<boolean>
  /** The switch, in one write. When it rejects, the edition that was shown stays.
   * @returns where the new edition is kept */
  switchTo(next: Prepared, state: EditionState): Promise<Place>
}

/** Bytes of inflated packs that stay open: a handful. */
const defaultOpenedLimit = 4_000_000

type Deltas = readonly Delta<TargetFile>[]

const decoder = new TextDecoder()

/**
 * Opens what the box has kept, and verifies it again from the shipped root: flash memory
 * is no more to be believed than the network. Never rejects: a box whose keeping is
 * damaged, refused or broken is an empty box that says so.
 */
export async function openLibrary(options: LibraryOptions): Promise<BoxLibrary> {
  const { keeping, trustedRoot, verifiers, limits } = options
  const report = options.onReport ?? (() => undefined)
  const opened = openedPacks(options.openedLimit ?? defaultOpenedLimit)
  /** Packs that are being opened, so that two who ask share the work. */
  const opening = new Map<string, Promise<readonly Rec[]>>()
  let fetchTarget: FetchTarget | undefined
  let shown: Shown | null = null
  let kept: Current | null = null
  let trouble: BoxLibrary['trouble'] = null
  /** True while the shown edition lacks the list of a role. */
  let listsLacking = false
  let said: SaidByRole = new Map()
  /** The shown edition without what is recalled. */
  let visible: Edition | null = null

  /** To be called when what is shown changes, or what is urgent. */
  const look = () => {
    visible = shown && withoutRecalled(shown.edition, said, shown.trusted.versions)
  }

  /** What these roles say urgently, as far as it is here. */
  const urgentOf = (trusted: TrustedMetadata, roles: readonly string[]) =>
    saidBy(
      trusted,
      roles,
      async (target) => {
        const bytes = await read(target)
        return typeof bytes === 'string' ? null : bytes
      },
      (path, error) => report({ what: 'damaged', reason: `${path}: ${String(error)}` }),
    )

  /** What was kept as urgent, and what the shown edition itself says. */
  async function openUrgent(): Promise<void> {
    if (shown) said = await urgentOf(shown.trusted, shown.roles)
    for (const { roles, files } of await readUrgent(keeping)) {
      try {
        const trusted = verifyKept({ trustedRoot, kept: files, roles, verifiers, limits })
        said = newerOf(said, await urgentOf(trusted, roles))
      } catch (error) {
        report({ what: 'refused', reason: `urgent: ${String(error)}` })
      }
    }
    look()
  }

  /** The verified kept bytes of a target, or why there are none. */
  async function read(target: TargetFile): Promise<Uint8Array | 'absent' | 'damaged'> {
    try {
      const found = await readVerified(keeping, target)
      if (found === 'damaged') report({ what: 'damaged', reason: `${target.path} (${target.sha256})` })
      return found
    } catch (error) {
      report({ what: 'storage', reason: `${target.path}: ${String(error)}` })
      return 'absent'
    }
  }

  /** The bytes of a target, as kept or else as fetched: verified either way. */
  async function bytesOf(target: TargetFile, id: string): Promise<Uint8Array> {
    const found = await read(target)
    if (typeof found !== 'string') return found
    if (fetchTarget) {
      try {
        return await fetchTarget(target)
      } catch {
        // Who fetches reports why it failed; the reader learns below what that means.
      }
    }
    throw new OpenError(found === 'damaged' ? 'damaged' : 'not-here-yet', id)
  }

  /** The records of a pack. */
  async function openPack(target: TargetFile, id: string): Promise<readonly Rec[]> {
    const bytes = await bytesOf(target, id)
    try {
      const inflated = inflateTarget(bytes, target)
      const records = decodePack(decoder.decode(inflated))
      opened.put(target.sha256, records, inflated.length)
      return records
    } catch (error) {
      report({ what: 'damaged', reason: `${target.path}: ${String(error)}` })
      throw new OpenError('unreadable', id)
    }
  }

  /** Whether a file is here. Where a place does not answer now, what can be read of the lists counts. */
  async function heldFiles(trusted: TrustedMetadata, roles: readonly string[]): Promise<(sha256: string) => boolean> {
    try {
      const held = await keptBlobs(keeping)
      return (sha256) => held.has(sha256)
    } catch (error) {
      report({ what: 'storage', reason: String(error) })
      const held = new Set<string>()
      for (const { list } of roles.reduce<Deltas>((all, role) => all.concat(deltasOf(trusted.targetsOf(role))), [])) {
        if (typeof (await read(list)) !== 'string') held.add(list.sha256)
      }
      return (sha256) => held.has(sha256)
    }
  }

  /** The kept catalogues of these roles, and the paths of those that are not here. */
  async function readCatalogues(trusted: TrustedMetadata, roles: readonly string[]) {
    const steps = chooseSteps(trusted, roles, await heldFiles(trusted, roles))
    const catalogues: Catalogue[] = []
    const lacking: string[] = []
    for (const role of roles) {
      const files: { target: TargetFile; bytes: Uint8Array }[] = []
      const targets = listFiles(trusted, role, steps)
      for (const target of targets) {
        const bytes = await read(target)
        if (typeof bytes === 'string') lacking.push(target.path)
        else files.push({ target, bytes })
      }
      // None for a district that has not published yet.
      if (targets.length > 0 && files.length === targets.length) catalogues.push(catalogueOfFiles(files))
    }
    return { catalogues, lacking, steps, files: filesOf(trusted, roles, steps) }
  }

  async function openKept(): Promise<void> {
    const found = await readCurrent(keeping)
    if (found.malformed > 0) report({ what: 'refused', reason: `current: ${found.malformed} value(s) malformed` })
    kept = found.kept[0] ?? null
    if (found.malformed > 0) trouble = 'refused'
    for (const current of found.kept) {
      try {
        const { roles, files } = current
        const trusted = verifyKept({ trustedRoot, kept: files, roles, verifiers, limits })
        const { catalogues, lacking, steps, files: all } = await readCatalogues(trusted, roles)
        if (catalogues.length === 0) throw new Error(`no catalogue is kept of ${lacking.join(', ')}`)
        // A box that lost the list of one role still shows the others, unless another place has all; a sync mends it.
        if (shown && lacking.length > 0) continue
        const state = lacking.length > 0 ? 'arriving' : current.state
        shown = { trusted, roles, edition: editionOf(trusted, catalogues), files: all, steps, state }
        listsLacking = lacking.length > 0
        if (!listsLacking) break
      } catch (error) {
        trouble = error instanceof TufError ? 'refused' : 'storage'
        report({ what: trouble, reason: `current, generation ${current.generation}: ${String(error)}` })
      }
    }
    if (shown) trouble = null
  }

  try {
    await openKept()
    await openUrgent()
  } catch (error) {
    trouble = 'storage'
    report({ what: 'storage', reason: String(error) })
  }

  return {
    get edition() {
      return visible
    },
    get shown() {
      return shown
    },
    get kept() {
      return kept
    },
    get trouble() {
      return trouble
    },

    fetchWith(fetch) {
      fetchTarget = fetch
    },

    notices(now) {
      return validNotices(noticesOf(said, shown?.roles ?? [...said.keys()]), now)
    },

    async open(id) {
      const entry = visible?.byId.get(id)
      const target = entry && shown?.trusted.target(entry.pack)
      if (!entry || !target) throw new OpenError('unknown', id)
      let records = opened.get(target.sha256)
      if (!records) {
        const work = opening.get(target.sha256) ?? openPack(target, id)
        opening.set(target.sha256, work)
        try {
          records = await work
        } catch (error) {
          throw error instanceof OpenError ? new OpenError(error.failure, id) : error
        } finally {
          opening.delete(target.sha256)
        }
      }
      // It may have been recalled while its pack was on its way.
      if (!visible?.byId.has(id)) throw new OpenError('unknown', id)
      const record = records[entry.index]
      if (record?.id !== id) throw new OpenError('unreadable', id)
      return record
    },

    async image(path) {
      const target = shown?.trusted.target(path)
      if (!target) throw new OpenError('unknown', path)
      return bytesOf(target, path)
    },

    async prepare(trusted, roles) {
      if (shown && !listsLacking && sameLists(shown, trusted, roles)) {
        const { edition, steps } = shown
        const { entries, byId, units } = edition
        const files = filesOf(trusted, roles, steps)
        return { trusted, roles, edition: { ...versionOf(trusted), entries, byId, units }, files, steps }
      }
      const { catalogues, lacking, steps, files } = await readCatalogues(trusted, roles)
      if (lacking.length > 0) throw new Error(`not kept: ${lacking.join(', ')}`)
      return { trusted, roles, edition: editionOf(trusted, catalogues), files, steps }
    },

    async acceptUrgent(trusted, roles) {
      const news = newerOf(said, await urgentOf(trusted, roles))
      const changed = !saySame(said, news)
      said = news
      if (!changed) return false
      look()
      await writeUrgent(keeping, { roles, files: trusted.files })
      return true
    },

    async switchTo(next, state) {
      const { trusted, roles } = next
      const current: Current = { generation: (kept?.generation ?? 0) + 1, roles, state, files: trusted.files }
      const place = await writeCurrent(keeping, current)
      kept = current
      shown = { ...next, state }
      // The edition's own word, also when a recovered feed has gone back to lower versions.
      said = new Map([...said, ...(await urgentOf(trusted, roles))])
      look()
      trouble = null
      listsLacking = false
      return place
    },
  }
}

const versionOf = (trusted: TrustedMetadata) => ({
  version: trusted.versions.get('snapshot') ?? 0,
  asOf: trusted.signedAt,
})

const editionOf = (trusted: TrustedMetadata, catalogues: readonly Catalogue[]): Edition => {
  const { version, asOf } = versionOf(trusted)
  return mergeEdition(version, asOf, catalogues)
}

/** Whether the lists of this metadata are those that are shown: then nothing needs to be read again. */
const sameLists = (shown: Shown, trusted: TrustedMetadata, roles: readonly string[]): boolean =>
  listsKey(shown.trusted, shown.roles) === listsKey(trusted, roles)
