/**
 * Names and places of the files of a feed (a TUF repository with consistent
 * snapshots). Publisher and box both read them here.
 */

/** Roles that every box follows. */
export const commonRoles = ['province', 'city'] as const

/** The role of a district by its division code, GB/T 2260. */
export const districtRole = (region: string): string => `district-${region}`

/** The publishing roles that a box of this district follows, widest first. */
export const followedRoles = (region: string): string[] => [...commonRoles, districtRole(region)]

/** Path patterns (TUF delegations) that a publishing role may sign. */
export const rolePaths = (role: string): string[] => [`${role}/*`, `${role}/images/*`]

/** TUF target path of a role's catalogue. */
export const cataloguePath = (role: string): string => `${role}/catalog.json.gz`

/** TUF target path of a role's urgent file: emergency notices and recalls. There is none while there are none. */
export const urgentPath = (role: string): string => `${role}/urgent.json`

/** TUF target path of a base pack. */
export const basePackPath = (role: string, epoch: string, number: number): string =>
  `${role}/base-${epoch}-${String(number).padStart(2, '0')}.json.gz`

/**
 * Steps from edition to edition since the base, both included: 1 is the first edition after it.
 * A change of one step, or of several rolled up.
 */
export interface StepRange {
  readonly from: number
  readonly to: number
}

const stepDigits = (step: number): string => String(step).padStart(3, '0')
const rangeName = ({ from, to }: StepRange): string =>
  from === to ? stepDigits(to) : `${stepDigits(from)}-${stepDigits(to)}`

/** TUF target path of what changed in a role's catalogue. */
export const catalogueDeltaPath = (role: string, range: StepRange): string =>
  `${role}/catalog-${rangeName(range)}.json.gz`

/** TUF target path of the bodies that changed: a pack. There is none where none changed. */
export const deltaPath = (role: string, range: StepRange): string => `${role}/delta-${rangeName(range)}.json.gz`

/** What a target of a role is, by its path; null for pictures and for what this app does not know. */
export function partOf(path: string): { readonly part: 'catalog' | 'delta'; readonly range: StepRange } | null {
  const match = /\/(catalog|delta)-(\d{3,})(?:-(\d{3,}))?\.json\.gz$/.exec(path)
  if (!match) return null
  const from = Number(match[2])
  return { part: match[1] === 'catalog' ? 'catalog' : 'delta', range: { from, to: Number(match[3] ?? from) } }
}

/** Largest number of base packs of one role. */
export const maxBasePacks = 64

/** Where a target lies below `targets/` (TUF 6.2.2: hash-prefixed, consistent snapshots). */
export function hashedPath(path: string, sha256: string): string {
  const slash = path.lastIndexOf('/')
  return `${path.slice(0, slash + 1)}${sha256}.${path.slice(slash + 1)}`
}

/**
 * `custom` of a gzip target: its length once inflated, in bytes. The box
 * inflates into a buffer of exactly this size, so that a small file cannot
 * grow without bound.
 */
export interface GzipTargetCustom {
  readonly inflated: number
}

/**
 * Extra field in the signed part of timestamp metadata: the time at which the
 * publisher declared this edition to be current, ISO 8601 UTC to the second.
 * It is what the screen shows as 数据截至. (TUF permits additional fields, clause 4.1.)
 */
export const asOfField = 'as-of'
