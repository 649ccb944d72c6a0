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
