import { KeepingFault, type Backend, type Pair } from './keeping.ts'

/** Most characters that we take: engines give 5 MB an origin, and some count two bytes a character. */
export const localStorageLimit = 2_500_000

/** Of these, held back from bulk for metadata and catalogues, which must not be crowded out by packs. */
export const vitalReserve = 500_000

/** Before every key, because the origin may not be ours alone. */
const prefix = 'tv-gov-info:'

/** Characters that one call of fromCharCode takes: more overflow the argument stack of old engines. */
const chunk = 8192

/** Bytes as a text of the same length, one character (U+0000–U+00FF) a byte. */
export function textOfBytes(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += chunk) {
    text += String.fromCharCode.apply(null, Array.from(bytes.subarray(at, at + chunk)))
  }
  return text
}

/** The bytes of such a text. */
export function bytesOfText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** Mark of bytes inside a JSON value. */
const bytesField = '$bytes'

/** A value as text: `b` and raw bytes, or `j` and JSON. */
function encode(value: unknown): string {
  if (value instanceof Uint8Array) return `b${textOfBytes(value)}`
  return `j${JSON.stringify(value, (_, v: unknown) => (v instanceof Uint8Array ? { [bytesField]: textOfBytes(v) } : v))}`
}

/** The value of such a text; undefined for a text that is not ours. */
function decode(text: string): unknown {
  if (text.charAt(0) === 'b') return bytesOfText(text.slice(1))
  if (text.charAt(0) !== 'j') return undefined
  try {
    return JSON.parse(text.slice(1), (_, v: unknown) => {
      if (typeof v !== 'object' || v === null || !(bytesField in v)) return v
      const inner = (v as Record<string, unknown>)[bytesField]
      return typeof inner === 'string' ? bytesOfText(inner) : v
    })
  } catch {
    return undefined
  }
}

/**
 * localStorage as a place: slower and small, but there when IndexedDB is not.
 * @param storage `window.localStorage`
 * @param limit most characters of ours, keys and values
 * @throws {KeepingFault} `missing` when it cannot be written
 */
export function localStorageBackend(storage: Storage, limit = localStorageLimit, reserve = vitalReserve): Backend {
  const names = (): string[] => {
    const found: string[] = []
    for (let i = 0; i < storage.length; i++) {
      const name = storage.key(i)
      if (name !== null && name.indexOf(prefix) === 0) found.push(name.slice(prefix.length))
    }
    return found
  }
  const sizeOf = (key: string): number => {
    const text = storage.getItem(prefix + key)
    return text === null ? 0 : prefix.length + key.length + text.length
  }
  const attempt = async <T>(operation: string, work: () => T): Promise<T> => {
    try {
      return work()
    } catch (error) {
      if (error instanceof KeepingFault) throw error
      throw new KeepingFault('local-storage', 'lost', operation, String(error))
    }
  }
  try {
    storage.setItem(`${prefix}probe`, '')
    storage.removeItem(`${prefix}probe`)
  } catch (error) {
    // A full storage can still be read, and has room again after the next garbage collection.
    if (names().length === 0) throw new KeepingFault('local-storage', 'missing', 'open', String(error))
  }
  let used = names().reduce((sum, key) => sum + sizeOf(key), 0)

  const write = (key: string, text: string | null): void => {
    const before = sizeOf(key)
    if (text === null) storage.removeItem(prefix + key)
    else storage.setItem(prefix + key, text)
    used += (text === null ? 0 : prefix.length + key.length + text.length) - before
  }

  const writeAll = (pairs: readonly Pair[], most: number): void => {
    const texts = pairs.map(([key, value]) => [key, encode(value)] as const)
    const more = texts.reduce((sum, [key, text]) => sum + prefix.length + key.length + text.length - sizeOf(key), 0)
    if (used + more > most) throw new KeepingFault('local-storage', 'full', 'write')
    const undo: [string, string | null][] = []
    for (const [key, text] of texts) {
      const old = storage.getItem(prefix + key)
      try {
        write(key, text)
      } catch (error) {
        // There are no transactions here: put back what was there, which surely fits.
        for (const [name, value] of undo.reverse()) write(name, value)
        throw new KeepingFault('local-storage', 'full', 'write', String(error))
      }
      undo.push([key, old])
    }
  }

  return {
    place: 'local-storage',
    getMany: (keys) =>
      attempt('read', () =>
        keys.map((key) => {
          const text = storage.getItem(prefix + key)
          return text === null ? undefined : decode(text)
        }),
      ),
    setMany: (pairs, vital) => attempt('write', () => writeAll(pairs, vital ? limit : limit - reserve)),
    delMany: (keys) => attempt('delete', () => keys.forEach((key) => write(key, null))),
    keys: () => attempt('list', names),
  }
}
