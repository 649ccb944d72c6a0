import type { Standing } from '../../feed/standing.ts'
import { content, footer, header, safe, size } from '../theme/tokens.ts'
import type { Ink } from '../theme/palette.ts'
import type { Language, TextKey } from '../language/language.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'

/** The clock and the status line have sheets of their own; screens leave these places free. */
export const corners = {
  clock: { x: 1254, y: header.top, width: 570, height: header.height - 6 },
  status: { x: 816, y: footer.ruleY + 6, width: 1008, height: footer.height },
} as const satisfies Record<string, Rect>

/** The area between header and footer. */
export const body: Rect = { x: safe.left, y: content.top, width: safe.width, height: content.height }

/** Title of the screen, what it belongs to, and the keys that do something here. */
export interface FrameText {
  readonly title: string
  readonly subtitle?: string
  readonly hints: readonly string[]
}

/** The parts that every screen has: header and footer. */
export function drawFrame(drawing: Drawing, text: FrameText): void {
  const room = corners.clock.x - safe.left - 30
  // A long title is set smaller before it is cut: the header is where it is read in full.
  const fitting = [size.title, size.body, size.label].find((px) => drawing.width(text.title, px, true) <= room)
  const style = { size: fitting ?? size.label, bold: true, within: room } as const
  const width = drawing.text(safe.left, header.titleBaseline, text.title, style)
  if (text.subtitle && room - width > 300) {
    drawing.text(safe.left + width + 30, header.titleBaseline, text.subtitle, { size: size.small, ink: 'quiet', within: room - width - 30 })
  }
  drawing.rule(safe.left, header.ruleY, safe.width)
  drawing.rule(safe.left, footer.ruleY, safe.width)
  let x: number = safe.left
  for (const hint of text.hints) {
    x += drawing.text(x, footer.baseline, hint, { size: size.small, ink: 'quiet' }) + 36
  }
}

/** What a standing is called, and the colour of its mark; null where there is nothing to say. */
export function standingMark(standing: Standing, language: Language): { text: string; ink: Ink } | null {
  const { t } = language
  switch (standing.kind) {
    case 'none':
      return null
    case 'open':
      return {
        text: standing.daysLeft === 1 ? t('standing.open.last') : t('standing.open', { n: standing.daysLeft }),
        ink: 'open',
      }
    case 'opens-later':
      return { text: t('standing.opens-later', { date: language.date(standing.opensOn) }), ink: 'open' }
    case 'in-force':
    case 'decided':
      return { text: t(`standing.${standing.kind}`), ink: 'good' }
    case 'not-yet':
      return { text: t('standing.not-yet'), ink: 'warning' }
    default:
      return { text: t(`standing.${standing.kind}` satisfies TextKey), ink: 'past' }
  }
}

/** A mark with its text: a filled label with square corners. Returns its width, px. */
export function drawMark(drawing: Drawing, x: number, baseline: number, mark: { text: string; ink: Ink }): number {
  const width = drawing.width(mark.text, size.small, true) + 24
  drawing.fill({ x, y: baseline - 36, width, height: 48 }, mark.ink, 6)
  drawing.text(x + 12, baseline, mark.text, { size: size.small, bold: true, ink: 'onMark' })
  return width
}
