/** A JSON value as metadata may hold it. Numbers are integers. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** Without a prototype, so that a key such as `__proto__` or `toString` is a key like any other. */
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

/** What stands for itself after a backslash. */
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/**
 * Reads JSON (RFC 8259) in which there is nothing that two readers could understand in two ways:
 * no duplicate keys, no fractions or exponents, no integers beyond 2^53, no lone surrogates, no
 * broken UTF-8, no more than 64 levels. (`JSON.parse` takes the last of duplicate keys and rounds
 * numbers without a word.)
 * @throws {FormatError} that says what and where (position in characters)
 */
export function parseStrictJson(bytes: Uint8Array): Json {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new FormatError('not UTF-8')
  }
  const reader = new Reader(text)
  const value = reader.value(0)
  reader.end()
  return value
}

class Reader {
  private at = 0

  constructor(private readonly text: string) {}

  value(depth: number): Json {
    this.space()
    const c = this.text[this.at]
    if (c === '{') return this.object(depth + 1)
    if (c === '[') return this.array(depth + 1)
    if (c === '"') return this.string()
    if (c === '-' || (c !== undefined && c >= '0' && c <= '9')) return this.number()
    if (this.word('true')) return true
    if (this.word('false')) return false
    if (this.word('null')) return null
    throw this.error(c === undefined ? 'ends too early' : 'unexpected character')
  }

  end(): void {
    this.space()
    if (this.at < this.text.length) throw this.error('more text after the value')
  }

  private object(depth: number): JsonObject {
    this.enter(depth)
    const object = Object.create(null) as Record<string, Json>
    if (this.next('}')) return object
    do {
      this.space()
      if (this.text[this.at] !== '"') throw this.error('expected a key')
      const start = this.at
      const key = this.string()
      if (key in object) {
        this.at = start
        throw this.error(`duplicate key ${JSON.stringify(key)}`)
      }
      if (!this.next(':')) throw this.error('expected ":"')
      object[key] = this.value(depth)
    } while (this.next(','))
    if (!this.next('}')) throw this.error('expected "," or "}"')
    return object
  }

  private array(depth: number): Json[] {
    this.enter(depth)
    const items: Json[] = []
    if (this.next(']')) return items
    do items.push(this.value(depth))
    while (this.next(','))
    if (!this.next(']')) throw this.error('expected "," or "]"')
    return items
  }

  private enter(depth: number): void {
    if (depth > deepest) throw this.error(`more than ${deepest} levels`)
    this.at++
  }

  private string(): string {
    const { text } = this
    let value = ''
    let escaped = false
    let from = ++this.at
    for (;;) {
      const code = text.charCodeAt(this.at)
      // NaN, at the end of the text, is not below 0x20.
      if (code !== code) throw this.error('ends inside a string')
      if (code < 0x20) throw this.error('control character inside a string')
      if (code === 0x22) break
      if (code === 0x5c) {
        value += text.slice(from, this.at) + this.escape()
        escaped = true
        from = this.at
      } else this.at++
    }
    value += text.slice(from, this.at)
    // Decoded UTF-8 has none; only escapes can write one.
    if (escaped && hasLoneSurrogate(value)) throw this.error('lone surrogate inside a string')
    this.at++
    return value
  }

  /** Reads an escape and moves behind it. */
  private escape(): string {
    const c = this.text[this.at + 1] ?? ''
    if (c === 'u') {
      const hex = this.text.slice(this.at + 2, this.at + 6)
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw this.error('broken \\u escape')
      this.at += 6
      return String.fromCharCode(parseInt(hex, 16))
    }
    const plain = Object.prototype.hasOwnProperty.call(escapes, c) ? escapes[c] : undefined
    if (plain === undefined) throw this.error('unknown escape')
    this.at += 2
    return plain
  }

  private number(): number {
    const start = this.at
    if (this.text[this.at] === '-') this.at++
    const first = this.at
    while (this.isDigit()) this.at++
    const digits = this.text.slice(first, this.at)
    if (digits === '' || (digits.length > 1 && digits[0] === '0')) throw this.error('broken number')
    const after = this.text[this.at]
    if (after === '.' || after === 'e' || after === 'E') throw this.error('number that is not an integer')
    const value = Number(this.text.slice(start, this.at))
    if (!Number.isSafeInteger(value)) throw this.error('number beyond 2^53')
    return value === 0 ? 0 : value // -0 is 0
  }

  private isDigit(): boolean {
    const code = this.text.charCodeAt(this.at)
    return code >= 0x30 && code <= 0x39
  }

  private word(word: string): boolean {
    if (this.text.slice(this.at, this.at + word.length) !== word) return false
    this.at += word.length
    return true
  }

  /** Skips white space, and then the character if it is the next one. */
  private next(character: string): boolean {
    this.space()
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.at++
    }
  }

  private error(what: string): FormatError {
    return new FormatError(`${what} at character ${this.at}`)
  }
}

function hasLoneSurrogate(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0xd800 || code > 0xdfff) continue
    const next = text.charCodeAt(i + 1)
    if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return true
    i++
  }
  return false
}
