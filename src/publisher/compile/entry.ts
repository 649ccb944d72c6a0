import type { Entry } from '../../feed/catalogue.ts'
import type { Rec } from '../../feed/records/index.ts'
import { initials } from '../pinyin.ts'
import { compare } from '../content/problems.ts'

/** The catalogue's line for a record. */
export function entryOf(record: Rec, page: number, pack: string, index: number): Entry {
  const { id, kind, title, unit, published } = record
  return {
    id,
    kind,
    title,
    unit,
    published,
    page,
    initials: initials(title),
    pack,
    index,
    ...(record.demonstration === true ? { demonstration: true as const } : {}),
    ...daysOf(record),
  }
}

/** What decides the marks in a list, by kind; what the record does not say is left out. */
function daysOf(record: Rec): Partial<Entry> {
  if (record.kind === 'policy') {
    const { validity, effectiveOn, expiresOn, supersededBy } = record
    return defined({ validity, effectiveOn, expiresOn, supersededBy })
  }
  if (record.kind === 'decision') {
    const { opensOn, closesOn } = record.consultation ?? {}
    return defined({ stage: record.stage, opensOn, closesOn })
  }
  return {}
}

const defined = (entry: Partial<Entry>): Partial<Entry> =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined))

/** Newest first; of one day, the lower page number first. */
export const newestFirst = (a: Entry, b: Entry): number => -compare(a.published, b.published) || a.page - b.page
