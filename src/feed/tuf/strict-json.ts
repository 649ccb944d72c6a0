/** A JSON value as metadata may hold it. Numbers are integers. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** Not the JSON, or not the shape, that is asked for. */
export class FormatError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FormatError'
    // Lowered to ES5, a subclass of Error loses its prototype.
    Object.setPrototypeOf(this, FormatError.prototype)
  }
}

/** Arrays and objects inside one another; honest metadata needs about eight. */
const deepest = 64

/**
 * Reads JSON (RFC 8259) in which there is nothing that two readers could understand in two ways:
 * no duplicate keys, no fractions or exponents, no integers beyond 2^53, no lone surrogates, no
 * broken UTF-8, no more than 64 levels. (`JSON.parse` alone takes the last of duplicate keys and
 * rounds numbers without a word.)
 * @throws {FormatError} that says what and where (position in characters)
 */
export function parseStrictJson(bytes: Uint8Array): Json {
  const text = decodeUtf8(bytes)
  // First: `JSON.parse` of old engines calls itself for each level.
  refuseAmbiguity(text)
  return parse(text)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new FormatError('not UTF-8')
  }
}

/** Looks at what `JSON.parse` would let pass; what is no JSON at all is left to it. */
function refuseAmbiguity(text: string): void {
  /** For each open bracket: the keys so far of an object, null for an array. */
  const open: (Set<string> | null)[] = []
  let keyFollows = false
  for (let at = 0; at < text.length; at++) {
    const refuse = (what: string): FormatError => new FormatError(`${what} at character ${at}`)
    const c = text[at]!
    const keys = open[open.length - 1]
    if (c === '{' || c === '[') {
      if (open.length === deepest) throw refuse(`more than ${deepest} levels`)
      open.push(c === '{' ? new Set() : null)
      keyFollows = c === '{'
    } else if (c === '}' || c === ']') {
      open.pop()
    } else if (c === ',') {
      keyFollows = Boolean(keys)
    } else if (c === '"') {
      const end = endOfString(text, at)
      const value = decode(text.slice(at, end + 1))
      if (value === undefined) throw refuse('lone surrogate in a string')
      if (keys && keyFollows) {
        if (keys.has(value)) throw refuse(`duplicate key ${JSON.stringify(value)}`)
        keys.add(value)
        keyFollows = false
      }
      at = end
    } else if (/[-\d]/.test(c)) {
      let end = at + 1
      while (/[-+.\deE]/.test(text.charAt(end))) end++
      const number = text.slice(at, end)
      if (!/^-?\d+$/.test(number)) throw refuse('number that is not an integer')
      if (!Number.isSafeInteger(Number(number))) throw refuse('number beyond 2^53')
      at = end - 1
    }
  }
}

/** Position of the quotation mark that ends the string that begins here. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end
    while (text[before - 1] === '\\') before--
    if ((end - before) % 2 === 0) return end
  }
  throw new FormatError(`string without end at character ${start}`)
}

/** The value of a string, quotation marks included; undefined when it has a lone surrogate. */
function decode(quoted: string): string | undefined {
  // Decoded UTF-8 has no lone surrogates; only escapes can write one.
  if (quoted.indexOf('\\') < 0) return quoted.slice(1, -1)
  const value = parse(quoted) as string
  try {
    encodeURIComponent(value)
    return value
  } catch {
    return undefined
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new FormatError(`not JSON: ${(error as Error).message}`)
  }
}
