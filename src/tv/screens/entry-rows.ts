import type { Entry } from '../../feed/catalogue.ts'
import { standingOf } from '../../feed/standing.ts'
import { unitNameOn } from '../../feed/unit.ts'
import { size } from '../theme/tokens.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'
import { drawMark, standingMark } from './frame.ts'
import type { Context } from './screen.ts'

/** Height of an entry's row in a list: title above, standing, unit and date below. */
export const entryRowHeight = 123

/** Name that the publishing unit bore when the entry was published. */
export function unitName(context: Context, entry: Entry): string {
  const unit = context.library.edition?.units.get(entry.unit)
  return unit ? unitNameOn(unit, entry.published) : entry.unit
}

/** Draws one entry into its row. */
export function drawEntryRow(drawing: Drawing, rect: Rect, entry: Entry, context: Context): void {
  const { language } = context
  const left = rect.x + 24
  const right = rect.x + rect.width - 24
  drawing.text(left, rect.y + 51, entry.title, { size: size.body, within: right - left })
  const baseline = rect.y + 102
  let x = left
  const mark = standingMark(standingOf(entry, context.today()), language)
  if (mark) x += drawMark(drawing, x, baseline, mark) + 24
  const date = drawing.text(right, baseline, language.date(entry.published), { size: size.small, ink: 'quiet', align: 'end' })
  drawing.text(x, baseline, unitName(context, entry), { size: size.small, ink: 'quiet', within: right - date - 30 - x })
  drawing.rule(rect.x, rect.y + rect.height - 3, rect.width)
}

/** The same row in words, for the outline. */
export function entryWords(entry: Entry, context: Context): string {
  const { language } = context
  const mark = standingMark(standingOf(entry, context.today()), language)
  return language.join([entry.title, mark?.text, unitName(context, entry), language.date(entry.published)], 'comma')
}
