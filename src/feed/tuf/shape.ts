import { FormatError, type Json, type JsonObject } from './strict-json.ts'

/**
 * Reads fields of parsed JSON whose type must be right. Every function takes the place
 * of the value, as the message names it: `signed.roles.root.threshold`.
 */

export function object(value: Json | undefined, where: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(value, where, 'an object')
  return value as JsonObject
}

export function list(value: Json | undefined, where: string): readonly Json[] {
  if (!Array.isArray(value)) throw wrong(value, where, 'a list')
  return value as readonly Json[]
}

export function string(value: Json | undefined, where: string): string {
  if (typeof value !== 'string') throw wrong(value, where, 'a string')
  return value
}

/** An integer that is not less than `least`. */
export function integer(value: Json | undefined, where: string, least: number): number {
  if (typeof value !== 'number' || value < least) throw wrong(value, where, `an integer of at least ${least}`)
  return value
}

export function boolean(value: Json | undefined, where: string): boolean {
  if (typeof value !== 'boolean') throw wrong(value, where, 'true or false')
  return value
}

/** A list of strings, none twice. */
export function distinctStrings(value: Json | undefined, where: string): readonly string[] {
  const strings = list(value, where).map((item, i) => string(item, `${where}[${i}]`))
  if (new Set(strings).size !== strings.length) throw new FormatError(`${where} names something twice`)
  return strings
}

/**
 * TUF 4.2.3: `YYYY-MM-DDTHH:MM:SSZ`, a day that exists.
 * @returns milliseconds since 1970
 */
export function dateTime(value: Json | undefined, where: string): number {
  const text = string(value, where)
  const time = parseDateTime(text)
  if (time === undefined) throw wrong(value, where, 'a time such as 2030-01-31T00:00:00Z')
  return time
}

/** Milliseconds since 1970; undefined for anything but a `YYYY-MM-DDTHH:MM:SSZ` that exists. */
export function parseDateTime(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  // 31 February would have become 3 March.
  return new Date(time).toISOString().slice(0, 19) === text.slice(0, 19) ? time : undefined
}

function wrong(value: Json | undefined, where: string, expected: string): FormatError {
  if (value === undefined) return new FormatError(`${where} is missing`)
  const found = JSON.stringify(value)
  return new FormatError(`${where} is not ${expected}: ${found.length > 60 ? `${found.slice(0, 60)}…` : found}`)
}
