import type { Json, JsonObject } from './strict-json.ts'

/**
 * OLPC canonical JSON, the text that TUF signatures cover (TUF 4.1): no white space, keys in
 * the order of their code points, and in strings only `"` and `\` escaped. Control characters
 * stand as they are, so that the result need not be JSON that a parser takes.
 * @param value as `parseStrictJson` gives it: integers only, no lone surrogates
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value !== 'object') return String(value)
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort(byCodePoints)
    .map((key) => `${quoted(key)}:${canonicalJson(value[key]!)}`)
  return `{${members.join(',')}}`
}

/** The bytes that are signed. */
export const canonicalBytes = (value: Json): Uint8Array => new TextEncoder().encode(canonicalJson(value))

const isArray = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value)

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`

/**
 * The default order of JavaScript is by UTF-16 units, which puts characters beyond U+FFFF before
 * U+E000–U+FFFF; other clients compare code points.
 */
function byCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Moves surrogates behind all other units. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
