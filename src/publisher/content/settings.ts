import * as v from 'valibot'
import { isoDate, line, recordId } from '../../feed/records/common.ts'
import { levels, type Unit } from '../../feed/unit.ts'
import { parseYaml, normaliseText } from './front-matter.ts'
import { translate, type Place } from './translate.ts'
import { settingsVocabulary } from './vocabulary.ts'
import type { Problem } from './problems.ts'

/** GB/T 2260: six digits. */
const region = v.pipe(v.string(), v.regex(/^\d{6}$/u))

/** feed.yaml: whose feed it is, and which units each role may publish for. */
export const feedSettings = v.strictObject({
  name: line,
  /** See world.ts; preview, where it is not said. */
  world: v.optional(v.picklist(['preview', 'production'])),
  /** Division code of the city. */
  region,
  roles: v.pipe(
    v.array(
      v.strictObject({
        /** `province`, `city` or `district-` and its division code. */
        role: v.pipe(v.string(), v.regex(/^(?:province|city|district-\d{6})$/u)),
        /** Number of signatures that make it valid: the review rule. */
        threshold: v.pipe(v.number(), v.integer(), v.minValue(1)),
        units: v.array(recordId),
      }),
    ),
    v.minLength(1),
  ),
})

/** units.yaml: a list of these. */
export const unitSettings = v.strictObject({
  id: recordId,
  name: line,
  formerNames: v.optional(v.array(v.strictObject({ name: line, until: isoDate }))),
  level: v.picklist(levels),
  region,
})

export type FeedSettings = v.InferOutput<typeof feedSettings>

/** A settings file as read: its value when it can be used, and what is wrong with it. */
export interface SettingsFile<T> {
  readonly value: T | null
  readonly places: ReadonlyMap<string, Place>
  readonly problems: readonly Problem[]
}

/** Reads the text of feed.yaml. */
export function readFeedSettings(text: string): SettingsFile<FeedSettings> {
  return read(text, 'feed.yaml', feedSettings)
}

/** Reads the text of units.yaml. */
export function readUnits(text: string): SettingsFile<readonly Unit[]> {
  return read(text, 'units.yaml', v.array(unitSettings))
}

function read<S extends v.GenericSchema>(text: string, file: string, schema: S): SettingsFile<v.InferOutput<S>> {
  const words = Object.values(settingsVocabulary.fields)
  const { document, lineAt, findings } = parseYaml(normaliseText(text), 1, words)
  if (findings.length > 0) {
    return { value: null, places: new Map(), problems: findings.map((f) => ({ ...f, file })) }
  }
  const translated = translate(document.contents, schema, settingsVocabulary, lineAt)
  const problems = translated.findings.map((f) => ({ ...f, file }))
  const parsed = v.safeParse(schema, translated.value)
  return { value: problems.length === 0 && parsed.success ? parsed.output : null, places: translated.places, problems }
}

/** What the two settings files must agree on: every unit under one role, every listed unit known. */
export function checkSettings(feed: SettingsFile<FeedSettings>, units: SettingsFile<readonly Unit[]>): Problem[] {
  const problems: Problem[] = []
  const add = (file: string, place: Place | undefined, message: string, mend: string): void => {
    problems.push({ file, line: place?.line ?? 1, ...(place ? { field: place.field } : {}), message, mend })
  }
  const known = new Set<string>()
  units.value?.forEach((unit, i) => {
    const place = units.places.get(`${String(i)}.id`)
    if (known.has(unit.id)) add('units.yaml', place, `编号「${unit.id}」用了两次。`, '每个单位一个编号，改掉其中一个。')
    known.add(unit.id)
  })
  const roles = new Set<string>()
  const owner = new Map<string, string>()
  feed.value?.roles.forEach((role, i) => {
    const path = `roles.${String(i)}`
    if (roles.has(role.role)) {
      add('feed.yaml', feed.places.get(`${path}.role`), `角色「${role.role}」写了两次。`, '合并成一个角色。')
    }
    roles.add(role.role)
    role.units.forEach((unit, j) => {
      const place = feed.places.get(`${path}.units.${String(j)}`)
      const before = owner.get(unit)
      if (units.value && !known.has(unit)) {
        add('feed.yaml', place, `units.yaml 里没有单位「${unit}」。`, '在 units.yaml 里加上这个单位，或删去这一项。')
      } else if (before !== undefined) {
        add('feed.yaml', place, `单位「${unit}」已经属于角色「${before}」。`, '一个单位只能属于一个角色，删去其中一处。')
      }
      owner.set(unit, before ?? role.role)
    })
  })
  return problems
}
