import { encodeCatalogue, type Entry } from '../../feed/catalogue.ts'
import { deltasOf, leastToFetch } from '../../feed/delta.ts'
import { basePackPath, cataloguePath, urgentPath, type GzipTargetCustom } from '../../feed/layout.ts'
import type { Rec } from '../../feed/records/index.ts'
import type { Unit } from '../../feed/unit.ts'
import { encodeUrgent, type Urgent } from '../../feed/urgent.ts'
import { picturePath, type Picture } from '../content/pictures.ts'
import type { PreviousFile, PreviousRole } from '../feed/previous.ts'
import { sha256 } from '../files.ts'
import type { TargetMeta } from '../signing/metadata.ts'
import { changeBetween, changeFiles, changeOf, mostSteps, rangesAt, rollUp, type RoleContent } from './deltas.ts'
import { entryOf, newestFirst } from './entry.ts'
import { gzip } from './gzip.ts'
import { cutPacks } from './packs.ts'

/** A target with its content. */
export interface TargetBytes extends TargetMeta {
  readonly bytes: Uint8Array
}

export interface RoleInput {
  readonly role: string
  readonly units: readonly Unit[]
  readonly records: readonly Rec[]
  /** All pictures of the content, by name. */
  readonly pictures: ReadonlyMap<string, Picture>
  /** Page numbers by record id. */
  readonly pages: ReadonlyMap<string, number>
  /** What is urgent now. */
  readonly urgent: Urgent
  /** What the role published in the edition before. */
  readonly previous: PreviousRole | null
}

export interface CompiledRole {
  readonly role: string
  readonly records: number
  readonly packs: number
  /** By TUF target path. */
  readonly targets: ReadonlyMap<string, TargetBytes>
}

type Targets = Map<string, TargetBytes>

/** Makes the targets of a role: its lists and packs, what is urgent, and the pictures that its records show. */
export function compileRole(input: RoleInput): CompiledRole {
  const { role, records, previous } = input
  const content: RoleContent = {
    units: input.units,
    entries: new Map(records.map((record) => [record.id, entryOf(record, input.pages.get(record.id) ?? 0, '', 0)])),
    records: new Map(records.map((record) => [record.id, record])),
  }
  const targets = (previous && goOn(role, content, previous)) ?? base(role, content, previous)
  const packs = [...targets.keys()].filter((path) => /\/base-/u.test(path)).length
  const { notices, recalls } = input.urgent
  if (notices.length + recalls.length > 0) {
    targets.set(urgentPath(role), meta(new TextEncoder().encode(encodeUrgent(input.urgent))))
  }
  for (const name of shownPictures(records)) {
    const picture = input.pictures.get(name)
    if (picture) targets.set(picturePath(role, name), meta(picture.bytes))
  }
  return { role, records: records.length, packs, targets }
}

/**
 * The files of the edition before, and of what changed since, rolled up where it is time.
 * @returns null when it is time for a new base: a body cannot be read, there are too many steps, or the
 *   changes exceed half of the base
 */
function goOn(role: string, content: RoleContent, previous: PreviousRole): Targets | null {
  const { catalogue, records, files } = previous
  if (!records) return null
  const targets: Targets = new Map([...files].map(([path, file]) => [path, kept(file)]))
  const entries = new Map(catalogue.entries.map((entry) => [entry.id, entry]))
  const change = changeBetween({ units: catalogue.units, entries, records }, content)
  if (!change) return targets

  const step = Math.max(0, ...deltasOf([...files.values()]).map(({ range }) => range.to)) + 1
  if (step > mostSteps) return null
  const text = (path: string): string => new TextDecoder().decode(files.get(path)?.content)
  for (const range of rangesAt(step)) {
    const earlier = Array.from({ length: step - range.from }, (_, i) => {
      const one = range.from + i
      return changeOf(role, { from: one, to: one }, text)
    })
    for (const [path, file] of changeFiles(role, range, rollUp([...earlier, change]))) {
      targets.set(path, gzipTarget(file))
    }
  }
  return isLight(targets) ? targets : null
}

/** Whether a box that comes now has less to fetch of changed bodies than half of the base. */
function isLight(targets: Targets): boolean {
  const sized = [...targets].map(([path, { length, sha256: hash }]) => ({ path, length, sha256: hash }))
  const changed = leastToFetch(deltasOf(sized), () => false).reduce((sum, { pack }) => sum + (pack?.length ?? 0), 0)
  const whole = sized.filter(({ path }) => /\/base-/u.test(path)).reduce((sum, { length }) => sum + length, 0)
  return changed <= whole / 2
}

/** A new base. Files whose content is the same keep their bytes, so that no box fetches them again. */
function base(role: string, content: RoleContent, previous: PreviousRole | null): Targets {
  const targets: Targets = new Map()
  const before = new Map([...(previous?.files.values() ?? [])].map((file) => [sha256(file.content), file.bytes]))
  const epoch = previous ? String(Number(previous.epoch) + 1) : '1'
  const entries: Entry[] = []
  cutPacks([...content.records.values()]).forEach((pack, number) => {
    const path = basePackPath(role, epoch, number)
    targets.set(path, gzipTarget(pack.text, before))
    pack.ids.forEach((id, index) => {
      const entry = content.entries.get(id)
      if (entry) entries.push({ ...entry, pack: path, index })
    })
  })
  const catalogue = encodeCatalogue({ role, units: content.units, entries: entries.sort(newestFirst) })
  targets.set(cataloguePath(role), gzipTarget(catalogue, before))
  return targets
}

function gzipTarget(text: string, before?: ReadonlyMap<string, Uint8Array>): TargetBytes {
  const content = new TextEncoder().encode(text)
  const custom: GzipTargetCustom = { inflated: content.length }
  return { ...meta(gzip(content, before?.get(sha256(content)))), custom: { ...custom } }
}

const kept = ({ bytes, content, length, sha256: hash }: PreviousFile): TargetBytes => ({
  ...{ bytes, length, sha256: hash },
  custom: { inflated: content.length },
})

const meta = (bytes: Uint8Array): TargetBytes => ({ length: bytes.length, sha256: sha256(bytes), bytes })

function shownPictures(records: readonly Rec[]): Set<string> {
  const names = records.flatMap(({ body }) =>
    body.flatMap((block) => (block.type === 'image' ? [block.target.slice(block.target.lastIndexOf('/') + 1)] : [])),
  )
  return new Set(names)
}
