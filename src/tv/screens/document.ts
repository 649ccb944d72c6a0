import type { News, Policy } from '../../feed/records/index.ts'
import { standingOf } from '../../feed/standing.ts'
import { size } from '../theme/tokens.ts'
import { readingStyle } from '../theme/type.ts'
import type { Block } from '../typesetting/index.ts'
import { FactsPanel } from '../widgets/facts.ts'
import { Reader } from '../widgets/reader.ts'
import { documentFacts } from './document-facts.ts'
import { standingMark } from './frame.ts'
import { relatedParts } from './links.ts'
import type { Link } from './links.ts'
import { panelRect, PartsScreen } from './parts.ts'
import type { Heading } from './parts.ts'
import type { KeptPlace, Part } from './place.ts'
import type { SideItem } from './side-menu.ts'

/** A policy or a news item: its typeset text by chapter, its data, and the way to what replaced it. */
export class DocumentScreen extends PartsScreen {
  readonly screenName = 'document'
  record!: Policy | News
  private reader!: Reader
  private facts!: FactsPanel
  private links: readonly SideItem<Part>[] = []
  private shownChapters = -1

  protected override get recordKey(): string {
    return this.record.id
  }

  protected override recall(memory: unknown): void {
    const { measure, library } = this.context
    const rect = panelRect(this.heading().bar !== null)
    const style = readingStyle(rect.width, rect.height, size.body)
    this.reader = new Reader(this.blocks(), style, measure, (target) => this.context.imageOf(target))
    const entry = library.edition?.byId.get(this.record.id)
    this.facts = new FactsPanel(documentFacts(this.record, entry, this.context), rect.width, rect.height, measure)
    this.links = relatedParts(this.linksOf(), rect, this.context)
    // A page in a late chapter was remembered: lay out up to there, so that its menu entry exists.
    if (memory) this.reader.has((memory as KeptPlace).page)
    this.setParts(this.parts(), memory)
  }

  private linksOf(): Link[] {
    const { record } = this
    const links: Link[] = []
    if (record.kind === 'policy') {
      if (record.supersededBy) links.push({ id: record.supersededBy, label: 'document.replacement', urgent: true })
      for (const id of record.supersedes ?? []) links.push({ id, label: 'document.replaces' })
      for (const id of record.interprets ?? []) links.push({ id, label: 'document.interprets' })
    }
    for (const id of record.related ?? []) links.push({ id, label: 'document.related' })
    return links
  }

  /** The body under a title page's head: title, number, and the day of publication. */
  private blocks(): Block[] {
    const { record } = this
    const { language } = this.context
    const number = record.kind === 'policy' ? record.documentNumber : undefined
    const line = [number, language.date(record.published)].filter((part) => part !== undefined).join('　')
    return [
      { type: 'heading', level: 1, text: [record.title] },
      { type: 'paragraph', text: [line], align: 'center' },
      ...record.body,
    ]
  }

  /** Beginning, chapters, data, and links: what replaced it comes first. */
  private parts(): SideItem<Part>[] {
    const { t } = this.context.language
    const chapters = this.reader.chapters.slice(1)
    this.shownChapters = chapters.length
    const urgent = this.links.filter((link) => link.urgent)
    const others = this.links.filter((link) => !link.urgent)
    const start: SideItem<Part> = { value: { key: 'start', panel: this.reader, page: 0 }, label: t('document.start') }
    return [
      start,
      ...urgent,
      { value: { key: 'about', panel: this.facts, page: 0 }, label: t('document.about') },
      ...chapters.map((chapter, i) => ({
        value: { key: `chapter ${i}`, panel: this.reader, page: chapter.page },
        label: chapter.title.replace(/\s+/g, ' '),
        note: String(chapter.page + 1),
        nested: chapter.level > 1,
      })),
      ...others,
    ]
  }

  /** Info: the data sheet, as on other services of the box. */
  _handleInfo(): void {
    this.choosePart((part) => part.panel === this.facts)
  }

  protected override laidOut(): void {
    if (this.reader.chapters.length - 1 !== this.shownChapters) this.updateParts(this.parts())
  }

  protected heading(): Heading {
    const { record } = this
    return { title: record.title, demonstration: record.demonstration === true, bar: this.bar() }
  }

  /** Never an old rule without its bar. */
  private bar(): string | null {
    const { record, context } = this
    if (record.kind !== 'policy') return null
    const { t } = context.language
    const edition = context.library.edition
    const replacement = record.supersededBy ? edition?.byId.get(record.supersededBy) : undefined
    if (replacement) return t('document.replaced.bar', { title: replacement.title })
    const entry = edition?.byId.get(record.id)
    if (!entry) return null
    const standing = standingOf(entry, context.today())
    if (standing.kind === 'in-force' || standing.kind === 'none') return null
    if (standing.kind === 'not-yet') {
      return record.effectiveOn ? t('document.notyet.bar', { date: context.language.date(record.effectiveOn) }) : t('standing.not-yet')
    }
    return t('document.old.bar', { standing: standingMark(standing, context.language)?.text ?? '' })
  }
}
