import type { Panel } from '../widgets/panel.ts'
import type { Route } from './route.ts'

/** One entry of the left column: a panel (from one of its pages on), or a way to another record. */
export interface Part {
  /** Stays the same while parts come and go: `start`, `chapter 3`, `link <id>`. */
  readonly key: string
  readonly panel: Panel
  /** First page of the part in its panel. */
  readonly page: number
  readonly route?: Route
}

/** Where a reader is: which part is chosen, which page is shown, and which side has the focus. */
export interface Place {
  readonly at: number
  readonly page: number
  readonly pane: 'parts' | 'panel'
}

/** A place that outlives its parts: kept when the screen is left, or its record changes. */
export interface KeptPlace {
  readonly key: string
  readonly page: number
  readonly pane: Place['pane']
}

/** What to remember of a place. */
export function keptPlace(parts: readonly Part[], place: Place): KeptPlace {
  return { key: parts[place.at]?.key ?? '', page: place.page, pane: place.pane }
}

/** The place that was remembered, or where what was there is gone, the nearest that there is. */
export function placeAgain(parts: readonly Part[], kept: KeptPlace): Place {
  const wanted = parts.findIndex((part) => part.key === kept.key)
  // A chapter that is gone: its text, the same page or the last one.
  const at = Math.max(0, wanted)
  const part = parts[at]
  if (!part) return { at: 0, page: 0, pane: 'parts' }
  if (part.route) return { at, page: part.page, pane: 'parts' }
  let page = wanted >= 0 || kept.key.startsWith('chapter') ? kept.page : part.page
  while (page > 0 && !part.panel.has(page)) page--
  return followed(parts, { at, page, pane: kept.pane })
}

/** One part up or down in the left column. */
export function stepped(parts: readonly Part[], place: Place, by: 1 | -1): Place {
  const part = parts[place.at + by]
  return part ? { at: place.at + by, page: part.page, pane: 'parts' } : place
}

/**
 * One page on or back. Past the end of a panel its neighbour begins, so that a whole
 * record can be read with one key; ways to other records are not turned into.
 */
export function turned(parts: readonly Part[], place: Place, by: 1 | -1): Place {
  const part = parts[place.at]
  if (!part || part.route) return place
  const page = place.page + by
  if (page >= 0 && part.panel.has(page)) return followed(parts, { at: place.at, page, pane: 'panel' })
  const panels: Panel[] = []
  for (const { panel, route } of parts) if (!route && panels.indexOf(panel) < 0) panels.push(panel)
  const panel = panels[panels.indexOf(part.panel) + by]
  if (!panel) return { ...place, pane: 'panel' }
  const first = parts.findIndex((other) => other.panel === panel)
  const last = panel.done ? panel.pages - 1 : 0
  return followed(parts, { at: first, page: by > 0 ? (parts[first]?.page ?? 0) : last, pane: 'panel' })
}

/**
 * The menu follows the reader: to the part that begins on this page (of several the
 * first, which the eye meets first), or else to the one in the middle of which it is.
 */
export function followed(parts: readonly Part[], place: Place): Place {
  const panel = parts[place.at]?.panel
  let found = -1
  parts.forEach((part, i) => {
    if (part.panel !== panel || part.route || part.page > place.page) return
    if (found < 0 || parts[found]?.page !== place.page) found = i
  })
  return found < 0 ? place : { ...place, at: found }
}
