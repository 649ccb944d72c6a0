import chinese from '../../../static/locales/zh-CN.json' with { type: 'json' }
import english from '../../../static/locales/en.json' with { type: 'json' }

/** Names of the texts in `static/locales`. */
export type TextKey = keyof typeof chinese

export type Locale = 'zh-CN' | 'en'

/** Looks up a text and fills in its `{names}`. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

/** Everything that is said in one language, with its dates. */
export interface Language {
  readonly locale: Locale
  readonly t: Translate
  /** `2026年11月23日` from `2026-11-23`. */
  date(day: string): string
  /** Date and time in China from an ISO instant: `2026年11月23日 20:45`. */
  moment(instant: string): string
  /** `20:45` and `11月23日 星期一`, in China. */
  clock(at: Date): { readonly time: string; readonly day: string }
  /** `120 KB`, `1.2 MB`. */
  bytes(count: number): string
  /** The parts that are there, with a mark between them. */
  join(parts: readonly (string | undefined)[], mark: 'comma' | 'semicolon' | 'stop'): string
  /** `时间：上午九点`. */
  labelled(label: string, text: string): string
}

const texts: Readonly<Record<Locale, Readonly<Record<TextKey, string>>>> = { 'zh-CN': chinese, en: english }

/** All of China keeps UTC+8, whatever zone the box's clock is set to. */
const chinaOffset = 8 * 3_600_000

/** The language of the screens. */
export function languageOf(locale: Locale): Language {
  const table = texts[locale]
  const t: Translate = (key, values) =>
    values ? table[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')) : table[key]
  const date = (day: string): string => {
    const [y, m, d] = day.split('-').map(Number)
    return t('date.full', { y: y ?? '', m: m ?? '', d: d ?? '' })
  }
  const two = (n: number): string => (n < 10 ? `0${n}` : String(n))
  return {
    locale,
    t,
    date,
    moment(instant) {
      const at = new Date(Date.parse(instant) + chinaOffset)
      return `${date(at.toISOString().slice(0, 10))} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
    },
    clock(now) {
      const at = new Date(now.getTime() + chinaOffset)
      const weekday = t(`date.weekday.${at.getUTCDay() as 0 | 1 | 2 | 3 | 4 | 5 | 6}`)
      return {
        time: `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`,
        day: `${t('date.short', { m: at.getUTCMonth() + 1, d: at.getUTCDate() })} ${weekday}`,
      }
    },
    join: (parts, mark) => parts.filter((part) => part !== undefined && part !== '').join(t(`mark.${mark}`)),
    labelled: (label, text) => `${label}${t('mark.colon')}${text}`,
    bytes(count) {
      if (count < 1_000_000) return t('size.kb', { n: Math.ceil(count / 1000) })
      return t('size.mb', { n: (count / 1_000_000).toFixed(1) })
    },
  }
}
