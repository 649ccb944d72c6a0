import * as v from 'valibot'
import { isMap, isScalar, type YAMLMap } from 'yaml'
import { schemas, type Rec } from '../../feed/records/index.ts'
import { kinds, type Kind } from '../../feed/kinds.ts'
import { valueNames } from '../names.ts'
import { parseYaml, normaliseText, splitFrontMatter } from './front-matter.ts'
import { linksOf, type Link } from './links.ts'
import { toBlocks, type PictureAnswer } from './markdown.ts'
import { checkRecord } from './record-rules.ts'
import { translate, type Place } from './translate.ts'
import { nearest, recordVocabulary } from './vocabulary.ts'
import type { Finding } from './problems.ts'

/** A record file as read. */
export interface ReadRecord {
  /** The record, when nothing in its file is wrong. */
  readonly record: Rec | null
  /** What other files may need to know also of a file with problems. */
  readonly id: string | undefined
  readonly kind: Kind | undefined
  readonly links: readonly Link[]
  /** Where each value stands. */
  readonly places: ReadonlyMap<string, Place>
  readonly findings: readonly Finding[]
}

const words = Object.values(recordVocabulary.fields)

/**
 * Reads the text of a record file.
 * @param folder the unit's folder that the file lies in
 * @param picture finds a picture of the content's images folder
 */
export function readRecord(text: string, folder: string, picture: (name: string) => PictureAnswer): ReadRecord {
  const nothing = { record: null, id: undefined, kind: undefined, links: [], places: new Map<string, Place>() }
  const parts = splitFrontMatter(normaliseText(text))
  if ('message' in parts) return { ...nothing, findings: [parts] }
  const body = toBlocks(parts.body, parts.bodyLine, picture)
  const { document, lineAt, findings } = parseYaml(parts.yaml, parts.yamlLine, words)
  if (findings.length > 0) return { ...nothing, findings: [...findings, ...body.findings] }
  if (!isMap(document.contents)) {
    const finding = { line: 1, message: '字段区是空的，或者不是字段的形式。', mend: '每行写一个「字段: 内容」。' }
    return { ...nothing, findings: [finding, ...body.findings] }
  }
  const map: YAMLMap = document.contents
  const kind = kindOf(map, lineAt)
  if (typeof kind === 'object') return { ...nothing, findings: [kind, ...body.findings] }

  const schema = schemas[kind]
  const front = translate(map, schema, recordVocabulary, lineAt, { skip: ['body'], optional: ['unit'] })
  const value: Record<string, unknown> = { unit: folder, ...(front.value as object), body: body.blocks }
  const file = { folder, bodyLine: parts.bodyLine, bodyIsEmpty: parts.body.trim() === '' }
  const all = [...front.findings, ...body.findings, ...checkRecord(kind, value, front.places, file)]
  const parsed = v.safeParse(schema, value)
  if (!parsed.success && all.length === 0) all.push(...parsed.issues.map((issue) => unforeseen(issue, front.places)))
  return {
    record: parsed.success && all.length === 0 ? parsed.output : null,
    id: typeof value.id === 'string' ? value.id : undefined,
    kind,
    links: linksOf(value),
    places: front.places,
    findings: all,
  }
}

/** The kind decides which fields there are; without it nothing else can be checked. */
function kindOf(map: YAMLMap, lineAt: (offset: number) => number): Kind | Finding {
  const field = recordVocabulary.fields.kind ?? ''
  const allowed = Object.values(valueNames.kind)
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === field)
  const mend = `写「${field}: ${allowed.join('」「')}」之一。`
  if (!pair) return { line: 2, field, message: '缺少必填字段。', mend }
  const written = isScalar(pair.value) ? String(pair.value.value) : ''
  const found = kinds.find((kind) => valueNames.kind[kind] === written)
  if (found) return found
  const line = isScalar(pair.key) && pair.key.range ? lineAt(pair.key.range[0]) : 2
  const near = nearest(written, allowed)
  return { line, field, message: `没有「${written}」这种记录。`, mend: near ? `是否想写「${near}」？${mend}` : mend }
}

/** A rule of the schema that has no words of its own above. */
function unforeseen(issue: v.BaseIssue<unknown>, places: ReadonlyMap<string, Place>): Finding {
  const path = (issue.path ?? []).map((step) => String(step.key)).join('.')
  const place = places.get(path)
  return {
    line: place?.line ?? 1,
    ...(place ? { field: place.field } : {}),
    message: `不符合规定：${issue.message}。`,
    mend: '对照说明中的字段表修改。',
  }
}
