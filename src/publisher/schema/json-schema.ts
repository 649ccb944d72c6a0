import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import type { Vocabulary } from '../content/vocabulary.ts'

/** A JSON Schema (draft 7), as far as it is touched here. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly [keyword: string]: unknown
}

/**
 * The JSON Schema of a valibot schema, in the words of the files: field names,
 * allowed words, titles and descriptions in Chinese.
 * @param skip fields of the outermost object that are not written in front matter
 * @param optional fields of it that may be left out although the schema requires them
 */
export function wordedSchema(
  schema: GenericSchema,
  words: Vocabulary,
  descriptions: Readonly<Record<string, string>>,
  rules: { readonly skip?: readonly string[]; readonly optional?: readonly string[] } = {},
): JsonSchema {
  // `trim` has no counterpart in JSON Schema; what it stands beside says enough.
  const whole = toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' }) as JsonSchema
  const converted = without(whole, ['$schema'])
  const outer: JsonSchema = converted.properties
    ? {
        ...converted,
        properties: Object.fromEntries(
          Object.entries(converted.properties).filter(([name]) => !rules.skip?.includes(name)),
        ),
        required: (converted.required ?? []).filter(
          (name) => !rules.skip?.includes(name) && !rules.optional?.includes(name),
        ),
      }
    : converted
  return translate(outer, '', words, descriptions)
}

function translate(
  schema: JsonSchema,
  name: string,
  words: Vocabulary,
  descriptions: Readonly<Record<string, string>>,
): JsonSchema {
  const word = (field: string): string => words.fields[field] ?? field
  const value = (option: unknown): unknown => words.values[name]?.[String(option)] ?? option
  const inWords = ([field, inner]: [string, JsonSchema]): [string, JsonSchema] => [
    word(field),
    translate(inner, field, words, descriptions),
  ]
  const { properties, required, items, enum: options, const: only, ...rest } = schema
  return {
    ...(name === '' ? {} : { title: word(name) }),
    ...(descriptions[name] === undefined || schema.type === undefined ? {} : { description: descriptions[name] }),
    ...form(rest),
    ...(properties ? { properties: Object.fromEntries(Object.entries(properties).map(inWords)) } : {}),
    ...(required && required.length > 0 ? { required: required.map(word) } : {}),
    // The items of a list allow the same words as the list's own name says.
    ...(items ? { items: without(translate(items, name, words, descriptions), ['title', 'description']) } : {}),
    ...(options ? { type: 'string', enum: options.map(value) } : {}),
    ...(only === undefined ? {} : { const: value(only) }),
  }
}

/** The forms that YAML files may write for yes, no, and text that looks like a number. */
function form(rest: JsonSchema): JsonSchema {
  if (rest.type === 'boolean') return { enum: ['是', '否', true, false] }
  if (rest.type !== 'string' || rest.format === 'date') return rest
  return { ...rest, type: ['string', 'number'] }
}

const without = (schema: JsonSchema, keywords: readonly string[]): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)))
