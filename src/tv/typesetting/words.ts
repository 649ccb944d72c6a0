import { CLASS, DIGIT, isWordClass, LETTER, SLASH } from './classes.ts'
import type { FaceWidths } from './widths.ts'

/** Characters that stand inside of words and numbers when a letter or digit follows: 9:00, 1,500.5, don't. */
const INSIDE = '.,:;?!\'’/·'

/** Where the word or number that begins at `from` ends. */
export function wordEnd(text: string, from: number, to: number): number {
  let end = from + 1
  while (end < to) {
    const code = text.charCodeAt(end)
    if (!isWordClass(CLASS[code] as number)) {
      if (end + 1 >= to || INSIDE.indexOf(text.charAt(end)) < 0) break
      const next = CLASS[text.charCodeAt(end + 1)] as number
      if (next !== LETTER && next !== DIGIT && !(next === SLASH && code !== 0x2c)) break
      end++
    }
    end++
  }
  return end
}

/** An address may be cut after these; the last of them before the edge is taken. */
const AFTER = '/?&=-_.@:#%+~,;'

/**
 * Where a piece of a word that is wider than a line ends: after the last permitted place
 * that fits into `limit`, else after the last character that does.
 */
export function nextPiece(word: string, from: number, limit: number, widths: FaceWidths): number {
  let end = from + 1
  while (end < word.length && AFTER.indexOf(word.charAt(end - 1)) < 0) end++
  // http:// is not cut in the middle.
  while (end < word.length && word.charAt(end) === '/') end++
  if (widths.word(word.slice(from, end)) <= limit) return end
  end = from + 1
  while (end < word.length && widths.word(word.slice(from, end + 1)) <= limit) end++
  return end
}
