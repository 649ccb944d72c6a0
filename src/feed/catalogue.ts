import type { Kind } from './kinds.ts'
import type { Unit } from './unit.ts'
import type { Validity } from './records/policy.ts'
import type { Stage } from './records/decision.ts'

/** One line of a list: enough to show, to sort and to search, without the body. */
export interface Entry {
  readonly id: string
  readonly kind: Kind
  readonly title: string
  /** Unit id. */
  readonly unit: string
  /** 发布日期, `YYYY-MM-DD`. */
  readonly published: string
  /** Page number printed beside the entry; stable from edition to edition. */
  readonly page: number
  /** Pinyin initials of the title, one character each, `nnszdxzjc`. */
  readonly initials: string
  /** TUF target path of the pack that holds the record. */
  readonly pack: string
  /** Position of the record in its pack. */
  readonly index: number
  readonly demonstration?: true
  /** Policies: 效力状态 and the days that decide it. */
  readonly validity?: Validity
  readonly effectiveOn?: string
  readonly expiresOn?: string
  readonly supersededBy?: string
  /** Decisions: the stage and the consultation period. */
  readonly stage?: Stage
  readonly opensOn?: string
  readonly closesOn?: string
}

/** What one role's catalogue says: its units and its entries, newest first. */
export interface Catalogue {
  readonly role: string
  readonly units: readonly Unit[]
  readonly entries: readonly Entry[]
}

const required = ['id', 'kind', 'title', 'unit', 'published', 'page', 'initials', 'index'] as const
const optional = [
  'demonstration',
  'validity',
  'effectiveOn',
  'expiresOn',
  'supersededBy',
  'stage',
  'opensOn',
  'closesOn',
] as const

/**
 * The catalogue file. Columns instead of rows, because values of one column
 * resemble each other: gzip makes it about a third smaller, and it parses faster.
 */
export interface CatalogueFile {
  readonly format: 1
  readonly role: string
  readonly units: readonly Unit[]
  readonly packs: readonly string[]
  /** For each entry, the position of its pack in `packs`. */
  readonly pack: readonly number[]
  /**
   * In their order, pages and days lie close together: `page` is written as the difference from the entry
   * before, `published` too, in days, the first since 1970. It saves a tenth of the file.
   */
  readonly columns: Readonly<Record<(typeof required)[number], readonly unknown[]>>
  /** Columns that most entries lack: positions, then values. */
  readonly sparse: Readonly<Partial<Record<(typeof optional)[number], readonly [readonly number[], readonly unknown[]]>>>
}

/** Milliseconds. */
const day = 86_400_000

const differences = (values: readonly number[]): number[] => values.map((value, i) => value - (values[i - 1] ?? 0))

function sums(column: readonly unknown[]): number[] {
  let sum = 0
  return column.map((difference) => (sum += Number(difference)))
}

/** A column as it was before it was written. */
function columnOf(name: (typeof required)[number], column: readonly unknown[]): readonly unknown[] {
  if (name === 'page') return sums(column)
  if (name === 'published') return sums(column).map((days) => new Date(days * day).toISOString().slice(0, 10))
  return column
}

/** The text of a catalogue file. The same catalogue always gives the same text. */
export const encodeCatalogue = (catalogue: Catalogue): string => JSON.stringify(catalogueFile(catalogue))

/** A catalogue in columns. */
export function catalogueFile(catalogue: Catalogue): CatalogueFile {
  const { entries } = catalogue
  const packs = [...new Set(entries.map((e) => e.pack))].sort()
  const positions = new Map(packs.map((path, i) => [path, i]))
  const column = (name: (typeof required)[number]) => entries.map((e) => e[name])
  const columns: CatalogueFile['columns'] = {
    id: column('id'),
    kind: column('kind'),
    title: column('title'),
    unit: column('unit'),
    published: differences(entries.map((e) => Date.parse(e.published) / day)),
    page: differences(entries.map((e) => e.page)),
    initials: column('initials'),
    index: column('index'),
  }
  const sparse: Record<string, [number[], unknown[]]> = {}
  for (const name of optional) {
    const present = entries.map((e, i) => [i, e[name]] as const).filter(([, value]) => value !== undefined)
    if (present.length > 0) sparse[name] = [present.map(([i]) => i), present.map(([, value]) => value)]
  }
  return {
    format: 1,
    role: catalogue.role,
    units: catalogue.units,
    packs,
    pack: entries.map((e) => positions.get(e.pack) ?? 0),
    columns,
    sparse,
  }
}

/** What a list shows of an entry, as text: the same when nothing but the place of its body differs. */
export const shownOf = (entry: Entry): string =>
  JSON.stringify([...required, ...optional].map((name) => (name === 'index' ? 0 : (entry[name] ?? null))))

/**
 * Reads a catalogue file that has already been verified.
 * @throws {Error} when the file is of another format than this app knows.
 */
export const decodeCatalogue = (text: string): Catalogue => catalogueOf(JSON.parse(text) as CatalogueFile)

/** @throws {Error} when it is of another format than this app knows */
export function catalogueOf(file: CatalogueFile): Catalogue {
  if (file.format !== 1) throw new Error(`catalogue format ${String(file.format)} is newer than this app (1)`)
  const entries: Record<string, unknown>[] = file.pack.map((p) => ({ pack: file.packs[p] }))
  for (const name of required) {
    const column = columnOf(name, file.columns[name])
    entries.forEach((entry, i) => {
      entry[name] = column[i]
    })
  }
  for (const name of optional) {
    const column = file.sparse[name]
    if (!column) continue
    const [positions, values] = column
    positions.forEach((position, i) => {
      const entry = entries[position]
      if (entry) entry[name] = values[i]
    })
  }
  return { role: file.role, units: file.units, entries: entries as unknown as Entry[] }
}
