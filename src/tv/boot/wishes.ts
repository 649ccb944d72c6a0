import type { Installation, Settings } from '../settings.ts'

/** Lines of the picture: 720 or 1080. */
export type Resolution = 720 | 1080

/** The settings that hold, and the picture's size. */
export interface Wishes {
  readonly settings: Settings
  readonly lines: Resolution
}

const renderers = ['auto', 'webgl', 'canvas'] as const

/**
 * The operator's settings, changed by the page address where the installation is one for
 * preview: `?renderer=canvas&screen=1080&region=450102&lang=en`. On a household's box the
 * address decides nothing.
 */
export function wishesOf(installation: Installation, search: string, windowHeight: number): Wishes {
  const { settings } = installation
  const lines: Resolution = windowHeight >= 1080 ? 1080 : 720
  if (!installation.preview) return { settings, lines }
  const asked = new Map<string, string>()
  for (const pair of search.replace(/^\?/, '').split('&')) {
    const [name, value] = pair.split('=')
    if (name && value) asked.set(name, decodeURIComponent(value))
  }
  const renderer = renderers.find((name) => name === asked.get('renderer'))
  const region = asked.get('region')
  const lang = asked.get('lang')
  const screen = asked.get('screen')
  return {
    settings: {
      ...settings,
      ...(region && /^\d{6}$/.test(region) ? { region } : {}),
      ...(lang === 'en' || lang === 'zh-CN' ? { locale: lang } : {}),
      screen: { ...settings.screen, ...(renderer ? { renderer } : {}) },
    },
    lines: screen === '1080' ? 1080 : screen === '720' ? 720 : lines,
  }
}
