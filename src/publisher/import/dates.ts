import { isDay } from '../content/translate.ts'

const digits = '〇一二三四五六七八九'

/**
 * Matches a day as regulations write it, `2014年11月24日` or `一九九四年十二月六日`;
 * a source for regular expressions, without groups of its own.
 */
export const dayPattern = '(?:\\d{4}|[〇○零一二三四五六七八九]{4})年(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\\d{1,2}|[一二三四五六七八九十]{1,3})日'

/** The calendar day of such a text, `2014-11-24`; undefined when it is none. */
export function parseDay(text: string): string | undefined {
  const found = /^([^年]{4})年([^月]+)月([^日]+)日$/u.exec(text)
  if (!found) return undefined
  const [year, month, day] = found.slice(1).map(number)
  if (year === undefined || month === undefined || day === undefined) return undefined
  const iso = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return isDay(iso) ? iso : undefined
}

/** `12`, `十二`, `二十`, `一九九四`. */
function number(text: string): number | undefined {
  if (/^\d+$/u.test(text)) return Number(text)
  if (!text.includes('十')) {
    const values = [...text.replace(/[○零]/gu, '〇')].map((char) => digits.indexOf(char))
    return values.includes(-1) ? undefined : Number(values.join(''))
  }
  const [tens = '', ones = ''] = text.split('十')
  const value = (part: string, absent: number): number => (part === '' ? absent : digits.indexOf(part))
  return value(tens, 1) * 10 + value(ones, 0)
}

/** `2014-11-24` as `2014年11月24日`. */
export function chineseDay(day: string): string {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-')
  return `${year}年${String(Number(month))}月${String(Number(dayOfMonth))}日`
}
