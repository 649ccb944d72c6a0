import { own } from './hash.ts'
import { FormatError, type Json, type JsonObject } from './strict-json.ts'

/*
 * Readers of fields of parsed JSON, each of one type: they give the field, or throw FormatError
 * that names it.
 */

export const object = (from: JsonObject, key: string): JsonObject => read(from, key, 'an object', isObject)

export const string = (from: JsonObject, key: string): string => read(from, key, 'a string', isString)

/** An integer that is not less than `least`. */
export const integer = (from: JsonObject, key: string, least: number): number =>
  read(from, key, `an integer of at least ${least}`, (v): v is number => typeof v === 'number' && v >= least)

/** False when there is no such field. */
export const flag = (from: JsonObject, key: string): boolean =>
  key in from && read(from, key, 'true or false', (v): v is boolean => typeof v === 'boolean')

export const strings = (from: JsonObject, key: string): readonly string[] =>
  read(from, key, 'a list of strings', (v): v is readonly string[] => Array.isArray(v) && v.every(isString))

export const objects = (from: JsonObject, key: string): readonly JsonObject[] =>
  read(from, key, 'a list of objects', (v): v is readonly JsonObject[] => Array.isArray(v) && v.every(isObject))

/** A time as TUF 4.2.3 writes it, milliseconds since 1970. */
export function dateTime(from: JsonObject, key: string): number {
  const isTime = (v: Json): v is string => isString(v) && parseDateTime(v) !== undefined
  return parseDateTime(read(from, key, 'a time such as 2030-01-31T00:00:00Z', isTime))!
}

/** Milliseconds since 1970; undefined for anything but a `YYYY-MM-DDTHH:MM:SSZ` that exists. */
export function parseDateTime(text: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : NaN
  // Engines differ about 31 February: some call it 3 March.
  return time === time && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19) ? time : undefined
}

/** @throws {FormatError} when a name comes twice */
export function refuseRepeated(names: readonly string[], what: string): void {
  if (new Set(names).size !== names.length) throw new FormatError(`${what} twice among ${names.join(', ')}`)
}

const isString = (value: Json): value is string => typeof value === 'string'

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function read<T extends Json>(from: JsonObject, key: string, expected: string, fits: (value: Json) => value is T): T {
  const value = own(from, key)
  if (value === undefined) throw new FormatError(`${key} is missing`)
  if (!fits(value)) throw new FormatError(`${key} is not ${expected}: ${JSON.stringify(value).slice(0, 60)}`)
  return value
}
