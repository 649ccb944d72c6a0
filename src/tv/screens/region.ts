import chinese from '../../../static/locales/zh-CN.json' with { type: 'json' }
import type { Language, TextKey } from '../language/language.ts'

/** Name of a district of the city by its division code; the code itself where it is none of ours. */
export function regionName(language: Language, region: string): string {
  const key = `region.${region}`
  return key in chinese ? language.t(key as TextKey) : region
}
