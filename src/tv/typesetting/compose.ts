import { Atoms, FIXED, FREELY, HAN_WESTERN, NEVER, RARELY, RELUCTANTLY, WORD_SPACE } from './atoms.ts'
import {
  AUTOSPACE, CLASS, CLASSES, COMBINING, CONNECTOR, DASH, DIGIT, DOT, ELLIPSIS, FIXED_SPACE, IDEO, isLeftInk,
  isWidePunctuation, isWordClass, KEEP, LETTER, NARROW_CLOSE, NARROW_OPEN, NEWLINE, OPEN, ORDINAL, PAIR, QUOTE,
  RIGID, SLASH, SOFT, SPACE, STOP, SURROGATE, TRIM_FIRST, TRIM_SECOND, WIDE_SPACE, ZERO_SPACE,
} from './classes.ts'
import { NumberRules } from './numbers.ts'
import type { Source } from './source.ts'
import { nextPiece, wordEnd } from './words.ts'
import type { FaceWidths } from './widths.ts'

/** Marks narrower than this share of an em are set as they are: a font with narrow quotation marks. */
const WIDE = 0.75
/** A dash or ellipsis of up to so many characters is one mark; longer ones are leaders or blanks to fill in. */
const LONGEST_MARK = 6

const NO_SPACE = 0

const atoms = new Atoms()
const numbers = new NumberRules()
/** Class of the spaces since the last atom, the width and number of them. */
let space = NO_SPACE
let spaceWidth = 0
let spaceCount = 0
/** Whether the next straight quotation mark closes. */
let quoteOpen = false
let em = 0
/** Whether what comes next stays with a (一) before it. */
let reluctant = false

/**
 * Takes the characters `from`…`to` of a source apart. The result is shared: it is
 * overwritten by the next call. `limit`: the room of the narrowest line, px; words that
 * are wider are cut into pieces at places where an address may be cut.
 */
export function compose(
  source: Source, from: number, to: number, plain: FaceWidths, strong: FaceWidths, limit: number,
): Atoms {
  const text = source.text
  const toggles = source.toggles
  atoms.reset(to - from)
  numbers.reset()
  space = NO_SPACE
  quoteOpen = false
  reluctant = false
  em = plain.em

  let turn = 0
  while (turn < toggles.length && (toggles[turn] as number) <= from) turn++
  let faceEnd = turn < toggles.length ? (toggles[turn] as number) : to
  let bold = turn & 1
  let widths = bold === 1 ? strong : plain

  for (let i = from; i < to;) {
    if (i >= faceEnd) {
      while (turn < toggles.length && (toggles[turn] as number) <= i) turn++
      faceEnd = turn < toggles.length ? (toggles[turn] as number) : to
      bold = turn & 1
      widths = bold === 1 ? strong : plain
    }
    const code = text.charCodeAt(i)
    let cls = CLASS[code] as number
    if (cls === IDEO && code >= 0x3400 && code <= 0x9fff && space === NO_SPACE && plainBefore()) {
      // Nine in ten characters: an ideograph after an ideograph, nothing to settle.
      const at = atoms.count++
      atoms.start[at] = i
      atoms.end[at] = ++i
      atoms.bold[at] = bold
      atoms.width[at] = atoms.advance[at] = widths.ideograph
    } else if (cls <= ORDINAL) {
      push(text, cls, i, i + 1, bold, code >= 0x3400 && code <= 0x9fff ? widths.ideograph : widths.char(code))
      i++
    } else if (isWordClass(cls)) {
      const end = wordEnd(text, i, Math.min(faceEnd, to))
      pushWord(text, cls, i, end, bold, widths, limit)
      i = end
    } else if (cls >= SPACE) {
      i = other(text, cls, i, to, bold, widths)
    } else if (cls === DASH || cls === ELLIPSIS) {
      let end = i + 1
      while (end < to && CLASS[text.charCodeAt(end)] === cls) end++
      pushMark(text, cls, i, end, bold, widths, limit)
      i = end
    } else {
      if (cls === QUOTE) {
        cls = quoteOpen ? NARROW_CLOSE : NARROW_OPEN
        quoteOpen = !quoteOpen
      }
      push(text, cls, i, i + 1, bold, widths.char(code))
      i++
    }
  }
  return atoms
}

/** Whether the last atom is an ideograph that belongs to no number. */
function plainBefore(): boolean {
  return atoms.count > 0 && atoms.cls[atoms.count - 1] === IDEO && !numbers.pending
}

/** Spaces, combining marks and characters outside the basic plane; returns where to go on. */
function other(text: string, cls: number, i: number, to: number, bold: number, widths: FaceWidths): number {
  if (cls === SURROGATE) {
    const end = Math.min(to, i + 2)
    push(text, 0, i, end, bold, widths.word(text.slice(i, end)))
    return end
  }
  if (cls === COMBINING) {
    if (atoms.count > 0) atoms.end[atoms.count - 1] = i + 1
    return i + 1
  }
  if (cls === NEWLINE) cls = SPACE
  if (cls !== space) spaceCount = 0
  // A wide space outweighs others; a narrow one outweighs a mere place to break.
  if (cls === WIDE_SPACE || space !== WIDE_SPACE) {
    if (space < SPACE || cls !== ZERO_SPACE) space = cls
    spaceCount++
  }
  spaceWidth = space === WIDE_SPACE ? spaceCount * widths.em : widths.space
  return i + 1
}

/** A word or number; one that is wider than a line in pieces. */
function pushWord(
  text: string, cls: number, from: number, to: number, bold: number, widths: FaceWidths, limit: number,
): void {
  if (to - from === 1) {
    const char = text.charAt(from)
    // A lone hyphen or tilde between ideographs is a connector (GB/T 15834 5.1.6).
    if (char === '-' || char === '~') cls = CONNECTOR
  }
  if (cls !== CONNECTOR && cls !== DIGIT) cls = LETTER
  const word = text.slice(from, to)
  const width = widths.word(word)
  if (width <= limit || to - from < 2) {
    push(text, cls, from, to, bold, width)
    return
  }
  for (let at = 0; at < word.length;) {
    const end = nextPiece(word, at, limit, widths)
    push(text, cls, from + at, from + end, bold, widths.word(word.slice(at, end)))
    if (at > 0) atoms.mayBreak[atoms.count - 1] = FREELY
    at = end
  }
}

/**
 * Dashes and ellipses: one em a character, drawn as one so that the strokes join
 * (GB/T 15834 5.1.4, 5.1.5); fonts whose dash is narrower have it centred in its room.
 */
function pushMark(
  text: string, cls: number, from: number, to: number, bold: number, widths: FaceWidths, limit: number,
): void {
  const step = to - from <= LONGEST_MARK && (to - from) * em <= limit ? to - from : 2
  for (let at = from; at < to; at += step) {
    const end = Math.min(to, at + step)
    push(text, cls, at, end, bold, widths.word(text.slice(at, end)))
    const last = atoms.count - 1
    const room = (end - at) * em * (text.charCodeAt(at) === 0x2e3a ? 2 : 1)
    atoms.lead[last] = ((atoms.width[last] as number) - room) / 2
    atoms.advance[last] = room
    if (at > from) atoms.mayBreak[last] = RELUCTANTLY
  }
}

/** Adds an atom and settles what it and the one before it do to each other. */
function push(text: string, cls: number, start: number, end: number, bold: number, width: number): void {
  const a = atoms
  const i = a.count++
  a.start[i] = start
  a.end[i] = end
  a.cls[i] = cls
  a.bold[i] = bold
  a.width[i] = width
  a.advance[i] = width
  if (cls >= OPEN && cls <= DOT && width >= em * WIDE) {
    if (cls === OPEN) a.head[i] = width / 2
    else if (isLeftInk(cls)) a.tail[i] = width / 2
  }
  if (cls === DOT) {
    // GB/T 15834 5.1.7: an interpunct takes half an em.
    a.lead[i] = (width - em / 2) / 2
    a.advance[i] = em / 2
  }

  if (i > 0) {
    const before = a.cls[i - 1] as number
    const flags = PAIR[before * CLASSES + cls] as number
    if (flags !== 0) neighbours(a, i, before, cls, flags)
    if (reluctant && a.mayBreak[i] === FREELY) a.mayBreak[i] = RELUCTANTLY
    if (space >= SPACE) spaced(text, i, before, cls, flags)
  }
  reluctant = false
  space = NO_SPACE
  numbers.follow(a, text)
  if (cls === NARROW_CLOSE || isLeftInk(cls)) reluctant = numbers.closesItem(a)
}

function neighbours(a: Atoms, i: number, before: number, cls: number, flags: number): void {
  if ((flags & KEEP) !== 0) a.mayBreak[i] = NEVER
  else if ((flags & SOFT) !== 0) a.mayBreak[i] = RARELY
  if ((flags & AUTOSPACE) !== 0) {
    a.gap[i] = em / 4
    a.gapKind[i] = HAN_WESTERN
  } else if ((flags & RIGID) !== 0) {
    a.gapKind[i] = FIXED
  }
  if ((flags & TRIM_FIRST) !== 0 && (a.tail[i - 1] as number) > 0) trimTail(a, i - 1)
  if ((flags & TRIM_SECOND) !== 0 && (a.head[i] as number) > 0) {
    a.lead[i] = a.head[i] as number
    a.advance[i] = (a.advance[i] as number) - (a.head[i] as number)
    a.head[i] = 0
  }
  // GB/T 15834 5.1.2: two question or exclamation marks take one em, three take two.
  if (before === STOP && cls === STOP && (i < 2 || a.cls[i - 2] !== STOP)) trimTail(a, i)
}

function trimTail(a: Atoms, i: number): void {
  a.advance[i] = (a.advance[i] as number) - (a.tail[i] as number)
  a.tail[i] = 0
}

/** What spaces that were typed between two atoms come to. */
function spaced(text: string, i: number, before: number, cls: number, flags: number): void {
  const a = atoms
  const words = isWordClass(before) && isWordClass(cls)
  if (words && a.mayBreak[i] === NEVER) a.mayBreak[i] = FREELY
  if (space === FIXED_SPACE) {
    if (a.mayBreak[i] === FREELY) a.mayBreak[i] = RELUCTANTLY
  }
  if (space === ZERO_SPACE) return
  if (space === WIDE_SPACE) {
    a.gap[i] = spaceWidth
    a.gapKind[i] = FIXED
  } else if (i <= LONGEST_RUN_IN && isRunIn(text, i)) {
    // CLREQ 4.1.5: one em after a heading that the text follows on the same line, 第一条.
    a.gap[i] = em
    a.gapKind[i] = FIXED
  } else if ((flags & AUTOSPACE) !== 0) {
    // CLREQ 3.2.2: the quarter em is there already, and is not doubled.
  } else if (isWidePunctuation(before) || isWidePunctuation(cls) || cls === SLASH || before === SLASH) {
    // CLREQ 3.2.4: no space beside punctuation.
  } else {
    a.gap[i] = spaceWidth
    a.gapKind[i] = WORD_SPACE
  }
}

const LONGEST_RUN_IN = 9

/** Whether the atoms before `i` are 第一条, 第十二章 and the like at the head of the paragraph. */
function isRunIn(text: string, i: number): boolean {
  const a = atoms
  if (i < 3 || a.cls[0] !== ORDINAL || '编章节条款'.indexOf(text.charAt(a.start[i - 1] as number)) < 0) return false
  for (let at = 1; at < i; at++) if (a.mayBreak[at] === FREELY) return false
  return true
}
