/** Names of the colours; a screen never says a colour by its value. */
export type Ink =
  | 'ground'
  | 'panel'
  | 'raised'
  | 'rule'
  | 'edge'
  | 'text'
  | 'quiet'
  | 'accent'
  | 'focusFill'
  | 'good'
  | 'open'
  | 'past'
  | 'warning'
  | 'onMark'

export type Palette = Readonly<Record<Ink, string>>

/**
 * Night blue, for a living room. No pure white and no pure red: old sets bleed
 * both. Text on ground 14:1, quiet text 8:1, every mark ≥ 4.5:1 with its text,
 * edges of what can be chosen ≥ 3:1; rules between rows only separate.
 */
export const night: Palette = {
  ground: '#0d1b2c',
  panel: '#14273d',
  raised: '#1c3450',
  rule: '#35506e',
  edge: '#5b7796',
  text: '#eef0ea',
  quiet: '#b3c1d1',
  accent: '#f2bf5e',
  focusFill: '#2b4d78',
  good: '#7cc6c1',
  open: '#f2bf5e',
  past: '#b3a9b8',
  warning: '#f0a37c',
  onMark: '#0d1b2c',
}

/** A colour as Lightning takes it: 0xAARRGGBB. */
export function argb(colour: string): number {
  return (0xff000000 | parseInt(colour.slice(1), 16)) >>> 0
}
