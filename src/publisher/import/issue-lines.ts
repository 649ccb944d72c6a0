import { chineseDay, dayPattern, parseDay } from './dates.ts'
import type { SourceLine } from './regulation.ts'

/** What the issue lines of a regulation, and its last articles, say about it. */
export interface IssueFacts {
  /** 发文机关; empty when nothing names one. */
  readonly issuers: readonly string[]
  /** 发文字号, `国务院令第656号`. */
  readonly documentNumber?: string
  /** 成文日期: the day on which this version was adopted. */
  readonly writtenOn?: string
  /** 实施日期. */
  readonly effectiveOn?: string
  /** The last day that the lines name for an issue or a revision. */
  readonly lastIssue?: string
  /** Every day of issue, approval or revision: other regulations name this one by it. */
  readonly days: readonly string[]
  /** 修订沿革: a line for each. */
  readonly history: readonly string[]
  /** Lines that are none of this, such as a covering letter: part of the text. */
  readonly unread: readonly SourceLine[]
}

type EventKind = 'adopted' | 'issued' | 'revised' | 'in-force'

interface Event {
  readonly day: string
  readonly kind: EventKind
  readonly text: string
}

interface Reading {
  readonly events: Event[]
  readonly unread: SourceLine[]
  /** Whether a line says 公布之日施行. */
  onIssue: boolean
}

/** A version that was adopted longer ago than this before its own day was adopted in an earlier version. */
const adoptionSpanDays = 366

/**
 * Reads the issue lines.
 * @param day the day of this version, from the file name
 * @param body the text, whose last articles often name the day of entry into force
 */
export function readIssueLines(title: string, info: readonly SourceLine[], day: string, body: string): IssueFacts {
  const { events, unread, onIssue } = readEvents(info)
  const past = events.filter((event) => event.kind !== 'in-force')
  const letter = readLetter(unread)
  const order = past.filter((event) => orderNumber(event.text) !== undefined).pop()
  const issue = last(past, 'issued')
  const effectiveOn = last(events, 'in-force')?.day ?? (onIssue ? issue?.day : undefined) ?? effectiveInText(body, past)
  const writtenOn = adoptedOn(past, day, effectiveOn) ?? letter.day
  const documentNumber = (order && orderNumber(order.text)) ?? letter.documentNumber
  const lastIssue = past[past.length - 1]?.day
  return {
    issuers: issuersOf(title, order, issue, last(past, 'adopted'), letter.issuer),
    ...(documentNumber === undefined ? {} : { documentNumber }),
    ...(writtenOn === undefined ? {} : { writtenOn }),
    ...(effectiveOn === undefined ? {} : { effectiveOn }),
    ...(lastIssue === undefined ? {} : { lastIssue }),
    days: past.map((event) => event.day),
    history: events.map((event) => `${chineseDay(event.day)} ${event.text}`.trim()),
    unread,
  }
}

const last = (events: readonly Event[], kind: EventKind): Event | undefined =>
  events.filter((event) => event.kind === kind).pop()

/** The day of adoption, when it is this version's and not that of one since revised. */
function adoptedOn(past: readonly Event[], day: string, effectiveOn: string | undefined): string | undefined {
  const adoption = last(past, 'adopted')?.day
  if (adoption === undefined || past.some((event) => event.kind === 'revised' && event.day > adoption)) return undefined
  const days = (Date.parse(day) - Date.parse(adoption)) / 86_400_000
  if (days < 0 || days > adoptionSpanDays) return undefined
  return effectiveOn !== undefined && effectiveOn < adoption ? undefined : adoption
}

/** The dated lines; a line without a date goes on with the one before, or says 公布之日施行. */
function readEvents(info: readonly SourceLine[]): Reading {
  const reading: Reading = { events: [], unread: [], onIssue: false }
  for (const source of info) {
    const clean = tidyLine(source.text)
    if (/(?:发布|公布)之日起?施行$/u.test(clean)) reading.onIssue = true
    const rest = clean.replace(/\s*自?(?:发布|公布)之日起?施行$/u, '')
    if (rest !== '') readEvent({ line: source.line, text: rest }, reading)
  }
  return reading
}

function readEvent(source: SourceLine, { events, unread }: Reading): void {
  const dated = new RegExp(`^(${dayPattern})\\s*(.*)$`, 'u').exec(source.text)
  const day = dated && parseDay(dated[1] ?? '')
  const before = events[events.length - 1]
  if (day && /^\d/u.test(source.text)) {
    events.push({ day, kind: kindOf(dated[2] ?? ''), text: dated[2] ?? '' })
  } else if (!before || !/^[\u4e00-\u9fff、]+$/u.test(source.text)) {
    unread.push(source)
  } else if (/(?:批准|通过|发布|公布|修订)$/u.test(before.text)) {
    // 1981年10月13日 国务院批准 / 文化部 / 海关总署发布
    events.push({ day: before.day, kind: kindOf(source.text), text: source.text })
  } else {
    const text = `${before.text}、${source.text}`
    events[events.length - 1] = { day: before.day, kind: kindOf(text), text }
  }
}

/** Without what is left over from cutting the line out of its brackets: `…第二次修订）`, `…修订  根据`. */
function tidyLine(text: string): string {
  const cut = text.trim().replace(/\s+根据$/u, '')
  const opened = (cut.match(/[（(]/gu) ?? []).length
  const closed = (cut.match(/[）)]/gu) ?? []).length
  return (closed > opened ? cut.replace(/[）)]$/u, '') : cut).trim()
}

function kindOf(words: string): EventKind {
  if (/^起?(?:施行|执行)$/u.test(words)) return 'in-force'
  if (/会议.*(?:通过|批准|修订)$|批准|通过$/u.test(words) && orderNumber(words) === undefined) return 'adopted'
  if (/修订|修正|修改/u.test(words) && !/(?:修订|修正)(?:发布|公布)$/u.test(words)) return 'revised'
  return 'issued'
}

/** A covering letter above the text: its number, and who signed it on which day. */
function readLetter(unread: readonly SourceLine[]): { documentNumber?: string; issuer?: string; day?: string } {
  const documentNumber = unread.find(({ text }) => /^[\u4e00-\u9fff]+[〔[]\d{4}[〕\]]\d+号$/u.test(text))?.text
  const signed = unread.findIndex(({ text }) => parseDay(text) !== undefined)
  const issuer = unread[signed - 1]?.text
  const day = signed < 0 ? undefined : parseDay(unread[signed]?.text ?? '')
  return {
    ...(documentNumber === undefined ? {} : { documentNumber }),
    ...(issuer !== undefined && /^[\u4e00-\u9fff、]{2,40}$/u.test(issuer) ? { issuer } : {}),
    ...(day === undefined ? {} : { day }),
  }
}

/** The state's name before a body's, which government pages leave out. */
const state = /中华人民共和国(?=国务院|中央军事委员会|国家|[\u4e00-\u9fff]{1,10}部)/gu

/** `国务院令第656号` of `中华人民共和国国务院令第656号公布`. */
function orderNumber(words: string): string | undefined {
  const found = /^([^《》]*?)(?:令第(\d+)号|第(\d+)号令)/u.exec(words)
  const number = found?.[2] ?? found?.[3]
  return found && number !== undefined ? `${(found[1] ?? '').replace(state, '')}令第${number}号` : undefined
}

/** Who issued it, from the most telling source that names someone. */
function issuersOf(title: string, order?: Event, issue?: Event, adoption?: Event, signer?: string): string[] {
  const ofOrder = order && orderNumber(order.text)?.replace(/令第\d+号$/u, '')
  const ofIssue = issue && /^(.*?)(?:修正|修订)?(?:发布|公布)$/u.exec(issue.text)?.[1]
  const ofTitle = /^((?:国务院|公安部|海关总署)[^关对在为]*?)(?:关于|对)/u.exec(title.replace(state, ''))?.[1]
  const ofAdoption =
    adoption && /^([^\d第]+?)(?:(?:\d{4}年)?第\d+次|(?:审议)?(?:批准|通过))/u.exec(adoption.text)?.[1]
  const named = [ofOrder, ofIssue, signer, ofTitle, ofAdoption].find((names) => names !== undefined && names !== '')
  return (named ?? '')
    .replace(state, '')
    .split('、')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

const inForce = new RegExp(
  `本[\\u4e00-\\u9fff]{2,6}自(?:(${dayPattern})(?:零时)?|(?:发布|公布)之日)起(?:施行|实行|实施|生效)`,
  'gu',
)

/**
 * `本条例自2015年3月1日起施行` or `本办法自发布之日起施行` in the text itself. The
 * last such sentence counts; the day of issue is the first one that the lines name.
 */
function effectiveInText(body: string, past: readonly Event[]): string | undefined {
  const found = [...body.matchAll(inForce)].pop()
  if (!found) return undefined
  return found[1] === undefined ? past.find((event) => event.kind === 'issued')?.day : parseDay(found[1])
}
