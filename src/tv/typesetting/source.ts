import type { Span } from './text.ts'

/** Text with its bold stretches, as one string. */
export interface Source {
  readonly text: string
  /** Offsets at which bold begins and ends, by turns; empty for plain text. */
  readonly toggles: readonly number[]
}

const PLAIN: readonly number[] = []

/** The spans' text as one string, and where bold begins and ends in it. */
export function sourceOf(text: readonly Span[] | string): Source {
  if (typeof text === 'string') return { text, toggles: PLAIN }
  if (text.length === 1 && typeof text[0] === 'string') return { text: text[0], toggles: PLAIN }
  let whole = ''
  const toggles: number[] = []
  for (let i = 0; i < text.length; i++) {
    const span = text[i] as Span
    if (typeof span === 'string') {
      whole += span
    } else if (span.strong.length > 0) {
      // Two bold spans in a row are one.
      if (toggles.length > 0 && toggles[toggles.length - 1] === whole.length) toggles.pop()
      else toggles.push(whole.length)
      whole += span.strong
      toggles.push(whole.length)
    }
  }
  return { text: whole, toggles }
}
