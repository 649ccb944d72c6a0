import { describe, expect, it } from 'vitest'
import type { Panel } from '../widgets/panel.ts'
import { followed, keptPlace, placeAgain, stepped, turned } from './place.ts'
import type { Part, Place } from './place.ts'

/** A panel of so many pages, of which the count may be over-estimated until it is done. */
const panel = (pages: number, estimate = pages): Panel => ({
  pages: estimate,
  done: estimate === pages,
  has: (page) => page < pages,
  draw: () => undefined,
  text: (page) => `page ${page}`,
})

const text = panel(6)
const facts = panel(2)
const link = panel(1)
/** Beginning, data, chapters 1 and 2 on the first page, 3 on the third, 4 on the sixth, a link. */
const parts: readonly Part[] = [
  { key: 'start', panel: text, page: 0 },
  { key: 'about', panel: facts, page: 0 },
  { key: 'chapter 0', panel: text, page: 0 },
  { key: 'chapter 1', panel: text, page: 0 },
  { key: 'chapter 2', panel: text, page: 2 },
  { key: 'chapter 3', panel: text, page: 5 },
  { key: 'link x', panel: link, page: 0, route: { to: 'record', id: 'x' } },
]
const at = (key: string, page: number, pane: Place['pane'] = 'panel'): Place => ({
  at: parts.findIndex((part) => part.key === key),
  page,
  pane,
})

describe('turning pages', () => {
  const cases: [string, Place, 1 | -1, Place][] = [
    ['on within a chapter: the chapter in whose middle it is', at('start', 0), 1, at('chapter 1', 1)],
    ['on to where a chapter begins', at('chapter 1', 1), 1, at('chapter 2', 2)],
    ['back to the first page: the beginning', at('chapter 1', 1), -1, at('start', 0)],
    ['on past the end of the text: the data', at('chapter 3', 5), 1, at('about', 0)],
    ['back from the data: the last page of the text', at('about', 0), -1, at('chapter 3', 5)],
    ['back before the first page: stays', at('start', 0), -1, at('start', 0)],
    ['on past the very end: stays', at('about', 1), 1, at('about', 1)],
    ['from a link: stays', at('link x', 0, 'parts'), 1, at('link x', 0, 'parts')],
  ]
  it.each(cases)('%s', (_, from, by, to) => {
    expect(turned(parts, from, by)).toEqual(to)
  })

  it('never shows a page that was only estimated', () => {
    const some: Part[] = [{ key: 'start', panel: panel(3, 8), page: 0 }]
    expect(turned(some, { at: 0, page: 2, pane: 'panel' }, 1).page).toBe(2)
  })
})

describe('the left column', () => {
  it('goes part by part and stops at both ends', () => {
    expect(stepped(parts, at('start', 3), 1)).toEqual(at('about', 0, 'parts'))
    expect(stepped(parts, at('about', 1), 1)).toEqual(at('chapter 0', 0, 'parts'))
    expect(stepped(parts, at('start', 0, 'parts'), -1)).toEqual(at('start', 0, 'parts'))
    expect(stepped(parts, at('link x', 0, 'parts'), 1)).toEqual(at('link x', 0, 'parts'))
  })

  it('keeps the beginning marked on the first page, where chapters begin too', () => {
    expect(followed(parts, at('chapter 1', 0))).toEqual(at('start', 0))
  })
})

describe('a place kept', () => {
  it('is found again, whatever came before it in the column', () => {
    const kept = keptPlace(parts, at('link x', 0, 'parts'))
    const more = [parts[0] as Part, { key: 'replacement', panel: link, page: 0 }, ...parts.slice(1)]
    expect(placeAgain(more, kept)).toEqual({ at: 7, page: 0, pane: 'parts' })
  })

  it('in a text that became shorter is its last page', () => {
    const short = panel(2)
    const shorter: Part[] = [{ key: 'start', panel: short, page: 0 }]
    expect(placeAgain(shorter, keptPlace(parts, at('chapter 3', 5)))).toEqual({ at: 0, page: 1, pane: 'panel' })
  })

  it('at a link that is gone is the beginning', () => {
    expect(placeAgain(parts.slice(0, 6), keptPlace(parts, at('link x', 0, 'parts')))).toEqual(at('start', 0, 'parts'))
  })
})
