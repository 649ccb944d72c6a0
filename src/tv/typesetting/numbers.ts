import { type Atoms, RARELY, RELUCTANTLY } from './atoms.ts'
import {
  CLOSE, CONNECTOR, DASH, DIGIT, IDEO, isWordClass, LETTER, NARROW_CLOSE, NARROW_OPEN, NUMERAL, OPEN, OPERATOR,
  ORDINAL, STOP, WIDE_DIGIT,
} from './classes.ts'

/**
 * Numbers in Chinese text and what stays on one line with them: counters and units,
 * ordinals, ranges, the numbers of documents, (一) at the head of an item. CLREQ 3.1.5.2
 * asks for prefixes and suffixes of digits; GB/T 9704 defines a document's number
 * (发文字号: agency, year in 〔〕, serial number, 号) as one thing.
 *
 * Written as a small state machine: `follow` is told of every atom, in order.
 */

/** Powers of ten between digits and unit: 500万元. */
const MAGNITUDES = '十百千万亿兆'
/** After digits and before the unit: 30余人. */
const ABOUT = '余多来几'
/** Counters and units that stay with the number before them. */
const UNITS =
  '年月日号时分秒点天周旬岁世' + '个件人名位次条款项章节编目页字元角户口家所处台辆套张份本册部卷期届批级类种' +
  '倍成度米克吨升亩里尺寸斤两卡瓦伏安赫帕焦牛株棵座栋幢层间室组队班车船艘架枚颗头只匹把支瓶包袋箱片块幅门孔根' +
  '场轮遍届步道面堂课学' + '公千毫厘微兆平立小摄华' + '％'
/** Units of two characters: what may follow after the first. */
const COMPOUND: { readonly [first: string]: string } = {
  个: '月', 小: '时', 公: '里斤顷升吨分', 千: '米克瓦伏卡帕赫', 毫: '米升克', 厘: '米', 微: '米克', 兆: '赫瓦帕',
  平: '方', 立: '方', 方: '米公千厘毫', 摄: '氏', 华: '氏', 氏: '度', 分: '钟', 世: '纪', 海: '里',
}
/** Words before a document's number that are no part of it. */
const BEFORE_NUMBER = '据照按依和与及的在由经以等对见即为并至或是了将'
/** How agencies' codes begin here: state, party, region, city, districts and counties. */
const AGENCIES = '国中桂南邕青兴江西良武横隆马上宾'
/** Longest code of an agency that is looked for: 国卫基层发. */
const LONGEST_CODE = 6

// States: how what stands before ends.
const NONE = 0
/** One Chinese numeral: 一 alone may begin 一般. */
const SINGLE = 1
/** A number for sure: digits, two numerals, 第 and a numeral. */
const NUMBER = 2
/** A number with 余, 多. */
const ROUGH = 3
/** A unit that may go on: the first character of a compound one. */
const UNIT = 4

export class NumberRules {
  private state = NONE

  /** Whether what comes next may belong to a number. */
  get pending(): boolean {
    return this.state !== NONE
  }

  reset(): void {
    this.state = NONE
  }

  /** Takes note of the last atom of `a`; lowers `mayBreak` where a number would be torn. */
  follow(a: Atoms, text: string): void {
    const i = a.count - 1
    const cls = a.cls[i] as number
    const code = text.charCodeAt(a.start[i] as number)
    if (cls === IDEO || cls === NUMERAL) {
      this.ideograph(a, i, cls, text)
      return
    }
    if (cls === LETTER || cls === WIDE_DIGIT || cls === DIGIT) {
      if (i > 0 && isDigit(code)) this.digits(a, i, text)
      this.state = isDigit(text.charCodeAt((a.end[i] as number) - 1)) ? NUMBER : NONE
      return
    }
    if (cls === OPERATOR && this.state === NUMBER) keepLoosely(a, i)
    this.state = NONE
  }

  /** Whether the last atom closes (一), 〔2019〕 and the like: the next one stays with it. */
  closesItem(a: Atoms): boolean {
    let i = a.count - 1
    const cls = a.cls[i] as number
    if (cls !== CLOSE && cls !== NARROW_CLOSE) return false
    const last = --i
    while (i >= 0 && last - i < 4 && a.cls[i] === NUMERAL) i--
    if (i === last && i >= 0 && a.cls[i] === DIGIT && (a.end[i] as number) - (a.start[i] as number) < 3) i--
    return i >= 0 && i < last && (a.cls[i] === OPEN || a.cls[i] === NARROW_OPEN)
  }

  private ideograph(a: Atoms, i: number, cls: number, text: string): void {
    const before = this.state
    if (cls === NUMERAL) {
      const char = charOf(a, i, text)
      if (before === UNIT && continues(charOf(a, i - 1, text), char)) {
        keep(a, i)
        return
      }
      const first = i > 0 ? (a.cls[i - 1] as number) : IDEO
      if (before === NUMBER && MAGNITUDES.indexOf(char) >= 0) keep(a, i)
      this.state = before === SINGLE || before === NUMBER || first === ORDINAL ? NUMBER : SINGLE
      return
    }
    this.state = NONE
    if (before < NUMBER) return
    const char = charOf(a, i, text)
    if (before === UNIT) {
      const previous = charOf(a, i - 1, text)
      if (!continues(previous, char)) return
      keep(a, i)
    } else if (before === NUMBER && ABOUT.indexOf(char) >= 0) {
      keep(a, i)
      this.state = ROUGH
      return
    } else {
      if (UNITS.indexOf(char) < 0) return
      keep(a, i)
      if (char === '号') documentNumber(a, i, text)
    }
    if (COMPOUND[char] !== undefined) this.state = UNIT
  }

  /** Digits after a connector, a sign or an operator stay with it: 9:00—12:00, －45, 1∶5000. */
  private digits(a: Atoms, i: number, text: string): void {
    const before = a.cls[i - 1] as number
    if (before === CONNECTOR || before === OPERATOR) keepLoosely(a, i)
    if (before === STOP && i > 1 && text.charAt(a.start[i - 1] as number) === '．') {
      // A decimal point set full-width.
      if (isDigit(text.charCodeAt((a.end[i - 2] as number) - 1))) keep(a, i)
    }
    // One em dash connects; two are a dash, and a line may end after them (GB/T 15834 5.1.4, 5.1.6).
    if (before === DASH && (a.end[i - 1] as number) - (a.start[i - 1] as number) === 1) keepLoosely(a, i)
    // An abbreviation and its number, GB 5749.
    const spaced = (a.start[i] as number) > (a.end[i - 1] as number)
    if (spaced && isWordClass(before) && isCapital(text.charCodeAt((a.end[i - 1] as number) - 1))) keepLoosely(a, i)
  }
}

/**
 * Called at 号 after a number: keeps 国发〔2019〕12号 and 国务院令第711号 whole.
 * Where an agency's code begins cannot be read off with certainty; a character too many
 * that stays with it costs nothing but a slightly wider set line.
 */
function documentNumber(a: Atoms, last: number, text: string): void {
  let i = last - 1
  while (i > 0 && (a.cls[i] === NUMERAL || a.cls[i] === DIGIT || a.cls[i] === WIDE_DIGIT)) i--
  if (a.cls[i] === ORDINAL) i--
  if (i < 0) return
  if (charOf(a, i, text) === '令') {
    keepAll(a, issuer(a, i, text) + 1, last)
  } else if (isYear(a, i, text)) {
    keepAll(a, codeStart(a, i - 3, text) + 1, last)
  }
}

/** Whether the atoms that end with `i` are 〔2019〕, in whatever brackets. */
function isYear(a: Atoms, i: number, text: string): boolean {
  if (i < 2 || (a.cls[i] !== CLOSE && a.cls[i] !== NARROW_CLOSE)) return false
  if (a.cls[i - 2] !== OPEN && a.cls[i - 2] !== NARROW_OPEN) return false
  const start = a.start[i - 1] as number
  return (a.end[i - 1] as number) - start === 4 && isDigit(text.charCodeAt(start))
}

/** First atom of the issuer before 令 at `at`: 国务院令, 主席令, else one character, 省令, 部令. */
function issuer(a: Atoms, at: number, text: string): number {
  const before = text.slice(Math.max(0, (a.start[at] as number) - 4), a.start[at])
  if (/国务院$/.test(before)) return at - 3
  if (/人民政府$/.test(before)) return at - 4
  if (/主席$/.test(before)) return at - 2
  return Math.max(0, at - 1)
}

/** First atom of the agency's code that ends at `at`. */
function codeStart(a: Atoms, at: number, text: string): number {
  let first = at + 1
  let agency = -1
  for (let i = at; i >= 0 && at - i < LONGEST_CODE && (a.cls[i] as number) <= NUMERAL; i--) {
    const char = charOf(a, i, text)
    if (BEFORE_NUMBER.indexOf(char) >= 0) break
    if (AGENCIES.indexOf(char) >= 0) agency = i
    first = i
  }
  return agency >= 0 ? agency : first
}

function continues(unit: string, char: string): boolean {
  const more = COMPOUND[unit]
  return more !== undefined && more.indexOf(char) >= 0
}

function charOf(a: Atoms, i: number, text: string): string {
  return text.charAt(a.start[i] as number)
}

function isDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0xff10 && code <= 0xff19)
}

function isCapital(code: number): boolean {
  return code >= 0x41 && code <= 0x5a
}

/** Atom `i` stays with the number before it. */
function keep(a: Atoms, i: number): void {
  if ((a.mayBreak[i] as number) > RARELY) a.mayBreak[i] = RARELY
}

/** Atom `i` stays with what it forms a range, a formula or a document's number with. */
function keepLoosely(a: Atoms, i: number): void {
  if ((a.mayBreak[i] as number) > RELUCTANTLY) a.mayBreak[i] = RELUCTANTLY
}

function keepAll(a: Atoms, from: number, to: number): void {
  for (let i = Math.max(1, from); i <= to; i++) keepLoosely(a, i)
}
