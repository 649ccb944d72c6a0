import type * as v from 'valibot'
import { isoDate, line, recordId } from '../../feed/records/common.ts'

/**
 * What a value must look like, read off its valibot schema: only as much as is
 * needed to say in an editor's words what is wrong. The schema itself stays the judge.
 */
export type Shape =
  | { readonly is: 'mapping'; readonly entries: ReadonlyMap<string, Entry> }
  | { readonly is: 'list'; readonly item: Schema; readonly least: number }
  | { readonly is: 'word'; readonly options: readonly string[] }
  | { readonly is: 'flag' }
  | { readonly is: 'number'; readonly whole: boolean; readonly least?: number }
  | TextShape

export interface TextShape {
  readonly is: 'text'
  readonly style: 'line' | 'prose' | 'date' | 'id'
  /** Most characters. */
  readonly most?: number
  /** What it must match, beyond its style. */
  readonly pattern?: RegExp
}

export interface Entry {
  readonly schema: Schema
  readonly required: boolean
}

export type Schema = v.GenericSchema

/** The members of valibot's schemas that are read here; which of them exist depends on `type`. */
interface Inside {
  readonly type: string
  readonly pipe?: readonly (Schema | Check)[]
  readonly wrapped?: Schema
  readonly entries?: Readonly<Record<string, Schema>>
  readonly item?: Schema
  readonly options?: readonly string[]
  readonly literal?: string
}

interface Check {
  readonly kind: 'validation' | 'transformation' | 'metadata'
  readonly type: string
  readonly requirement?: unknown
}

const inside = (schema: Schema): Inside => schema

/** @throws {Error} for a schema that front matter cannot express. */
export function shapeOf(schema: Schema): Shape {
  const { type, wrapped, entries, item, options, literal } = inside(schema)
  if (type === 'optional' && wrapped) return shapeOf(wrapped)
  const { bases, checks } = unpipe(schema)
  const least = checks.get('min_length') ?? checks.get('min_value')
  switch (type) {
    case 'strict_object':
      return {
        is: 'mapping',
        entries: new Map(
          Object.entries(entries ?? {}).map(([name, entry]) => [
            name,
            { schema: entry, required: inside(entry).type !== 'optional' },
          ]),
        ),
      }
    case 'array':
      if (!item) break
      return { is: 'list', item, least: typeof least === 'number' ? least : 0 }
    case 'picklist':
      return { is: 'word', options: options ?? [] }
    case 'literal':
      return { is: 'word', options: literal === undefined ? [] : [literal] }
    case 'boolean':
      return { is: 'flag' }
    case 'number':
      return { is: 'number', whole: checks.has('integer'), ...(typeof least === 'number' ? { least } : {}) }
    case 'string': {
      const most = checks.get('max_length')
      const pattern = checks.get('regex')
      const style = bases.has(isoDate) ? 'date' : bases.has(recordId) ? 'id' : bases.has(line) ? 'line' : 'prose'
      return {
        is: 'text',
        style,
        ...(typeof most === 'number' ? { most } : {}),
        ...(style === 'prose' && pattern instanceof RegExp ? { pattern } : {}),
      }
    }
  }
  throw new Error(`a schema of type ${type} has no form in front matter`)
}

/** The named schemas that a pipe was built from, and its checks by type. */
function unpipe(schema: Schema): { bases: ReadonlySet<unknown>; checks: ReadonlyMap<string, unknown> } {
  const bases = new Set<unknown>([schema])
  const checks = new Map<string, unknown>()
  for (const step of inside(schema).pipe ?? []) {
    if (step.kind === 'schema') {
      // The first step is the schema that was piped; a plain one has no pipe of its own.
      const deeper = unpipe(step)
      deeper.bases.forEach((base) => bases.add(base))
      deeper.checks.forEach((requirement, name) => checks.set(name, requirement))
    } else {
      checks.set(step.type, step.requirement ?? true)
    }
  }
  return { bases, checks }
}
