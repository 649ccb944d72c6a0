import { footer, header, size } from '../theme/tokens.ts'
import type { Language } from '../language/language.ts'
import { Drawing } from '../widgets/drawing.ts'
import type { SyncStatus } from '../sync/status.ts'
import { corners } from './frame.ts'
import type { Context } from './screen.ts'

/** The clock and the line at the bottom: what changes by itself, on every screen. */
export class StatusBar {
  private day = ''

  /** @param midnight called when a new day has begun */
  constructor(
    private readonly context: Context,
    private readonly midnight: () => void,
  ) {}

  /** Says as of when the data are, and how the box stands to the feed. */
  say(asOf: string | null, status: SyncStatus): void {
    const said = statusText(this.context.language, asOf, status)
    const drawing = this.drawing()
    drawStatus(drawing, said)
    this.context.surface.corner('Status', drawing)
    this.context.mirror.status(said.text)
  }

  /** Shows the time from now on, anew at each full minute. */
  runClock(now: () => Date): void {
    const at = now()
    const drawing = this.drawing()
    drawClock(drawing, this.context.language, at)
    this.context.surface.corner('Clock', drawing)
    const today = this.context.today()
    if (this.day !== '' && this.day !== today) this.midnight()
    this.day = today
    setTimeout(
      () => {
        this.runClock(now)
      },
      60_000 - (at.getTime() % 60_000),
    )
  }

  private drawing(): Drawing {
    return new Drawing((text, px, bold) => this.context.widthOf(text, px, bold))
  }
}

/** Time and day, right-aligned in their sheet. */
function drawClock(drawing: Drawing, language: Language, now: Date): void {
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
  else if (problem !== null) {
    // On an empty box the whole screen says it.
    if (asOf || problem === 'storage') parts.push(t(`status.${problem}`))
  } else if (status.reachable) parts.push(t('status.online'))
  // Since the box was switched on it has not looked yet.
  else if (asOf) parts.push(t('status.kept'))
  return { text: parts.join(t('mark.dot')), alarming: problem === 'refused' || problem === 'expired' || problem === 'storage' }
}

/** The status line, right-aligned in its sheet. */
function drawStatus(drawing: Drawing, said: { text: string; alarming: boolean }): void {
  const { width } = corners.status
  const baseline = footer.baseline - corners.status.y
  drawing.text(width, baseline, said.text, { size: size.small, ink: said.alarming ? 'warning' : 'quiet', align: 'end', within: width })
}
