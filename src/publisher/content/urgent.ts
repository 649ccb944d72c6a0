import * as v from 'valibot'
import { line, prose, recordId } from '../../feed/records/common.ts'
import { encodeUrgent, severities, type Notice, type Recall } from '../../feed/urgent.ts'
import { parseYaml, normaliseText } from './front-matter.ts'
import { compare, type Problem } from './problems.ts'
import { isDay, translate, type Place } from './translate.ts'
import { urgentVocabulary } from './vocabulary.ts'

/** urgent.yaml: emergency notices, and records to be taken back at once. */
export const urgentSettings = v.strictObject({
  notices: v.optional(
    v.array(
      v.strictObject({
        id: recordId,
        severity: v.picklist(severities),
        title: v.pipe(line, v.maxLength(60)),
        text: v.pipe(prose, v.maxLength(500)),
        /** `2025-07-01 08:00`, the time in China. */
        validFrom: line,
        validUntil: line,
        unit: recordId,
      }),
    ),
  ),
  recalls: v.optional(
    v.array(
      v.strictObject({
        id: recordId,
        /** Needed when the record's file is no longer in the content. */
        unit: v.optional(recordId),
        reason: v.pipe(line, v.maxLength(200)),
      }),
    ),
  ),
})

/** What a role says urgently, as its editors wrote it. */
export interface UrgentContent {
  readonly notices: readonly Notice[]
  readonly recalls: readonly Recall[]
}

/** urgent.yaml as read. */
export interface UrgentFile {
  /** By role. */
  readonly byRole: ReadonlyMap<string, UrgentContent>
  readonly problems: readonly Problem[]
}

const file = 'urgent.yaml'

/** Most bytes of what a role says: a few KB, and room below the box's limit for recalls that are over. */
const mostBytes = 24_000

/**
 * Reads the text of urgent.yaml.
 * @param roleOfUnit the role that publishes a unit; undefined when there is none
 * @param roleOfRecord the role of a record of the content; undefined when there is no such record
 */
export function readUrgent(
  text: string,
  roleOfUnit: (unit: string) => string | undefined,
  roleOfRecord: (id: string) => string | undefined,
): UrgentFile {
  const words = Object.values(urgentVocabulary.fields)
  const { document, lineAt, findings } = parseYaml(normaliseText(text), 1, words)
  const refused = (found: readonly Omit<Problem, 'file'>[]): UrgentFile => ({
    byRole: new Map(),
    problems: found.map((finding) => ({ ...finding, file })),
  })
  if (findings.length > 0) return refused(findings)
  // Everything was taken out again.
  if (document.contents === null) return refused([])
  const translated = translate(document.contents, urgentSettings, urgentVocabulary, lineAt)
  const parsed = v.safeParse(urgentSettings, translated.value)
  if (translated.findings.length > 0 || !parsed.success) return refused(translated.findings)
  return settle(parsed.output, translated.places, roleOfUnit, roleOfRecord)
}

/** Gives everything to its role, with its times as the feed writes them. */
function settle(
  { notices = [], recalls = [] }: v.InferOutput<typeof urgentSettings>,
  places: ReadonlyMap<string, Place>,
  roleOfUnit: (unit: string) => string | undefined,
  roleOfRecord: (id: string) => string | undefined,
): UrgentFile {
  const problems: Problem[] = []
  const add = (path: string, message: string, mend: string): void => {
    const place = places.get(path)
    problems.push({ file, line: place?.line ?? 1, ...(place ? { field: place.field } : {}), message, mend })
  }
  const seen = new Set<string>()
  const once = (path: string, kind: string, id: string): void => {
    if (seen.has(`${kind} ${id}`)) add(path, `编号「${id}」用了两次。`, '改掉其中一个，或删去重复的一项。')
    seen.add(`${kind} ${id}`)
  }
  const unitRole = (path: string, unit: string): string | undefined => {
    const role = roleOfUnit(unit)
    if (role === undefined) {
      add(path, `单位「${unit}」不在任何角色的发布单位里，不能发布。`, '改成 feed.yaml 里列出的单位编号。')
    }
    return role
  }
  const found = new Map<string, { notices: Notice[]; recalls: Recall[] }>()
  const of = (role: string) => {
    const known = found.get(role) ?? { notices: [], recalls: [] }
    found.set(role, known)
    return known
  }

  notices.forEach((notice, i) => {
    const path = `notices.${String(i)}`
    once(`${path}.id`, 'notice', notice.id)
    const role = unitRole(`${path}.unit`, notice.unit)
    const [validFrom, validUntil] = (['validFrom', 'validUntil'] as const).map((name) => {
      const time = chinaTime(notice[name])
      if (time === null) {
        add(`${path}.${name}`, `「${notice[name]}」不是正确的时间。`, '写成 2025-07-01 08:00 这样的北京时间。')
      }
      return time ?? ''
    })
    if (!validFrom || !validUntil) return
    if (validUntil <= validFrom) {
      add(`${path}.validUntil`, '失效时间不晚于生效时间。', '改正其中一个时间。')
    }
    if (role !== undefined) of(role).notices.push({ ...notice, validFrom, validUntil })
  })
  recalls.forEach(({ id, unit, reason }, i) => {
    const path = `recalls.${String(i)}`
    once(`${path}.id`, 'recall', id)
    const role = unit === undefined ? roleOfRecord(id) : unitRole(`${path}.unit`, unit)
    if (role === undefined && unit === undefined) {
      add(
        `${path}.id`,
        `内容里没有编号为「${id}」的记录。`,
        '改正编号；记录文件已经移走的，加一行「发布单位: 单位编号」。',
      )
    }
    if (role !== undefined) of(role).recalls.push({ id, reason })
  })
  for (const said of found.values()) {
    if (Buffer.byteLength(encodeUrgent(said)) > mostBytes) {
      add('', '紧急通知太多，机顶盒要先收完它们才能收别的内容。', '删去已经过期的通知，缩短其余的。')
    }
    said.notices.sort((a, b) => compare(a.id, b.id))
    said.recalls.sort((a, b) => compare(a.id, b.id))
  }
  return { byRole: found, problems }
}

/** `2025-07-01 08:00` in China (UTC+8) as ISO 8601 UTC to the second; null when it is no such time. */
function chinaTime(text: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/u.exec(text)
  const [, day = '', minute = ''] = match ?? []
  if (!isDay(day)) return null
  const time = new Date(`${day}T${minute}:00+08:00`)
  return Number.isNaN(time.getTime()) ? null : `${time.toISOString().slice(0, 19)}Z`
}
