import { content, safe, side, size } from '../theme/tokens.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'
import type { OutlineNode } from '../widgets/outline.ts'
import type { Ahead, View } from '../widgets/surface.ts'
import { drawFrame, drawMark } from './frame.ts'
import { keptPlace, placeAgain, stepped, turned } from './place.ts'
import type { KeptPlace, Part, Place } from './place.ts'
import { Screen } from './screen.ts'
import { SideMenu } from './side-menu.ts'
import type { SideItem } from './side-menu.ts'

/** What a screen of parts shows beside its parts. */
export interface Heading {
  readonly title: string
  readonly demonstration: boolean
  /** A line across the top that must not be missed: no longer in force, replaced. */
  readonly bar: string | null
}

const bar = { height: 72, gap: 18 } as const
const pageLine = 54

/** The panel's area; lower when a bar stands above it. */
export function panelRect(hasBar: boolean): Rect {
  const top = content.top + (hasBar ? bar.height + bar.gap : 0)
  const x = safe.left + side.width + side.gap
  return { x, y: top, width: safe.right - x, height: content.bottom - pageLine - top }
}

/**
 * A record as parts at the left and pages at the right: documents by chapter,
 * service items by question, decisions by step. Up and down turn the pages.
 */
export abstract class PartsScreen extends Screen {
  /** The side that has the focus when the record is opened for the first time. */
  protected readonly firstPane: Place['pane'] = 'panel'
  private place: Place = { at: 0, page: 0, pane: 'panel' }
  private menu!: SideMenu<Part>
  private slice: ReturnType<typeof setTimeout> | undefined

  /** Identifies the record. */
  protected abstract readonly recordKey: string
  protected abstract heading(): Heading

  override remember(): unknown {
    return keptPlace(this.all, this.place)
  }

  /** Sets the parts; to be called when the record is there. */
  protected setParts(items: readonly SideItem<Part>[], memory: unknown): void {
    this.menu = new SideMenu(items, this.context.measure)
    this.place = memory ? placeAgain(this.all, memory as KeptPlace) : { at: 0, page: 0, pane: this.firstPane }
    this.layOutRest()
  }

  /** Replaces the parts while reading, as later chapters are found; the place stays. */
  protected updateParts(items: readonly SideItem<Part>[]): void {
    const kept = keptPlace(this.all, this.place)
    this.menu = new SideMenu(items, this.context.measure)
    const at = this.all.findIndex((part) => part.key === kept.key)
    this.place = { ...this.place, at: Math.max(0, at) }
  }

  /** Called after each slice of layout, until all pages are there. */
  protected laidOut(): void {}

  override lines(): readonly string[] {
    return this.part?.panel.lines?.(this.place.page) ?? []
  }

  private get all(): readonly Part[] {
    return this.menu.items.map((item) => item.value)
  }

  private get part(): Part | undefined {
    return this.menu.items[this.place.at]?.value
  }

  /** Lays out later pages in slices between frames, so that no key waits for them. */
  private layOutRest(): void {
    clearTimeout(this.slice)
    const unfinished = this.all.map((part) => part.panel).find((panel) => !panel.done)
    if (!unfinished?.step) return
    this.slice = setTimeout(() => {
      unfinished.step?.()
      this.laidOut()
      if (unfinished.done) this.refresh()
      this.layOutRest()
    }, 16)
  }

  override _detach(): void {
    clearTimeout(this.slice)
  }

  private goTo(place: Place): void {
    this.place = place
    this.refresh()
  }

  override _handleDown(): void {
    this.goTo(this.place.pane === 'parts' ? stepped(this.all, this.place, 1) : turned(this.all, this.place, 1))
  }

  override _handleUp(): void {
    this.goTo(this.place.pane === 'parts' ? stepped(this.all, this.place, -1) : turned(this.all, this.place, -1))
  }

  _handlePageDown(): void {
    this.goTo(turned(this.all, this.place, 1))
  }

  _handlePageUp(): void {
    this.goTo(turned(this.all, this.place, -1))
  }

  override _handleLeft(): void {
    this.goTo({ ...this.place, pane: 'parts' })
  }

  override _handleRight(): void {
    if (!this.part?.route) this.goTo({ ...this.place, pane: 'panel' })
  }

  override _handleEnter(): void {
    const route = this.part?.route
    if (route) this.context.go(route)
    else if (this.place.pane === 'parts') this._handleRight()
    else this._handleLeft()
  }

  /** Goes to the first part like this. */
  protected choosePart(wanted: (part: Part) => boolean): void {
    const at = this.all.findIndex(wanted)
    const part = this.all[at]
    if (part) this.goTo({ at, page: part.page, pane: 'parts' })
  }

  protected view(): View {
    const rect = panelRect(this.heading().bar !== null)
    const { at, pane } = this.place
    const reading = { x: rect.x - 30, y: rect.y, width: 6, height: rect.height }
    return {
      ...this.pictureOf(this.place),
      focus: pane === 'parts' ? this.menu.focusRect(at) : reading,
      outline: () => this.outline(),
    }
  }

  protected override ahead(): Ahead | null {
    if (this.place.pane === 'parts') return null
    const next = turned(this.all, this.place, 1)
    return next.at === this.place.at && next.page === this.place.page ? null : this.pictureOf(next)
  }

  private pictureOf(place: Place): Ahead {
    const { edition } = this.context.library
    const panel = this.menu.items[place.at]?.value.panel
    const layout = `${this.menu.items.length} ${panel?.pages ?? 0} ${String(panel?.done)}`
    const key = `${this.screenName} ${this.recordKey} ${edition?.version ?? 0} ${this.context.today()} ${layout}`
    return { key: `${key} ${place.at} ${place.page} ${place.pane}`, draw: () => this.draw(place) }
  }

  private draw(place: Place): Drawing {
    const { t } = this.context.language
    const drawing = this.drawing()
    const heading = this.heading()
    const inParts = place.pane === 'parts'
    const hints = inParts ? [t('hint.move'), t('hint.ok'), t('hint.back')] : [t('hint.page'), t('hint.side'), t('hint.back')]
    drawFrame(drawing, { title: heading.title, hints })
    this.menu.draw(drawing, place.at)
    const rect = panelRect(heading.bar !== null)
    if (heading.bar !== null) {
      const area = { x: rect.x, y: content.top, width: rect.width, height: bar.height }
      drawing.fill(area, 'warning')
      drawing.text(area.x + 24, area.y + 51, heading.bar, { size: size.label, bold: true, ink: 'onMark', within: area.width - 48 })
    }
    const part = this.menu.items[place.at]?.value
    part?.panel.draw(drawing, place.page, rect)
    const baseline = content.bottom - 6
    if (heading.demonstration) drawMark(drawing, rect.x, baseline, { text: t('demonstration'), ink: 'past' })
    drawing.text(safe.right, baseline, this.pageWords(place), { size: size.small, ink: 'quiet', align: 'end' })
    return drawing
  }

  private pageWords({ at, page }: Place): string {
    const part = this.menu.items[at]?.value
    if (!part || part.route) return ''
    const { pages, done } = part.panel
    return this.context.language.t(done ? 'page.of' : 'page.of.about', { page: page + 1, pages: Math.max(pages, page + 1) })
  }

  private outline(): OutlineNode[] {
    const { t } = this.context.language
    const heading = this.heading()
    const { at, page, pane } = this.place
    const nodes: OutlineNode[] = [{ role: 'heading', text: heading.title }]
    if (heading.bar !== null) nodes.push({ role: 'status', text: heading.bar })
    if (heading.demonstration) nodes.push({ role: 'text', text: t('demonstration') })
    nodes.push(this.menu.outline(t('document.contents'), at, pane === 'parts'))
    nodes.push({ role: 'text', text: this.part?.panel.text(page) ?? '' })
    const words = this.pageWords(this.place)
    if (words) nodes.push({ role: 'status', text: words })
    return nodes
  }
}
