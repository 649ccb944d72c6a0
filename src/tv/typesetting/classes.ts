/**
 * What every character is to the typesetter, as a table by UTF-16 code unit, and what
 * every two neighbours do to each other, as a table by pairs of classes. Both are built
 * once, when the module loads; the hot loops only look up.
 */

/** Ideographs and whatever is set like one: kana, ①, Ⅲ, ■. */
export const IDEO = 0
/** Chinese numerals: ideographs that may belong to a number. */
export const NUMERAL = 1
/** 第 */
export const ORDINAL = 2
/** Opening brackets and quotation marks; the ink is in the right half (GB/T 15834 5.1.3). */
export const OPEN = 3
/** Closing brackets and quotation marks; the ink is in the left half. */
export const CLOSE = 4
/** ，、；：: pauses within a sentence; the ink is in the left half (GB/T 15834 5.1.1). */
export const PAUSE = 5
/** 。．！？: ends of sentences; the ink is in the left half (GB/T 15834 5.1.1, 5.1.2). */
export const STOP = 6
/** Interpuncts, half an em wide (GB/T 15834 5.1.7). */
export const DOT = 7
/** —, one for a connector, two for a dash (GB/T 15834 5.1.4, 5.1.6). */
export const DASH = 8
/** … (GB/T 15834 5.1.5) */
export const ELLIPSIS = 9
/** Other connectors: ～ – － (GB/T 15834 5.1.6). */
export const CONNECTOR = 10
/** Solidus between ideographs (GB/T 15834 5.1.9). */
export const SLASH = 11
/** ％ ‰ ℃ ° 々: stays with what stands before it (CLREQ 3.1.5.2). */
export const POSTFIX = 12
/** ￥ №: stays with the number after it (CLREQ 3.1.5.2). */
export const PREFIX = 13
/** ASCII opening brackets. */
export const NARROW_OPEN = 14
/** ASCII closing brackets and points. */
export const NARROW_CLOSE = 15
/** × ÷ ± ＝ ∶ */
export const OPERATOR = 16
/** Full-width digits. */
export const WIDE_DIGIT = 17
/** Full-width Latin letters. */
export const WIDE_LETTER = 18
/** Western letters. From here on, characters make up words: see `isWordClass`. */
export const LETTER = 19
export const DIGIT = 20
/** ASCII signs that occur inside of words, numbers and addresses: @ # $ % & * + - = _ ~ ^ | \ < > */
export const SIGN = 21
/** " and ', opening or closing by turns. */
export const QUOTE = 22
export const SPACE = 23
/** U+3000 */
export const WIDE_SPACE = 24
/** U+00A0, U+202F */
export const FIXED_SPACE = 25
/** U+200B: a place where a line may end. */
export const ZERO_SPACE = 26
/** Combining marks, variation selectors, joiners: belong to the character before. */
export const COMBINING = 27
/** First half of a character outside the basic plane. */
export const SURROGATE = 28
/** Line and paragraph ends. */
export const NEWLINE = 29

/** Class of every code unit. */
export const CLASS = new Uint8Array(0x10000)

function range(from: number, to: number, cls: number): void {
  for (let c = from; c <= to; c++) CLASS[c] = cls
}

function each(chars: string, cls: number): void {
  for (let i = 0; i < chars.length; i++) CLASS[chars.charCodeAt(i)] = cls
}

range(0x00, 0x1f, ZERO_SPACE)
range(0x41, 0x5a, LETTER)
range(0x61, 0x7a, LETTER)
// Latin with its extensions, IPA, Greek, Cyrillic and their neighbours up to the punctuation block.
range(0xa1, 0x1fff, LETTER)
range(0x2c00, 0x2dff, LETTER)
range(0xa640, 0xa7ff, LETTER)
range(0x30, 0x39, DIGIT)
each('@#$%&*+-=_~^|\\<>`', SIGN)
each('®©™ªº¹²³', POSTFIX)
range(0x2070, 0x209c, POSTFIX)
range(0x0300, 0x036f, COMBINING)
range(0x200c, 0x200f, COMBINING)
range(0x20d0, 0x20ff, COMBINING)
range(0x302a, 0x302d, COMBINING)
range(0xfe00, 0xfe0f, COMBINING)
range(0xd800, 0xdbff, SURROGATE)
range(0xff10, 0xff19, WIDE_DIGIT)
range(0xff21, 0xff3a, WIDE_LETTER)
range(0xff41, 0xff5a, WIDE_LETTER)
range(0x2000, 0x200a, SPACE)
each('\t \u205f', SPACE)
each('\u00a0\u202f\u2007', FIXED_SPACE)
each('\u3000', WIDE_SPACE)
each('\u00ad\u2060\ufeff', COMBINING)
each('\u200b', ZERO_SPACE)
each('\n\r\u2028\u2029\u0085', NEWLINE)
each('"\'', QUOTE)
each('([{', NARROW_OPEN)
each(')]},.;:!?', NARROW_CLOSE)
each('（《「『【〈〔〖［｛“‘〝｢«', OPEN)
each('）》」』】〉〕〗］｝”’〞〟｣»', CLOSE)
each('，、；：﹐﹑﹔﹕', PAUSE)
each('。．！？｡‼⁇⁈⁉﹗﹖', STOP)
each('·・‧•･', DOT)
each('—―⸺', DASH)
each('…⋯‥', ELLIPSIS)
each('～〜–‒‐‑－﹣', CONNECTOR)
each('/／', SLASH)
each('％‰‱℃℉°′″‴¢￠々〻ゝゞヽヾー', POSTFIX)
range(0x3380, 0x33df, POSTFIX)
each('￥¥￡£€₩＄№§', PREFIX)
each('×÷±＋＝∶−≈≠≤≥＜＞∕', OPERATOR)
each('〇一二三四五六七八九十百千万亿零两○', NUMERAL)
each('第', ORDINAL)

/** Whether characters of a class run together into words and numbers. */
export function isWordClass(cls: number): boolean {
  return cls >= LETTER && cls <= SIGN
}

/** Number of columns of `PAIR`. */
export const CLASSES = 32

/** No line break between the two, ever (CLREQ 3.1.4, 3.1.5). */
export const KEEP = 1
/** A quarter of an em between the two (CLREQ 3.2.2). */
export const AUTOSPACE = 2
/** The first gives up the blank half of its em (CLREQ 3.1.6.2). */
export const TRIM_FIRST = 4
/** The second gives up the blank half of its em (CLREQ 3.1.6.2). */
export const TRIM_SECOND = 8
/** The distance between the two is not stretched (CLREQ 3.5.4). */
export const RIGID = 16
/** No line break between the two unless what they belong to is wider than a line. */
export const SOFT = 32

/** What two neighbours do to each other: `PAIR[first * CLASSES + second]`, the flags above. */
export const PAIR = new Uint8Array(CLASSES * CLASSES)

/** Classes whose characters have a blank right half. */
export function isLeftInk(cls: number): boolean {
  return cls >= CLOSE && cls <= STOP
}

/** Full-width punctuation: no autospace beside it, typed spaces beside it are dropped (CLREQ 3.2.4). */
export function isWidePunctuation(cls: number): boolean {
  return cls >= OPEN && cls <= ELLIPSIS
}

function pair(first: number, second: number): number {
  let flags = 0
  // CLREQ 3.1.4, the strict set: GB-style, and dashes and ellipses not at a line start.
  if (isLeftInk(second) || (second >= DOT && second <= POSTFIX) || second === NARROW_CLOSE) flags |= KEEP
  if (first === OPEN || first === NARROW_OPEN || first === PREFIX || first === SLASH) flags |= KEEP

  const western = isWordClass(second) || second === WIDE_LETTER || second === WIDE_DIGIT
  if (isWordClass(first) && isWordClass(second)) flags |= KEEP
  if ((first === WIDE_LETTER || first === WIDE_DIGIT) && western) flags |= KEEP
  if ((first === POSTFIX && isWordClass(second)) || (first === ORDINAL && western)) flags |= SOFT
  if (first === ORDINAL && (second === OPEN || second === NARROW_OPEN || second === NUMERAL)) flags |= SOFT
  if (first === NUMERAL && second === NUMERAL) flags |= SOFT

  // CLREQ 3.2.2: between Han characters and Western letters or European numerals.
  if (first <= ORDINAL && isWordClass(second)) flags |= AUTOSPACE
  if (isWordClass(first) && second <= ORDINAL) flags |= AUTOSPACE

  // CLREQ 3.1.6.2: two neighbouring marks take 1.5 em; what is given up is the blank
  // that lies between them, so that brackets stay close to what they enclose.
  if (isLeftInk(first) && (isLeftInk(second) || second === OPEN || second === NARROW_CLOSE)) flags |= TRIM_FIRST
  if (first === OPEN && second === OPEN) flags |= TRIM_SECOND
  if (first === DOT && second === OPEN) flags |= TRIM_SECOND
  if (isLeftInk(first) && second === DOT) flags |= TRIM_FIRST

  // CLREQ 3.5.4: not beside connectors and solidi.
  if (first === CONNECTOR || second === CONNECTOR || first === SLASH || second === SLASH) flags |= RIGID
  if (second === POSTFIX || first === PREFIX || second === NARROW_CLOSE || first === NARROW_OPEN) flags |= RIGID
  if (isWordClass(first) && isWordClass(second)) flags |= RIGID
  return flags
}

for (let first = 0; first < CLASSES; first++) {
  for (let second = 0; second < CLASSES; second++) PAIR[first * CLASSES + second] = pair(first, second)
}
