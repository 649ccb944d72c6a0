import type { Standing } from '../../feed/standing.ts'
import { content, footer, header, safe, size } from '../theme/tokens.ts'
import type { Ink } from '../theme/palette.ts'
import type { Language, TextKey } from '../language/language.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'
import type { SyncStatus } from '../sync/status.ts'

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
  const width = drawing.text(safe.left, header.titleBaseline, text.title, { size: size.title, bold: true, within: room })
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

/** Time and day, right-aligned in their sheet. */
export function drawClock(drawing: Drawing, language: Language, now: Date): void {
  const { time, day } = language.clock(now)
  const baseline = header.titleBaseline - corners.clock.y
  const width = drawing.text(corners.clock.width, baseline, time, { size: size.title, bold: true, align: 'end' })
  drawing.text(corners.clock.width - width - 24, baseline, day, { size: size.small, ink: 'quiet', align: 'end' })
}

/** What the status line says: as of when, and what the box's dealings with the feed are. */
export function statusText(language: Language, asOf: string | null, status: SyncStatus): { text: string; alarming: boolean } {
  const { t } = language
  const parts: string[] = []
  if (asOf) parts.push(t('status.asOf', { time: language.moment(asOf) }))
  const problem = status.problem
  if (status.phase === 'fetching' && status.total > 0) {
    parts.push(t('status.fetching', { percent: Math.floor((100 * status.done) / status.total) }))
  } else if (problem === 'unreachable') parts.push(t('status.offline'))
  else if (problem === 'refused' || problem === 'expired' || problem === 'storage') parts.push(t(`status.${problem}`))
  else if (status.reachable) parts.push(t('status.online'))
  return { text: parts.join(' · '), alarming: problem === 'refused' || problem === 'expired' || problem === 'storage' }
}

/** The status line, right-aligned in its sheet. */
export function drawStatus(drawing: Drawing, said: { text: string; alarming: boolean }): void {
  const { width } = corners.status
  const baseline = footer.baseline - corners.status.y
  drawing.text(width, baseline, said.text, { size: size.small, ink: said.alarming ? 'warning' : 'quiet', align: 'end', within: width })
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
