import { content, safe, side, size } from '../theme/tokens.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'
import type { OutlineNode } from '../widgets/outline.ts'
import type { Panel } from '../widgets/panel.ts'
import type { Ahead, View } from '../widgets/surface.ts'
import { drawFrame, drawMark } from './frame.ts'
import type { Route } from './route.ts'
import { Screen } from './screen.ts'
import { SideMenu } from './side-menu.ts'
import type { SideItem } from './side-menu.ts'

/** One entry of the left column: a panel (from one of its pages on), or a way to another record. */
export interface Part {
  readonly panel: Panel
  /** First page of the part in its panel. */
  readonly page: number
  readonly route?: Route
}

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

interface Memory {
  readonly part: number
  readonly page: number
  readonly pane: 'parts' | 'panel'
}

/**
 * A record as parts at the left and pages at the right: documents by chapter,
 * service items by question, decisions by step. Up and down turn the pages.
 */
export abstract class PartsScreen extends Screen {
  protected pane: Memory['pane'] = 'panel'
  private page = 0
  private menu!: SideMenu<Part>
  private slice: ReturnType<typeof setTimeout> | undefined

  /** Identifies the record in picture keys. */
  protected abstract readonly pictureKey: string
  protected abstract heading(): Heading

  override remember(): unknown {
    return { part: this.menu.index, page: this.page, pane: this.pane } satisfies Memory
  }

  /** Sets the parts; to be called when the record is there. */
  protected setParts(items: readonly SideItem<Part>[], memory: unknown): void {
    this.menu = new SideMenu(items, this.context.measure)
    if (memory) {
      const { part, page, pane } = memory as Memory
      this.menu.chooseAt(part)
      this.page = page
      this.pane = pane
    } else this.page = items[0]?.value.page ?? 0
    this.layOutRest()
  }

  /** Replaces the parts while reading, as later chapters are found; page and focus stay. */
  protected updateParts(items: readonly SideItem<Part>[]): void {
    const index = this.menu.index
    this.menu = new SideMenu(items, this.context.measure)
    this.menu.chooseAt(index)
  }

  /** Called after each slice of layout, until all pages are there. */
  protected laidOut(): void {}

  override lines(): readonly string[] {
    return this.part?.panel.lines?.(this.page) ?? []
  }

  private get part(): Part | undefined {
    return this.menu.value
  }

  private get pages(): number {
    return this.part?.panel.pages ?? 1
  }

  /** Lays out later pages in slices between frames, so that no key waits for them. */
  private layOutRest(): void {
    clearTimeout(this.slice)
    const unfinished = this.menu.items.map((item) => item.value.panel).find((panel) => !panel.done)
    if (!unfinished?.step) return
    this.slice = setTimeout(() => {
      unfinished.step?.()
      this.laidOut()
      if (unfinished.done) this.refresh()
      this.layOutRest()
    }, 16)
  }

  override _detach(): void {
    super._detach()
    clearTimeout(this.slice)
  }

  override _handleDown(): void {
    if (this.pane === 'parts') this.chooseStep(1)
    else this.turn(1)
  }

  override _handleUp(): void {
    if (this.pane === 'parts') this.chooseStep(-1)
    else this.turn(-1)
  }

  _handlePageDown(): void {
    this.turn(1)
  }

  _handlePageUp(): void {
    this.turn(-1)
  }

  override _handleLeft(): void {
    this.pane = 'parts'
    this.refresh()
  }

  override _handleRight(): void {
    if (this.part?.route) return
    this.pane = 'panel'
    this.refresh()
  }

  override _handleEnter(): void {
    const route = this.part?.route
    if (route) this.context.go(route)
    else if (this.pane === 'parts') this._handleRight()
    else this._handleLeft()
  }

  /** Goes to the first part like this. */
  protected choosePart(wanted: (part: Part) => boolean): void {
    const at = this.menu.items.findIndex((item) => wanted(item.value))
    if (at < 0) return
    this.menu.chooseAt(at)
    this.page = this.part?.page ?? 0
    this.pane = 'parts'
    this.refresh()
  }

  private chooseStep(by: number): void {
    if (!this.menu.step(by)) return
    this.page = this.part?.page ?? 0
    this.refresh()
  }

  private turn(by: number): void {
    if (this.part?.route) return
    this.pane = 'panel'
    const next = this.page + by
    if (next < 0) {
      this.turnToPart(-1)
      return
    }
    // An estimate may be too low: lay out up to there and look again.
    const panel = this.part?.panel
    if (next >= this.pages && (!panel || panel.done || panel.text(next) === '')) {
      this.turnToPart(1)
      return
    }
    this.page = next
    this.followPage()
    this.refresh()
  }

  /** Past the end of a panel its neighbour begins: the whole record can be read with one key. */
  private turnToPart(by: number): void {
    const { items, index } = this.menu
    const panel = this.part?.panel
    let at = index + by
    while (items[at] && (items[at]?.value.panel === panel || items[at]?.value.route)) at += by
    const part = items[at]?.value
    if (!part) return
    this.menu.chooseAt(at)
    this.page = by > 0 ? part.page : Math.max(part.page, part.panel.done ? part.panel.pages - 1 : part.page)
    this.refresh()
  }

  /**
   * The menu follows the reader: to the part that begins on this page (of several the
   * first, which the eye meets first), or else to the one in the middle of which it is.
   */
  private followPage(): void {
    const panel = this.part?.panel
    let found = -1
    this.menu.items.forEach(({ value }, i) => {
      if (value.panel !== panel || value.route || value.page > this.page) return
      if (found < 0 || this.menu.items[found]?.value.page !== this.page) found = i
    })
    if (found >= 0) this.menu.chooseAt(found)
  }

  protected view(): View {
    const rect = panelRect(this.heading().bar !== null)
    return {
      ...this.pictureOf(this.page),
      focus: this.pane === 'parts' ? this.menu.focusRect() : { x: rect.x - 30, y: rect.y, width: 6, height: rect.height },
      outline: () => this.outline(),
    }
  }

  protected override ahead(): Ahead | null {
    if (this.pane === 'parts' || this.page + 1 >= this.pages) return null
    const index = this.menu.index
    this.page++
    this.followPage()
    const picture = this.pictureOf(this.page)
    const drawing = picture.draw()
    this.page--
    this.menu.chooseAt(index)
    return { key: picture.key, draw: () => drawing }
  }

  private pictureOf(page: number): Ahead {
    const part = this.part
    const state = `${this.menu.index} ${page} ${part?.panel.pages ?? 0} ${String(part?.panel.done)} ${this.pane} ${this.menu.items.length}`
    return { key: `${this.pictureKey} ${state}`, draw: () => this.draw(page) }
  }

  private draw(page: number): Drawing {
    const { t } = this.context.language
    const drawing = this.drawing()
    const heading = this.heading()
    const hints =
      this.pane === 'parts' ? [t('hint.move'), t('hint.ok'), t('hint.back')] : [t('hint.page'), t('hint.side'), t('hint.back')]
    drawFrame(drawing, { title: heading.title, hints })
    this.menu.draw(drawing)
    const rect = panelRect(heading.bar !== null)
    if (heading.bar !== null) {
      const area = { x: rect.x, y: content.top, width: rect.width, height: bar.height }
      drawing.fill(area, 'warning')
      drawing.text(area.x + 24, area.y + 50, heading.bar, { size: size.label, bold: true, ink: 'onMark', within: area.width - 48 })
    }
    this.part?.panel.draw(drawing, page, rect)
    const baseline = content.bottom - 6
    if (heading.demonstration) drawMark(drawing, rect.x, baseline, { text: t('demonstration'), ink: 'past' })
    drawing.text(safe.right, baseline, this.pageWords(page), { size: size.small, ink: 'quiet', align: 'end' })
    return drawing
  }

  private pageWords(page: number): string {
    const panel = this.part?.panel
    if (!panel || this.part?.route) return ''
    const values = { page: page + 1, pages: Math.max(panel.pages, page + 1) }
    return this.context.language.t(panel.done ? 'page.of' : 'page.of.about', values)
  }

  private outline(): OutlineNode[] {
    const { t } = this.context.language
    const heading = this.heading()
    const nodes: OutlineNode[] = [{ role: 'heading', text: heading.title }]
    if (heading.bar !== null) nodes.push({ role: 'status', text: heading.bar })
    if (heading.demonstration) nodes.push({ role: 'text', text: t('demonstration') })
    nodes.push(this.menu.outline(t('document.contents'), this.pane === 'parts'))
    nodes.push({ role: 'text', text: this.part?.panel.text(this.page) ?? '' })
    const page = this.pageWords(this.page)
    if (page) nodes.push({ role: 'status', text: page })
    return nodes
  }
}
