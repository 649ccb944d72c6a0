import { encodeCatalogue } from '../../feed/catalogue.ts'
import { basePackPath, cataloguePath, urgentPath, type GzipTargetCustom } from '../../feed/layout.ts'
import type { Rec } from '../../feed/records/index.ts'
import type { Unit } from '../../feed/unit.ts'
import { encodeUrgent, type Urgent } from '../../feed/urgent.ts'
import { picturePath, type Picture } from '../content/pictures.ts'
import { sha256 } from '../files.ts'
import type { TargetMeta } from '../signing/metadata.ts'
import { entryOf, newestFirst } from './entry.ts'
import { gzip } from './gzip.ts'
import { fillPacks, planPacks, type PackPlan } from './packs.ts'

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
  /** How the records were spread in the edition before. */
  readonly plan: PackPlan | undefined
  /** A target of the edition before, to save compressing it again. */
  readonly before: (target: string) => Promise<Uint8Array | undefined>
}

export interface CompiledRole {
  readonly role: string
  readonly records: number
  readonly packs: number
  /** By TUF target path. */
  readonly targets: ReadonlyMap<string, TargetBytes>
}

/** Makes the targets of a role: its catalogue, its packs, and the pictures that its records show. */
export async function compileRole(input: RoleInput): Promise<CompiledRole> {
  const { role, records } = input
  const targets = new Map<string, TargetBytes>()
  const add = async (path: string, text: string): Promise<void> => {
    const content = new TextEncoder().encode(text)
    const bytes = gzip(content, await input.before(path))
    const custom: GzipTargetCustom = { inflated: content.length }
    targets.set(path, { ...meta(bytes), custom: { ...custom } })
  }
  const total = records.reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)), 0)
  const plan = planPacks(total, input.plan)
  const packs = fillPacks(records, plan.count)
  const places = new Map<string, readonly [string, number]>()
  for (const [number, pack] of packs.entries()) {
    const path = basePackPath(role, plan.epoch, number)
    await add(path, pack.text)
    pack.ids.forEach((id, index) => places.set(id, [path, index]))
  }
  const entries = records.map((record) => {
    const [pack, index] = places.get(record.id) ?? ['', 0]
    return entryOf(record, input.pages.get(record.id) ?? 0, pack, index)
  })
  await add(cataloguePath(role), encodeCatalogue({ role, units: input.units, entries: entries.sort(newestFirst) }))
  const { notices, recalls } = input.urgent
  if (notices.length + recalls.length > 0) {
    targets.set(urgentPath(role), meta(new TextEncoder().encode(encodeUrgent(input.urgent))))
  }
  for (const name of shownPictures(records)) {
    const picture = input.pictures.get(name)
    if (picture) targets.set(picturePath(role, name), meta(picture.bytes))
  }
  return { role, records: records.length, packs: packs.length, targets }
}

const meta = (bytes: Uint8Array): TargetBytes => ({ length: bytes.length, sha256: sha256(bytes), bytes })

function shownPictures(records: readonly Rec[]): Set<string> {
  const names = records.flatMap(({ body }) =>
    body.flatMap((block) => (block.type === 'image' ? [block.target.slice(block.target.lastIndexOf('/') + 1)] : [])),
  )
  return new Set(names)
}
