/**
 * What cannot wait for the rest of an edition: emergency notices, and records that must
 * disappear at once. A role's urgent file is a few KB and not compressed, and the box
 * fetches it before everything else.
 */

/** Warning levels, gravest first: the four colours of the Emergency Response Law (突发事件应对法). */
export const severities = ['red', 'orange', 'yellow', 'blue'] as const
export type Severity = (typeof severities)[number]

/** An emergency notice. It shows from `validFrom` until `validUntil`, both ISO 8601 UTC to the second. */
export interface Notice {
  readonly id: string
  readonly severity: Severity
  readonly title: string
  readonly text: string
  readonly validFrom: string
  readonly validUntil: string
  /** Unit id. */
  readonly unit: string
}

/** A record that must not be shown any more. */
export interface Recall {
  /** Record id, of the role that recalls it. */
  readonly id: string
  /**
   * Version of the role's metadata from which on the record may be shown again. Absent: not at all.
   * A box that still shows an edition before it goes on hiding the record.
   */
  readonly before?: number
  readonly reason: string
}

/** What one role's urgent file says. */
export interface Urgent {
  readonly notices: readonly Notice[]
  readonly recalls: readonly Recall[]
}

/** Most bytes of an urgent file: one that is longer is refused unread. */
export const urgentLimit = 65_536

/** What a role says that has no urgent file. */
export const nothingUrgent: Urgent = { notices: [], recalls: [] }

/** The text of an urgent file. The same content always gives the same text. */
export const encodeUrgent = ({ notices, recalls }: Urgent): string => JSON.stringify({ format: 1, notices, recalls })

const isText = (v: unknown): v is string => typeof v === 'string' && v !== ''
const isTime = (v: unknown): v is string =>
  typeof v === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(v) && !isNaN(Date.parse(v))
const isObject = (v: unknown): v is Readonly<Record<string, unknown>> => typeof v === 'object' && v !== null

function isNotice(v: unknown): v is Notice {
  if (!isObject(v)) return false
  const texts = [v.id, v.title, v.text, v.unit].every(isText)
  return texts && severities.some((s) => s === v.severity) && isTime(v.validFrom) && isTime(v.validUntil)
}

function isRecall(v: unknown): v is Recall {
  if (!isObject(v) || !isText(v.id) || !isText(v.reason)) return false
  return v.before === undefined || (typeof v.before === 'number' && v.before >= 1)
}

/**
 * Reads an urgent file that has already been verified. It is acted on before anything else is
 * known of the edition, so its shape is checked here, on the box.
 * @throws {Error} when it is of another format than this app knows, or not of the shape it must have
 */
export function decodeUrgent(text: string): Urgent {
  const file: unknown = JSON.parse(text)
  if (!isObject(file)) throw new Error('urgent: not an object')
  if (file.format !== 1) throw new Error(`urgent format ${String(file.format)} is newer than this app (1)`)
  const { notices, recalls } = file
  if (!Array.isArray(notices) || !notices.every(isNotice)) throw new Error('urgent: malformed notices')
  if (!Array.isArray(recalls) || !recalls.every(isRecall)) throw new Error('urgent: malformed recalls')
  return { notices, recalls }
}

/**
 * The notices that are valid at a time, the gravest first; of one severity the latest first.
 * @param now the most trustworthy time there is
 */
export function validNotices(notices: readonly Notice[], now: Date): readonly Notice[] {
  const time = now.getTime()
  const rank = (notice: Notice) => severities.indexOf(notice.severity)
  return notices
    .filter((n) => Date.parse(n.validFrom) <= time && time < Date.parse(n.validUntil))
    .sort((a, b) => rank(a) - rank(b) || Date.parse(b.validFrom) - Date.parse(a.validFrom) || (a.id < b.id ? -1 : 1))
}

/**
 * The ids that are recalled for an edition with a version of the role's metadata.
 * @param version of the role's metadata in the edition that is shown
 */
export const recalledIds = ({ recalls }: Urgent, version: number): readonly string[] =>
  recalls.filter(({ before }) => before === undefined || version < before).map(({ id }) => id)
