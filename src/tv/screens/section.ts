import type { Entry } from '../../feed/catalogue.ts'
import type { Kind } from '../../feed/kinds.ts'
import { content, safe, side, size } from '../theme/tokens.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'
import type { OutlineNode } from '../widgets/outline.ts'
import type { Ahead, View } from '../widgets/surface.ts'
import { drawEntryRow, entryRowHeight, entryWords } from './entry-rows.ts'
import { drawFrame } from './frame.ts'
import { regionName } from './region.ts'
import { Screen } from './screen.ts'
import { SideMenu } from './side-menu.ts'

const rowsAPage = Math.floor(content.height / entryRowHeight)
const list = { x: safe.left + side.width + side.gap, width: safe.width - side.width - side.gap }

/** What is kept of a section when it is left: the entry by its id, because places move with the next edition. */
interface Memory {
  readonly unit: string | null
  readonly entry: string | undefined
  readonly at: number
  readonly pane: 'units' | 'entries'
}

/** A section: its entries, newest first, of all units or of one; a page of rows at a time. */
export class SectionScreen extends Screen {
  readonly screenName = 'section'
  kind: Kind = 'policy'
  private unit: string | null = null
  private at = 0
  private pane: Memory['pane'] = 'entries'
  private all: readonly Entry[] = []
  private entries: readonly Entry[] = []
  private menu!: SideMenu<string | null>

  override remember(): unknown {
    return { unit: this.unit, entry: this.entries[this.at]?.id, at: this.at, pane: this.pane } satisfies Memory
  }

  protected override recall(memory: unknown): void {
    const kept = memory as Memory | null
    this.unit = kept?.unit ?? null
    this.at = kept?.at ?? 0
    this.pane = kept?.pane ?? 'entries'
    this.readEdition()
    const again = this.entries.findIndex((entry) => entry.id === kept?.entry)
    if (again >= 0) this.at = again
    if (this.entries.length === 0) this.pane = 'units'
  }

  override editionChanged(): void {
    this.recall(this.remember())
    this.refresh()
  }

  private readEdition(): void {
    const edition = this.context.library.edition
    const all = (edition?.entries ?? []).filter((entry) => entry.kind === this.kind)
    const counts = new Map<string, number>()
    for (const entry of all) counts.set(entry.unit, (counts.get(entry.unit) ?? 0) + 1)
    const units = Array.from(counts.keys()).sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1))
    const { t } = this.context.language
    this.menu = new SideMenu<string | null>(
      [
        { value: null, label: t('units.all'), note: String(all.length) },
        ...units.map((id) => ({ value: id, label: edition?.units.get(id)?.name ?? id, note: String(counts.get(id) ?? 0) })),
      ],
      this.context.measure,
    )
    if (this.unit !== null && !counts.has(this.unit)) this.unit = null
    this.all = all
    this.listUnit()
  }

  private listUnit(): void {
    this.entries = this.unit === null ? this.all : this.all.filter((entry) => entry.unit === this.unit)
    this.at = Math.max(0, Math.min(this.at, this.entries.length - 1))
  }

  /** Position of the chosen unit in the left column. */
  private get unitAt(): number {
    return Math.max(
      0,
      this.menu.items.findIndex((item) => item.value === this.unit),
    )
  }

  private get page(): number {
    return Math.floor(this.at / rowsAPage)
  }

  private get pages(): number {
    return Math.max(1, Math.ceil(this.entries.length / rowsAPage))
  }

  override _handleUp(): void {
    if (this.pane === 'units') this.chooseUnit(-1)
    else this.moveTo(this.at - 1)
  }

  override _handleDown(): void {
    if (this.pane === 'units') this.chooseUnit(1)
    else this.moveTo(this.at + 1)
  }

  _handlePageDown(): void {
    this.moveTo(Math.min((this.page + 1) * rowsAPage, this.entries.length - 1))
  }

  _handlePageUp(): void {
    this.moveTo(Math.max((this.page - 1) * rowsAPage, 0))
  }

  override _handleLeft(): void {
    this.pane = 'units'
    this.refresh()
  }

  override _handleRight(): void {
    if (this.entries.length > 0) this.pane = 'entries'
    this.refresh()
  }

  override _handleEnter(): void {
    if (this.pane === 'units') {
      this._handleRight()
      return
    }
    const entry = this.entries[this.at]
    if (entry) this.context.go({ to: 'record', id: entry.id })
  }

  private moveTo(at: number): void {
    if (at < 0 || at >= this.entries.length) return
    this.pane = 'entries'
    this.at = at
    this.refresh()
  }

  private chooseUnit(step: number): void {
    const item = this.menu.items[this.unitAt + step]
    if (!item) return
    this.unit = item.value
    this.at = 0
    this.listUnit()
    this.refresh()
  }

  protected view(): View {
    return {
      ...this.pictureOf(this.page),
      focus: this.pane === 'units' ? this.menu.focusRect(this.unitAt) : rowRect(this.at % rowsAPage),
      outline: () => this.outline(),
    }
  }

  protected override ahead(): Ahead | null {
    if (this.pane === 'units') return null
    return this.page + 1 < this.pages ? this.pictureOf(this.page + 1) : null
  }

  private pictureOf(page: number): Ahead {
    const { language, library, region } = this.context
    const key = `section ${this.kind} ${this.unit ?? '*'} ${page} ${library.edition?.version ?? 0} ${this.context.today()}`
    return {
      key,
      draw: () => {
        const drawing = this.drawing()
        const { t } = language
        drawFrame(drawing, {
          title: t(`section.${this.kind}`),
          subtitle: regionName(language, region),
          hints: [t('hint.move'), t('hint.ok'), t('hint.back')],
        })
        this.menu.draw(drawing, this.unitAt)
        this.drawRows(drawing, page)
        return drawing
      },
    }
  }

  private drawRows(drawing: Drawing, page: number): void {
    const { t } = this.context.language
    if (this.entries.length === 0) drawing.text(list.x + 24, content.top + 54, t('list.empty'), { size: size.body, ink: 'quiet' })
    this.entries.slice(page * rowsAPage, (page + 1) * rowsAPage).forEach((entry, i) => {
      drawEntryRow(drawing, rowRect(i), entry, this.context)
    })
    const position = t('list.position', { page: page + 1, pages: this.pages, n: this.entries.length })
    drawing.text(safe.right, content.bottom - 6, position, { size: size.small, ink: 'quiet', align: 'end' })
  }

  private outline(): OutlineNode[] {
    const { t } = this.context.language
    const first = this.page * rowsAPage
    return [
      { role: 'heading', text: t(`section.${this.kind}`) },
      this.menu.outline(t('units.label'), this.unitAt, this.pane === 'units'),
      {
        role: 'list',
        label: t(`section.${this.kind}`),
        options: this.entries.slice(first, first + rowsAPage).map((entry, i) => ({
          text: entryWords(entry, this.context),
          focused: this.pane === 'entries' && first + i === this.at,
          position: first + i + 1,
          of: this.entries.length,
        })),
      },
      { role: 'text', text: t('list.position', { page: this.page + 1, pages: this.pages, n: this.entries.length }) },
    ]
  }
}

function rowRect(at: number): Rect {
  return { x: list.x, y: content.top + at * entryRowHeight, width: list.width, height: entryRowHeight }
}
