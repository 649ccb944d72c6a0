import { array, type GenericSchema } from 'valibot'
import { schemas } from '../../feed/records/index.ts'
import { kinds } from '../../feed/kinds.ts'
import { feedSettings, unitSettings } from '../content/settings.ts'
import { urgentSettings } from '../content/urgent.ts'
import { recordVocabulary, settingsVocabulary, urgentVocabulary } from '../content/vocabulary.ts'
import { valueNames } from '../names.ts'
import { recordDescriptions, settingsDescriptions, urgentDescriptions } from './descriptions.ts'
import { wordedSchema, type JsonSchema } from './json-schema.ts'

const draft = 'http://json-schema.org/draft-07/schema#'

/** The JSON Schema files of static/schema by name: the front matter of records, feed.yaml, units.yaml, urgent.yaml. */
export function schemaFiles(): Map<string, string> {
  const settings = (title: string, schema: GenericSchema): JsonSchema => ({
    $schema: draft,
    title,
    ...wordedSchema(schema, settingsVocabulary, settingsDescriptions),
  })
  const files = {
    'record.schema.json': recordSchema(),
    'feed.schema.json': settings('发布设置', feedSettings),
    'units.schema.json': settings('单位', array(unitSettings)),
    'urgent.schema.json': {
      $schema: draft,
      title: '紧急通知与撤回',
      ...wordedSchema(urgentSettings, urgentVocabulary, urgentDescriptions),
    },
  }
  return new Map(Object.entries(files).map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]))
}

/** One schema for all kinds: what the kind is decides which fields there are. */
function recordSchema(): JsonSchema {
  const field = recordVocabulary.fields.kind ?? ''
  return {
    $schema: draft,
    title: '记录的字段',
    type: 'object',
    required: [field],
    properties: { [field]: { enum: kinds.map((kind) => valueNames.kind[kind]) } },
    allOf: kinds.map((kind) => ({
      if: { required: [field], properties: { [field]: { const: valueNames.kind[kind] } } },
      then: wordedSchema(schemas[kind], recordVocabulary, recordDescriptions, { skip: ['body'], optional: ['unit'] }),
    })),
  }
}
