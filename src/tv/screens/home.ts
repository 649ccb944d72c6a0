import type { Entry } from '../../feed/catalogue.ts'
import { kinds } from '../../feed/kinds.ts'
import type { Kind } from '../../feed/kinds.ts'
import { standingOf } from '../../feed/standing.ts'
import { content, leading, safe, size } from '../theme/tokens.ts'
import { breakParagraph } from '../typesetting/index.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'
import type { OutlineNode } from '../widgets/outline.ts'
import type { View } from '../widgets/surface.ts'
import { drawMark, drawFrame, standingMark } from './frame.ts'
import { regionName } from './region.ts'
import { Screen } from './screen.ts'

const tile = { width: 405, height: 270, gap: 36 } as const
const newest = { headingBaseline: 501, top: 525, height: 84, count: 5 } as const

/** Where the focus is: on a section's tile, or on one of the newest entries. */
interface Place {
  readonly area: 'sections' | 'newest'
  readonly at: number
}

/** Home: the four sections with their numbers, and the newest entries. */
export class HomeScreen extends Screen {
  readonly screenName = 'home'
  private place: Place = { area: 'sections', at: 0 }
  /** Id of the entry under the ring, to find it again in the next edition. */
  private focusedEntry: string | undefined

  override remember(): unknown {
    return this.place
  }

  protected override recall(memory: unknown): void {
    if (memory) this.place = memory as Place
    this.clamp()
  }

  private get entries(): readonly Entry[] {
    return this.context.library.edition?.entries ?? []
  }

  private get newest(): readonly Entry[] {
    return this.entries.slice(0, newest.count)
  }

  private countOf(kind: Kind): number {
    return this.entries.reduce((n, entry) => (entry.kind === kind ? n + 1 : n), 0)
  }

  private get openConsultations(): number {
    const today = this.context.today()
    return this.entries.reduce((n, entry) => (standingOf(entry, today).kind === 'open' ? n + 1 : n), 0)
  }

  /** New entries push the others down: the ring stays with its entry, or goes back to the sections. */
  override editionChanged(): void {
    const { area, at } = this.place
    const again = this.newest.findIndex((entry) => entry.id === this.focusedEntry)
    if (area === 'newest' && again >= 0) this.place = { area, at: again }
    else if (area === 'newest') this.place = { area: 'sections', at: Math.min(at, kinds.length - 1) }
    this.refresh()
  }

  private clamp(): void {
    if (this.place.area === 'newest' && !this.newest[this.place.at]) this.place = { area: 'sections', at: 0 }
  }

  override _handleLeft(): void {
    if (this.place.area === 'sections' && this.place.at > 0) this.move({ area: 'sections', at: this.place.at - 1 })
  }

  override _handleRight(): void {
    if (this.place.area === 'sections' && this.place.at < kinds.length - 1) this.move({ area: 'sections', at: this.place.at + 1 })
  }

  override _handleDown(): void {
    const { area, at } = this.place
    if (area === 'sections' && this.newest.length > 0) this.move({ area: 'newest', at: 0 })
    else if (area === 'newest' && at < this.newest.length - 1) this.move({ area, at: at + 1 })
  }

  override _handleUp(): void {
    const { area, at } = this.place
    if (area === 'newest') this.move(at > 0 ? { area, at: at - 1 } : { area: 'sections', at: 0 })
  }

  override _handleEnter(): void {
    const { area, at } = this.place
    const kind = kinds[at]
    const entry = this.newest[at]
    if (area === 'sections' && kind) this.context.go({ to: 'section', kind })
    else if (area === 'newest' && entry) this.context.go({ to: 'record', id: entry.id })
  }

  private move(place: Place): void {
    this.place = place
    this.refresh()
  }

  protected view(): View {
    const { library } = this.context
    this.focusedEntry = this.place.area === 'newest' ? this.newest[this.place.at]?.id : undefined
    return {
      key: `home ${library.edition?.version ?? 0} ${this.context.today()}`,
      draw: () => this.draw(),
      focus: this.place.area === 'sections' ? tileRect(this.place.at) : rowRect(this.place.at),
      outline: () => this.outline(),
    }
  }

  private draw(): Drawing {
    const { t } = this.context.language
    const drawing = this.drawing()
    drawFrame(drawing, {
      title: t('app.title'),
      subtitle: regionName(this.context.language, this.context.region),
      hints: [t('hint.move'), t('hint.ok'), t('hint.exit')],
    })
    kinds.forEach((kind, i) => {
      this.drawTile(drawing, tileRect(i), kind)
    })
    drawing.text(safe.left, newest.headingBaseline, t('home.newest'), { size: size.label, ink: 'accent', bold: true })
    if (this.newest.length === 0) drawing.text(safe.left, newest.top + 57, t('home.empty'), { size: size.body, ink: 'quiet' })
    this.newest.forEach((entry, i) => {
      this.drawNewest(drawing, rowRect(i), entry)
    })
    return drawing
  }

  private drawTile(drawing: Drawing, rect: Rect, kind: Kind): void {
    const { language, measure } = this.context
    const { t } = language
    drawing.frame(rect, 'edge', 3)
    const left = rect.x + 30
    const name = t(`section.${kind}`)
    const fitting = [size.lead, size.body, size.label].find((px) => drawing.width(name, px, true) <= rect.width - 60)
    drawing.text(left, rect.y + 72, name, { size: fitting ?? size.small, bold: true, within: rect.width - 60 })
    drawing.text(left, rect.y + 138, t(`section.${kind}.count`, { n: this.countOf(kind) }), { size: size.body, ink: 'accent', bold: true })
    const open = kind === 'decision' ? this.openConsultations : 0
    const about = open > 0 ? t('section.decision.open', { n: open }) : t(`section.${kind}.about`)
    const style = { face: { size: size.small, bold: false }, width: rect.width - 60, firstIndent: 0, align: 'start', maxLines: 2 } as const
    breakParagraph(about, style, measure).forEach((line, i) => {
      for (const run of line.runs) {
        drawing.text(left + run.x, rect.y + 192 + i * size.small * leading, run.text, { size: size.small, ink: open > 0 ? 'accent' : 'quiet' })
      }
    })
  }

  private drawNewest(drawing: Drawing, rect: Rect, entry: Entry): void {
    const { language } = this.context
    const baseline = rect.y + 57
    const right = rect.x + rect.width - 24
    const label = drawing.text(rect.x + 24, baseline, language.t(`section.${entry.kind}`), { size: size.small, ink: 'quiet' })
    const date = drawing.text(right, baseline, language.date(entry.published), { size: size.small, ink: 'quiet', align: 'end' })
    const mark = standingMark(standingOf(entry, this.context.today()), language)
    let end = right - date - 30
    if (mark) end -= drawing.width(mark.text, size.small, true) + 24
    const left = rect.x + 24 + label + 30
    const title = drawing.text(left, baseline, entry.title, { size: size.body, within: end - left - (mark ? 30 : 0) })
    if (mark) drawMark(drawing, left + title + 30, baseline, mark)
    if (rect.y + rect.height < newest.top + newest.count * newest.height) drawing.rule(rect.x, rect.y + rect.height - 3, rect.width)
  }

  private outline(): OutlineNode[] {
    const { language } = this.context
    const { t } = language
    const { area, at } = this.place
    return [
      { role: 'heading', text: `${t('app.title')} ${regionName(language, this.context.region)}` },
      {
        role: 'list',
        label: t('app.title'),
        options: kinds.map((kind, i) => ({
          text: `${t(`section.${kind}`)} ${t(`section.${kind}.count`, { n: this.countOf(kind) })}`,
          focused: area === 'sections' && at === i,
        })),
      },
      {
        role: 'list',
        label: t('home.newest'),
        options: this.newest.map((entry, i) => {
          const mark = standingMark(standingOf(entry, this.context.today()), language)
          const words = [t(`section.${entry.kind}`), entry.title, mark?.text, language.date(entry.published)]
          return { text: language.join(words, 'comma'), focused: area === 'newest' && at === i }
        }),
      },
    ]
  }
}

function tileRect(at: number): Rect {
  return { x: safe.left + at * (tile.width + tile.gap), y: content.top, width: tile.width, height: tile.height }
}

function rowRect(at: number): Rect {
  return { x: safe.left, y: newest.top + at * newest.height, width: safe.width, height: newest.height }
}
