import type { TextKey } from '../language/language.ts'
import { leading, size } from '../theme/tokens.ts'
import { breakParagraph } from '../typesetting/index.ts'
import type { Rect } from '../widgets/drawing.ts'
import { DrawnPanel } from '../widgets/panel.ts'
import { entryRowHeight, drawEntryRow, entryWords } from './entry-rows.ts'
import type { Part } from './place.ts'
import type { Context } from './screen.ts'
import type { SideItem } from './side-menu.ts'

/** A way from one record to another. */
export interface Link {
  readonly id: string
  /** What the way is called in the left column. */
  readonly label: TextKey
  readonly urgent?: boolean
}

/** Links as parts; OK opens them. A link to a record that this box does not hold is left out. */
export function relatedParts(links: readonly Link[], rect: Rect, context: Context): SideItem<Part>[] {
  const { language, library, measure } = context
  const items: SideItem<Part>[] = []
  const seen = new Set<string>()
  for (const link of links) {
    // What is related and replaced is said once, by the first and weightier of its links.
    if (seen.has(link.id)) continue
    seen.add(link.id)
    const entry = library.edition?.byId.get(link.id)
    if (!entry) continue
    const words = language.join([language.labelled(language.t(link.label), entryWords(entry, context)), language.t('hint.ok')], 'stop')
    const panel = new DrawnPanel(
      1,
      (drawing) => {
        drawing.text(rect.x, rect.y + 54, language.t(link.label), { size: size.lead, ink: 'accent', bold: true })
        const row = { x: rect.x, y: rect.y + 84, width: rect.width, height: entryRowHeight }
        drawEntryRow(drawing, row, entry, context)
        const style = { face: { size: size.body, bold: false }, width: rect.width, firstIndent: 0, align: 'start' } as const
        breakParagraph(language.t('link.how'), style, measure).forEach((line, i) => {
          drawing.text(rect.x, row.y + row.height + 84 + i * size.body * leading, line.text, { size: size.body, ink: 'quiet' })
        })
      },
      () => words,
    )
    const route = { to: 'record', id: link.id } as const
    // Several related records are told apart by their titles.
    const label = link.label === 'document.related' ? language.t('document.related.item', { title: entry.title }) : language.t(link.label)
    items.push({ value: { key: `link ${link.id}`, panel, page: 0, route }, label, ...(link.urgent ? { urgent: true } : {}) })
  }
  return items
}
