/** What an editor chooses to look at: a kind of box, a district, a language, a record. */
export interface Choices {
  /** Lines of the picture. */
  readonly screen: '720' | '1080'
  readonly renderer: 'auto' | 'webgl' | 'canvas'
  /** Division code of the district, GB/T 2260. */
  readonly region: string
  readonly lang: 'zh-CN' | 'en'
  /** Id of the record to begin with; empty for the home screen. */
  readonly record: string
}

export const screens = ['720', '1080'] as const
export const renderers = ['auto', 'webgl', 'canvas'] as const
export const languages = ['zh-CN', 'en'] as const

/** Width and height of the picture, px. */
export function pictureSize(screen: Choices['screen']): { readonly width: number; readonly height: number } {
  return screen === '1080' ? { width: 1920, height: 1080 } : { width: 1280, height: 720 }
}

/**
 * Reads the choices from the preview page's own address, so that it can be kept as a
 * bookmark and passed on. What the address does not say, or says wrongly, is as `otherwise`.
 */
export function choicesOf(search: string, hash: string, otherwise: Choices): Choices {
  const asked = new URLSearchParams(search)
  const one = <T extends string>(name: string, allowed: readonly T[], other: T): T =>
    allowed.find((value) => value === asked.get(name)) ?? other
  const region = asked.get('region') ?? ''
  return {
    screen: one('screen', screens, otherwise.screen),
    renderer: one('renderer', renderers, otherwise.renderer),
    region: /^\d{6}$/.test(region) ? region : otherwise.region,
    lang: one('lang', languages, otherwise.lang),
    record: /^#\/record\/([a-z0-9.-]+)$/.exec(hash)?.[1] ?? otherwise.record,
  }
}

/** The address, with `path` before it, of the app or of the preview page with these choices. */
export function addressOf(path: string, choices: Choices): string {
  const { record, ...parameters } = choices
  return `${path}?${new URLSearchParams(parameters).toString()}${record === '' ? '' : `#/record/${record}`}`
}

/**
 * The record id that an editor means: the id itself, or the path of a content file whose
 * name it is. Null where it can be no id; empty for nothing.
 */
export function recordIdOf(typed: string): string | null {
  const id = typed.trim().replace(/^.*[\\/]/, '').replace(/\.md$/, '')
  return /^[a-z0-9.-]*$/.test(id) ? id : null
}
