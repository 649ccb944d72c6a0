import { kinds, type Kind } from '../../feed/kinds.ts'
import { compare } from '../content/problems.ts'

/** What a page number is given to. */
export interface Paged {
  readonly id: string
  readonly kind: Kind
  readonly published: string
}

/** Fewest digits of a page number: as on teletext. */
const leastDigits = 3

/** How full the ranges may be when a feed begins, so that three digits last for a while. */
const firstFill = 0.75

/**
 * Gives every record the number that is printed beside it and typed on the remote.
 * One that had a number keeps it. The first digit tells the kind: 1 and 2 policies,
 * 3 and 4 decisions, 5 and 6 service items, 7 and 8 news; 9 and 0 are left free.
 * A feed begins with as many digits as it needs; when the numbers of a kind run
 * out, its next records get one digit more.
 * @param previous the numbers of the edition before
 * @returns numbers by id, all different
 */
export function assignPages(
  records: readonly Paged[],
  previous: ReadonlyMap<string, number> = new Map(),
): Map<string, number> {
  const pages = new Map<string, number>()
  for (const { id } of records) {
    const page = previous.get(id)
    if (page !== undefined) pages.set(id, page)
  }
  // Numbers of records that have gone are not given away while there are others.
  const used = new Set(previous.values())
  const digits = Math.max(leastDigits, ...[...used].map(digitsOf), used.size === 0 ? firstDigits(records) : 0)
  const fresh = records
    .filter(({ id }) => !pages.has(id))
    .sort((a, b) => compare(a.published, b.published) || compare(a.id, b.id))
  for (const kind of kinds) {
    const numbers = freeNumbers(kind, digits, used)
    for (const { id } of fresh.filter((record) => record.kind === kind)) {
      const page = numbers.next().value
      if (page !== undefined) pages.set(id, page)
    }
  }
  return pages
}

const digitsOf = (page: number): number => String(page).length

/** The first number of a kind and the one after its last. */
function range(kind: Kind, digits: number): readonly [number, number] {
  const unit = 10 ** (digits - 1)
  const first = (1 + 2 * kinds.indexOf(kind)) * unit
  return [first, first + 2 * unit]
}

function firstDigits(records: readonly Paged[]): number {
  const most = Math.max(...kinds.map((kind) => records.filter((record) => record.kind === kind).length))
  let digits = leastDigits
  while (most > 2 * 10 ** (digits - 1) * firstFill) digits++
  return digits
}

/** Numbers of a kind that nobody has: those after the highest, then the gaps, then those with more digits. */
function* freeNumbers(kind: Kind, digits: number, used: ReadonlySet<number>): Generator<number, undefined> {
  for (let width = digits; ; width++) {
    const [first, end] = range(kind, width)
    const highest = Math.max(first - 1, ...[...used].filter((page) => page >= first && page < end))
    for (let page = highest + 1; page < end; page++) yield page
    for (let page = first; page < highest; page++) if (!used.has(page)) yield page
  }
}
