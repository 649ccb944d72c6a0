/**
 * A paragraph taken apart into atoms: the smallest things that are placed as a whole, an
 * ideograph, a punctuation mark, a word, a number. They live in parallel arrays that are
 * used again for every paragraph, so that setting text creates no object per character.
 */

/** `mayBreak`: a line must not begin with this atom (kinsoku, CLREQ 3.1.4). */
export const NEVER = 0
/** `mayBreak`: only when what the atom belongs to is wider than a line, and nothing better is left: 15│日. */
export const RARELY = 1
/** `mayBreak`: only when what the atom belongs to is wider than a line: 国发│〔2019〕│12号. */
export const RELUCTANTLY = 2
/** `mayBreak`: a line may begin with this atom. */
export const FREELY = 3

/** `gapKind`: solid; shares in the even stretching of a line. */
export const SOLID = 0
/** `gapKind`: between Han and Western characters, 1/8 to 1/2 em (CLREQ 3.5.3, 3.5.4). */
export const HAN_WESTERN = 1
/** `gapKind`: a space between words, 1/4 to 1/2 em (CLREQ 3.5.3, 3.5.4). */
export const WORD_SPACE = 2
/** `gapKind`: never changed. */
export const FIXED = 3

/** Parallel arrays; entries from `count` on are left over from another paragraph. */
export class Atoms {
  count = 0
  /** Where the atom's characters begin and end in the source. */
  start = new Int32Array(0)
  end = new Int32Array(0)
  cls = new Uint8Array(0)
  /** 1 where the atom is bold. */
  bold = new Uint8Array(0)
  /** Measured width, px: what `fillText` moves on by. */
  width = new Float64Array(0)
  /** Width that it takes up within a line after the adjustment of neighbouring marks, px. */
  advance = new Float64Array(0)
  /** How far the measured box reaches out to the left of what it takes up, px; negative: it is drawn further right. */
  lead = new Float64Array(0)
  /** Blank at the left that may still be taken away: at a line start it always is. */
  head = new Float64Array(0)
  /** Blank at the right that may still be taken away: at a line end it always is. */
  tail = new Float64Array(0)
  /** Distance to the atom before, px; counts only within a line. */
  gap = new Float64Array(0)
  gapKind = new Uint8Array(0)
  mayBreak = new Uint8Array(0)

  /** Empties the arrays, makes room for the atoms of so many characters, all of them plain ideographs at first. */
  reset(characters: number): void {
    this.count = 0
    if (characters > this.start.length) this.grow(characters)
    this.cls.fill(0, 0, characters)
    this.lead.fill(0, 0, characters)
    this.head.fill(0, 0, characters)
    this.tail.fill(0, 0, characters)
    this.gap.fill(0, 0, characters)
    this.gapKind.fill(SOLID, 0, characters)
    this.mayBreak.fill(FREELY, 0, characters)
  }

  private grow(characters: number): void {
    const size = Math.max(256, characters * 2)
    this.start = new Int32Array(size)
    this.end = new Int32Array(size)
    this.cls = new Uint8Array(size)
    this.bold = new Uint8Array(size)
    this.width = new Float64Array(size)
    this.advance = new Float64Array(size)
    this.lead = new Float64Array(size)
    this.head = new Float64Array(size)
    this.tail = new Float64Array(size)
    this.gap = new Float64Array(size)
    this.gapKind = new Uint8Array(size)
    this.mayBreak = new Uint8Array(size)
  }
}
