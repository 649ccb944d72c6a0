import type { Face, Measure } from './text.ts'

/**
 * The widths of a face, each measured once. Ideographs share one width, other single
 * characters have a place in a two-level table by code unit, words have a map.
 */
export class FaceWidths {
  readonly em: number
  /** Width of every ideograph. */
  readonly ideograph: number
  /** Width of a typed space between words: at least a quarter of an em (CLREQ 3.5.3). */
  readonly space: number
  private readonly chars: (Float64Array | undefined)[] = []
  private readonly words = new Map<string, number>()

  constructor(private readonly measure: Measure, private readonly face: Face) {
    this.em = face.size
    this.ideograph = measure('国', face)
    this.space = Math.max(measure(' ', face), face.size / 4)
  }

  /** Width of the character with the given code unit. */
  char(code: number): number {
    let row = this.chars[code >> 8]
    if (row === undefined) {
      row = new Float64Array(256).fill(-1)
      this.chars[code >> 8] = row
    }
    const known = row[code & 255] as number
    if (known >= 0) return known
    return (row[code & 255] = this.measure(String.fromCharCode(code), this.face))
  }

  /** Width of characters that are drawn together. */
  word(text: string): number {
    const known = this.words.get(text)
    if (known !== undefined) return known
    // A box shows thousands of pages in one sitting: forget before the map grows large.
    if (this.words.size >= MAX_WORDS) this.words.clear()
    const width = this.measure(text, this.face)
    this.words.set(text, width)
    return width
  }
}

const MAX_WORDS = 4096
const MAX_FACES = 32

/** Widths by measure, then by size and weight: a new `Measure` (another font) starts afresh. */
const caches = new WeakMap<Measure, Map<number, FaceWidths>>()

/** The widths of a face; shared by everything that is set with the same measure function. */
export function widthsOf(measure: Measure, face: Face): FaceWidths {
  let faces = caches.get(measure)
  if (faces === undefined) {
    faces = new Map()
    caches.set(measure, faces)
  }
  const key = face.bold ? -face.size : face.size
  let widths = faces.get(key)
  if (widths === undefined) {
    if (faces.size >= MAX_FACES) faces.clear()
    widths = new FaceWidths(measure, face)
    faces.set(key, widths)
  }
  return widths
}
