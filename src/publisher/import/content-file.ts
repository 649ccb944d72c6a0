import { Document, isMap, isSeq, parseDocument } from 'yaml'
import { fieldNames, valueNames } from '../names.ts'
import { splitFrontMatter, normaliseText } from '../content/front-matter.ts'

/** Fields to write, by their code names, in the order in which they are to stand. */
export type Fields = Readonly<Record<string, string | readonly string[]>>

/** The text of a new record file. */
export function composeFile(fields: Fields, body: string): string {
  const front = new Document(Object.fromEntries(Object.entries(fields).map(([name, value]) => [word(name), value])))
  return file(yamlText(front), body)
}

/**
 * The text of an existing record file with some fields, and perhaps the body,
 * replaced. Everything else that an editor wrote there, comments included, stays.
 * @param body the new body; undefined leaves the old one
 * @returns undefined when the file is not a record file that can be changed
 */
export function updateFile(text: string, fields: Fields, body: string | undefined): string | undefined {
  const parts = splitFrontMatter(normaliseText(text))
  if ('message' in parts) return undefined
  const front = parseDocument(parts.yaml)
  if (front.errors.length > 0 || !isMap(front.contents)) return undefined
  for (const [name, value] of Object.entries(fields)) {
    if (!same(front.toJS() as Record<string, unknown>, word(name), value)) {
      const node = front.createNode(value)
      if (isSeq(node)) node.flow = false
      front.set(word(name), node)
    }
  }
  return file(yamlText(front), body ?? parts.body.replace(/^\n+/u, '').trimEnd())
}

/** What an existing record file says in some fields, by their code names. */
export function readFields(text: string, names: readonly string[]): Record<string, unknown> {
  const parts = splitFrontMatter(normaliseText(text))
  if ('message' in parts) return {}
  const front: unknown = parseDocument(parts.yaml).toJS()
  if (typeof front !== 'object' || front === null) return {}
  const written = front as Record<string, unknown>
  return Object.fromEntries(names.map((name) => [name, written[word(name)]]))
}

/** The word in the file for a field and, where only certain words are allowed, for its value. */
export const word = (name: string): string => (fieldNames as Readonly<Record<string, string>>)[name] ?? name

/** The word in the file for a value of 效力状态. */
export const validityWord = (validity: keyof typeof valueNames.validity): string => valueNames.validity[validity]

const yamlText = (front: Document | Document.Parsed): string => front.toString({ lineWidth: 0 })

const file = (yaml: string, body: string): string => `---\n${yaml}---\n\n${body}\n`

function same(front: Readonly<Record<string, unknown>>, key: string, value: string | readonly string[]): boolean {
  return JSON.stringify(front[key]) === JSON.stringify(value)
}
