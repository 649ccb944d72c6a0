import { encodeCatalogue, type Entry } from '../../../feed/catalogue.ts'
import { encodeListChange } from '../../../feed/delta.ts'
import { basePackPath, catalogueDeltaPath, cataloguePath, deltaPath, type StepRange } from '../../../feed/layout.ts'
import { encodePack } from '../../../feed/pack.ts'
import type { Rec } from '../../../feed/records/index.ts'
import type { TestRepository } from '../../../feed/tuf/testing/repository.ts'
import type { Unit } from '../../../feed/unit.ts'

/** A day's news for tests: its id, and the day on which it was published. */
export interface Item {
  readonly id: string
  readonly published: string
  readonly title?: string
  /** Text of its body; default: its role and id. */
  readonly text?: string
}

const recordOf = (role: string, { id, published, title, text }: Item): Rec => ({
  kind: 'news',
  id,
  title: title ?? `第${id}号`,
  unit: `${role}-office`,
  published,
  body: [{ type: 'paragraph', text: [text ?? `${role} ${id}`] }],
})

/** Publishes packs of items for a role, each pack a list, and the catalogue of them all. */
export function publishRole(repo: TestRepository, role: string, packs: readonly (readonly Item[])[], epoch = 'e1'): void {
  if (!repo.roles.has(role)) repo.addRole(role)
  const entries: Entry[] = []
  packs.forEach((items, number) => {
    const pack = basePackPath(role, epoch, number)
    const records = items.map((item) => recordOf(role, item))
    repo.addGzipTarget(role, pack, encodePack(records))
    records.forEach(({ kind, id, title, unit, published }, index) => {
      entries.push({ id, kind, title, unit, published, page: 100 + entries.length, initials: 'd', pack, index })
    })
  })
  const unit: Unit = { id: `${role}-office`, name: `${role}办公室`, level: 'city', region: '450100' }
  repo.addGzipTarget(role, cataloguePath(role), encodeCatalogue({ role, units: [unit], entries }))
}

/** Publishes what changed in some steps: new and changed items, and ids that are gone. */
export function publishDelta(
  repo: TestRepository,
  role: string,
  range: StepRange,
  items: readonly Item[],
  removed: readonly string[] = [],
): void {
  const pack = deltaPath(role, range)
  const records = items.map((item) => recordOf(role, item))
  const entries = records.map(
    ({ kind, id, title, unit, published }, index): Entry => ({
      ...{ id, kind, title, unit, published, page: 500 + range.to * 10 + index, initials: 'd', pack, index },
    }),
  )
  repo.addGzipTarget(role, catalogueDeltaPath(role, range), encodeListChange(role, { units: null, removed, entries }))
  if (records.length > 0) repo.addGzipTarget(role, pack, encodePack(records))
}

/** Where the test repository serves a target. */
export function locationOf(repo: TestRepository, role: string, path: string): string {
  const targets = repo.signedOf(role).targets as Record<string, { hashes: { sha256: string } }>
  const sha256 = targets[path]?.hashes.sha256
  const slash = path.lastIndexOf('/') + 1
  return `targets/${path.slice(0, slash)}${sha256}.${path.slice(slash)}`
}
