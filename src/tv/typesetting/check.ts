/**
 * Reads set lines and names what is wrong with them. Shares nothing with the line
 * breaker: its own lists, written from the rules, so that it can find the breaker out.
 * For tests and tools; speed does not matter here.
 */

/** Which rule a line breaks. */
export type Rule =
  /** Begins with what must not begin a line (CLREQ 3.1.4; GB/T 15834 5.1.1–5.1.3, 5.1.6, 5.1.7, 5.1.9). */
  | 'line-start'
  /** Ends with what must not end a line (CLREQ 3.1.4; GB/T 15834 5.1.3, 5.1.9). */
  | 'line-end'
  /** —— or …… torn in two (GB/T 15834 5.1.4, 5.1.5). */
  | 'mark'
  /** A number torn, or parted from its unit, sign or ordinal (CLREQ 3.1.5.2). */
  | 'number'
  /** A document's number torn: 国发〔2019〕12号 (GB/T 9704 7.2.5). */
  | 'document-number'
  /** A Western word torn (CLREQ 3.2.4). */
  | 'word'
  /** (一) parted from its text. */
  | 'item'
  /** A last line of one character (CLREQ 3.4.4). */
  | 'lone-character'

export interface Violation {
  /** Index of the line that begins, ends or follows wrongly. */
  readonly line: number
  readonly rule: Rule
  /** What stands around the place, `│` where the line ends. */
  readonly text: string
}

/** Must not begin a line. */
const NO_START =
  '。．，、；：！？‼⁇⁈⁉）》〉」』】〕〗］｝”’〞·・‧•—―⸺…⋯‥～〜–－％‰℃℉°′″々〻ー/／' + ')]},.;:!?%'
/** Must not end a line. */
const NO_END = '（《〈「『【〔〖［｛“‘〝' + '([{' + '￥¥￡£€＄№§' + '/／'

const NUMERAL = '[〇零○一二三四五六七八九十百千万亿]'
/** Units that numbers are not parted from. */
const UNIT = '[年月日号时分秒点个件人名次条款项章节页元角岁周天户家所台辆套份批级类种倍度米克吨升亩里℃％‰%]'

/** The end of one line and the beginning of the next that may not meet at a break, and the rule. */
const TEARS: readonly (readonly [RegExp, RegExp, Rule])[] = [
  [/—$/, /^—/, 'mark'],
  [/…$/, /^…/, 'mark'],
  [/[0-9０-９]$/, /^[0-9０-９]/, 'number'],
  [/[0-9０-９][.,:．]$/, /^[0-9０-９]/, 'number'],
  [/[0-9０-９] ?$/, new RegExp('^ ?' + UNIT), 'number'],
  [/[0-9０-９]$/, /^[十百千万亿]+[元个人米公吨年]/, 'number'],
  [/[0-9０-９%％年月日—][—～–－-]$/, /^[0-9０-９]/, 'number'],
  [/第$/, new RegExp('^(?:[0-9０-９]|' + NUMERAL + ')'), 'number'],
  [/第$/, /^[（(][一二三四五六七八九十0-9]+[）)]/, 'number'],
  [new RegExp('第' + NUMERAL + '+$'), new RegExp('^' + NUMERAL + '*[编章节条款项号]'), 'number'],
  [new RegExp('第' + NUMERAL + '+$'), new RegExp('^' + NUMERAL), 'number'],
  [/[〔［[（(][0-9]{4}[〕］\])）]$/, /^第?[0-9]+号/, 'document-number'],
  [/[〔［[（(][0-9]{4}[〕］\])）]第?[0-9]+$/, /^号/, 'document-number'],
  [/[发函办规字令]$/, /^[〔［[][0-9]{4}[〕］\]]第?[0-9]+号/, 'document-number'],
  [/(?:国务院|主席)令?$/, /^令?第[0-9]+号/, 'document-number'],
  [/^[（(][一二三四五六七八九十]{1,3}[）)]$/, /^./, 'item'],
  [/[（(][一二三四五六七八九十]{1,3}[）)]$/, /^[^，。；、：）)]/, 'item'],
]

const WORD = /[A-Za-z0-9\u00c0-\u024f]/

/**
 * What is wrong with lines, in the order of reading. An empty line stands between
 * paragraphs: what begins or ends a whole paragraph is the author's, not the breaker's.
 * Spaces at line ends are as the source has them.
 */
export function checkLines(lines: readonly string[]): Violation[] {
  const found: Violation[] = []
  let widest = 0
  for (const line of lines) widest = Math.max(widest, roughWidth(line))
  let inParagraph = 0
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string
    const next = lines[i + 1]
    if (line.trim() === '') {
      inParagraph = 0
      continue
    }
    inParagraph++
    if (next === undefined || next.trim() === '') {
      if (inParagraph > 1 && isLone(line)) found.push({ line: i, rule: 'lone-character', text: line })
      continue
    }
    const rule = ruleBroken(line, next, widest)
    if (rule !== undefined) {
      found.push({ line: rule === 'line-end' ? i : i + 1, rule, text: line.slice(-12) + '│' + next.slice(0, 12) })
    }
  }
  return found
}

/** What pages are made of, as far as checking goes. */
interface PageLines {
  readonly lines: readonly string[]
  readonly continues: boolean
}

/** The same for pages in their order: a paragraph that goes on overleaf is one paragraph. */
export function checkPages(pages: readonly PageLines[]): Violation[] {
  const all: string[] = []
  for (const page of pages) {
    if (!page.continues && all.length > 0) all.push('')
    for (const line of page.lines) all.push(line)
  }
  return checkLines(all)
}

function ruleBroken(line: string, next: string, widest: number): Rule | undefined {
  const end = line.replace(/[\s\u3000]+$/, '')
  const start = next.replace(/^[\s\u3000]+/, '')
  for (const [before, after, rule] of TEARS) {
    if (before.test(end) && after.test(start)) return rule
  }
  const spaced = end.length < line.length
  if (!spaced && WORD.test(end.slice(-1)) && WORD.test(start.charAt(0)) && !isTooWide(end, start, widest)) return 'word'
  if (isTooWide(end, start, widest)) return undefined
  if (NO_START.indexOf(start.charAt(0)) >= 0) return 'line-start'
  if (NO_END.indexOf(end.slice(-1)) >= 0) return 'line-end'
  return undefined
}

/** Whether the break is within an address or word that no line could have held. */
function isTooWide(end: string, start: string, widest: number): boolean {
  const before = /[\u0021-\u007e]*$/.exec(end) as RegExpExecArray
  const after = /^[\u0021-\u007e]*/.exec(start) as RegExpExecArray
  if (before[0] === '' || after[0] === '') return false
  return roughWidth(before[0] + after[0]) > widest - 2
}

/** Width in ems, near enough: Western characters count half. */
function roughWidth(line: string): number {
  let width = 0
  for (let i = 0; i < line.length; i++) width += line.charCodeAt(i) < 0x2000 ? 0.5 : 1
  return width
}

function isLone(line: string): boolean {
  const characters = line.replace(/[\s\u3000。．，、；：！？）》〉」』】〕〗］｝”’…—).,;:!?]/g, '')
  return characters.length === 1
}
