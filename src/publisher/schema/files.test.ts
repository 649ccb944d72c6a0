import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fieldNames, valueNames } from '../names.ts'
import { schemas } from '../../feed/records/index.ts'
import { shapeOf, type Schema } from '../content/shape.ts'
import { recordDescriptions, settingsDescriptions } from './descriptions.ts'
import { schemaFiles } from './files.ts'
import type { JsonSchema } from './json-schema.ts'

const folder = path.resolve(import.meta.dirname, '../../../static/schema')
const record = JSON.parse(schemaFiles().get('record.schema.json') ?? '') as JsonSchema
const kinds = (record.allOf as { then: JsonSchema }[]).map(({ then }) => then)

/** All field names of a schema, at every depth. */
function fields(schema: JsonSchema): string[] {
  const properties = Object.entries(schema.properties ?? {})
  const own = properties.flatMap(([name, inner]) => [name, ...fields(inner)])
  return [...own, ...(schema.items ? fields(schema.items) : [])]
}

/** All code names of a record schema, at every depth. */
function codeNames(schema: Schema, name = ''): string[] {
  const shape = shapeOf(schema)
  if (shape.is === 'list') return codeNames(shape.item, name)
  if (shape.is !== 'mapping') return []
  const entries = [...shape.entries].filter(([inner]) => inner !== 'body')
  return entries.flatMap(([inner, entry]) => [inner, ...codeNames(entry.schema, inner)])
}
const allNames = new Set(Object.values(schemas).flatMap((schema) => codeNames(schema)))

it.each([...schemaFiles()])('static/schema/%s is current: else run `npm run publisher -- schema`', (name, text) => {
  expect(readFileSync(path.join(folder, name), 'utf8')).toBe(text)
})

describe('the names that editors write', () => {
  it('are there for every field', () => {
    expect([...allNames].filter((name) => !(name in fieldNames))).toEqual([])
    expect(kinds.flatMap(fields).filter((name) => /^[a-z]/iu.test(name))).toEqual([])
  })

  it('are all used, and each once', () => {
    expect(Object.keys(fieldNames).filter((name) => !allNames.has(name))).toEqual([])
    const words = Object.values(fieldNames)
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([])
  })

  it('describe only fields that exist', () => {
    expect(Object.keys(recordDescriptions).filter((name) => !allNames.has(name))).toEqual([])
    expect(Object.keys(settingsDescriptions)).toContain('threshold')
  })
})

describe('the schema of records', () => {
  it('knows the fields of each kind, without the body', () => {
    const [policy, , service] = kinds
    expect(policy?.required).toEqual(['记录类型', '编号', '标题', '发布日期', '发文机关', '效力状态'])
    expect(Object.keys(service?.properties ?? {})).toContain('办理流程')
    expect(kinds.flatMap(fields)).not.toContain('body')
  })

  it('allows the words that check allows', () => {
    const properties = kinds[2]?.properties ?? {}
    expect(properties['服务对象']?.items?.enum).toEqual(Object.values(valueNames.serviceObjects))
    expect(properties['法定办结时限']?.properties?.['计时单位']?.enum).toEqual(Object.values(valueNames.measure))
    expect(properties['是否收费']?.enum).toEqual(['是', '否', true, false])
    expect(properties['咨询方式']?.type).toEqual(['string', 'number'])
  })
})
