import { describe, expect, it } from 'vitest'
import type { Block } from './block.ts'
import { checkPages } from './check.ts'
import type { Page, TextMark } from './page.ts'
import { Paginator } from './paginator.ts'
import { pageStyle, type PageStyle } from './style.ts'
import { gridMeasure, SAMPLES } from './testing.ts'

/** Ten lines of twenty ems, everything else in round numbers. */
const STYLE: PageStyle = {
  width: 200,
  height: 160,
  body: { size: 10, lineHeight: 16 },
  headings: [{ size: 12, lineHeight: 20 }, { size: 11, lineHeight: 18 }, { size: 10, lineHeight: 16 }],
  headingBefore: [10, 8, 6],
  headingAfter: [4, 2, 0],
  paragraphGap: 0,
  blockGap: 8,
  note: { size: 10, lineHeight: 16 },
  notePadding: 5,
  noteBar: 2,
  caption: { size: 10, lineHeight: 14 },
  cell: { size: 10, lineHeight: 14 },
  cellPaddingX: 4,
  cellPaddingY: 2,
  rule: 1,
}

const paragraph = (text: string): Block => ({ type: 'paragraph', text: [text] })
const heading = (text: string, level: 1 | 2 | 3 = 2): Block => ({ type: 'heading', level, text: [text] })
/** A paragraph of so many lines of twenty ems, the first indented. */
const lines = (count: number): Block => paragraph('字'.repeat(count * 20 - 2))

function layOut(blocks: readonly Block[], style = STYLE): Paginator {
  const paginator = new Paginator(blocks, style, gridMeasure)
  while (paginator.step()) continue
  return paginator
}

const counts = (pages: readonly Page[]) => pages.map((page) => page.lines.filter((line) => line !== '').length)
const textMarks = (page: Page | undefined) => (page?.marks ?? []).filter((mark): mark is TextMark => mark.kind === 'text')
const kinds = (page: Page | undefined, kind: string) => (page?.marks ?? []).filter((mark) => mark.kind === kind)

describe('pages of paragraphs (CLREQ 3.4.4)', () => {
  const cases: readonly (readonly [string, readonly Block[], readonly number[]])[] = [
    ['a full page', [lines(10)], [10]],
    ['no last line alone at a page start', [lines(11)], [9, 2]],
    ['no first line alone at a page end', [lines(9), lines(4)], [9, 4]],
    ['two lines on either side are good', [lines(8), lines(4)], [10, 2]],
    ['a paragraph of three may leave its first line', [lines(9), lines(3)], [10, 2]],
    ['a paragraph of two stays whole', [lines(9), lines(2)], [9, 2]],
    ['a paragraph of many pages', [lines(25)], [10, 10, 5]],
    ['nothing', [], []],
  ]
  it.each(cases)('%s', (_name, blocks, expected) => {
    expect(counts(layOut(blocks).pages)).toEqual(expected)
  })

  it('puts baselines in the middle of the lines, sharp at two thirds', () => {
    expect(textMarks(layOut([lines(2)]).pages[0]).map((mark) => mark.y)).toEqual([12, 28])
  })
  it('sets other paragraphs to the middle and the end without an indent', () => {
    const page = layOut([{ type: 'paragraph', text: ['甲乙'], align: 'end' }]).pages[0]
    expect(textMarks(page)[0]?.runs[0]?.x).toBe(180)
  })
  it('tells where a page goes on with a paragraph, and in which block it begins', () => {
    const pages = layOut([lines(8), lines(4), paragraph('甲')]).pages
    expect(pages.map((page) => [page.continues, page.block])).toEqual([[false, 0], [true, 1]])
    expect(pages[1]?.lines.slice(-2)).toEqual(['', '甲'])
  })
})

describe('headings (CLREQ 4.1.3)', () => {
  it('are never left at the end of a page', () => {
    for (let above = 1; above < 12; above++) {
      const pages = layOut([lines(above), heading('第一章'), heading('第一节', 3), lines(4)]).pages
      const page = pages.find((p) => p.lines.indexOf('第一节') >= 0)
      const at = page?.lines.indexOf('第一节') ?? 0
      expect(page?.lines.slice(at + 1).filter((line) => line !== '').length).toBeGreaterThanOrEqual(2)
      expect(page?.lines).toContain('第一章')
    }
  })
  it('stay with two lines even when these are two paragraphs', () => {
    expect(layOut([lines(8), heading('章'), paragraph('甲'), paragraph('乙')]).pages[1]?.lines).toEqual([
      '章', '', '甲', '', '乙',
    ])
  })
  it('have no space above them at the top of a page', () => {
    expect(textMarks(layOut([heading('章', 1)]).pages[0])[0]?.y).toBe(15)
  })
  it('level 1 in the middle, others at the start, all bold', () => {
    const marks = textMarks(layOut([heading('甲乙', 1), heading('丙丁', 2)]).pages[0])
    expect(marks.map((mark) => [mark.runs[0]?.x, mark.runs[0]?.bold, mark.role])).toEqual([
      [88, true, 'heading'], [0, true, 'heading'],
    ])
  })
  it('make up the chapters', () => {
    const chapters = layOut([heading('第一章', 1), lines(10), heading('第二章', 1), lines(2)]).chapters
    expect(chapters).toEqual([{ title: '第一章', level: 1, page: 0 }, { title: '第二章', level: 1, page: 1 }])
  })
})

describe('lists', () => {
  it('hang their markers', () => {
    const page = layOut([{ type: 'list', start: 9, items: [['甲'], ['字'.repeat(20)]] }]).pages[0]
    const marks = textMarks(page)
    expect(marks.map((mark) => [mark.role, mark.x + (mark.runs[0]?.x ?? 0)])).toEqual([
      ['marker', 5], ['body', 20], ['marker', 0], ['body', 20], ['body', 20],
    ])
    expect(page?.text).toBe('9. 甲\n10. ' + '字'.repeat(20))
  })
  it('have discs where they are not numbered', () => {
    expect(layOut([{ type: 'list', items: [['甲']] }]).pages[0]?.text).toBe('● 甲')
  })
})

describe('notes', () => {
  it('are one box with a bar', () => {
    const page = layOut([{ type: 'note', text: ['字'.repeat(40)] }]).pages[0]
    expect(kinds(page, 'fill')).toEqual([{ kind: 'fill', x: 0, y: 0, width: 200, height: 58, role: 'note' }])
    expect(kinds(page, 'rule')).toEqual([{ kind: 'rule', x: 0, y: 0, width: 2, height: 58, role: 'note' }])
    expect(page?.marks[0]?.kind).toBe('fill')
  })
  it('go on in a box overleaf', () => {
    const pages = layOut([lines(6), { type: 'note', text: ['字'.repeat(90)] }]).pages
    expect(pages.map((page) => kinds(page, 'fill').length)).toEqual([1, 1])
  })
})

describe('pictures', () => {
  const picture = (width: number, height: number, caption?: string): Block => ({
    type: 'image', target: 'city/a.png', alt: '办事大厅', width, height, caption,
  })
  const sizes: readonly (readonly [string, number, number, readonly number[]])[] = [
    ['scaled down to the width', 400, 100, [200, 50]],
    ['scaled down to the height', 100, 320, [50, 160]],
    ['at most doubled', 20, 10, [40, 20]],
  ]
  it.each(sizes)('%s', (_name, width, height, expected) => {
    const mark = layOut([picture(width, height)]).pages[0]?.marks[0]
    expect(mark?.kind === 'image' && [mark.width, mark.height]).toEqual(expected)
  })
  it('stay with their caption, and with a heading above', () => {
    const pages = layOut([lines(3), heading('图'), picture(200, 300, '大厅')]).pages
    expect(pages.map((page) => page.text.split('\n').slice(-3))).toEqual([[expect.any(String)], ['图', '办事大厅', '大厅']])
    for (const mark of textMarks(pages[1])) expect(mark.y).toBeLessThanOrEqual(STYLE.height)
  })
})

describe('tables', () => {
  const table = (rows: number, text = '甲乙'): Block => ({
    type: 'table', caption: '表1', head: ['项目', '说明'], rows: Array.from({ length: rows }, (_, i) => [`${i + 1}`, text]),
  })
  it('repeat their head on every page', () => {
    const pages = layOut([table(13)]).pages
    expect(pages.length).toBe(2)
    for (const page of pages) expect(page.lines.slice(page === pages[0] ? 2 : 0, 5)).toContain('项目')
    expect(pages[1]?.continues).toBe(false)
  })
  it('never split a row that a page can hold', () => {
    const pages = layOut([lines(7), table(1, '字'.repeat(60))]).pages
    expect(pages[1]?.lines.filter((line) => line.indexOf('字字') >= 0).join('')).toBe('字'.repeat(60))
  })
  it('split a row that no page can hold', () => {
    const pages = layOut([table(1, '字'.repeat(400))]).pages
    expect(pages.length).toBeGreaterThan(2)
    expect(pages.map((page) => page.lines.join('').replace(/[^字]/g, '')).join('')).toBe('字'.repeat(400))
  })
  it('give no column less than four ems, and wrap the rest', () => {
    const page = layOut([table(2, '字'.repeat(30))]).pages[0]
    const columns = Array.from(new Set(textMarks(page).filter((mark) => mark.role === 'cell').map((mark) => mark.x)))
    expect(columns).toEqual([4, 52])
    for (const mark of textMarks(page)) for (const run of mark.runs) expect(mark.x + run.x).toBeLessThan(STYLE.width)
  })
  it('become cards where columns would be too narrow', () => {
    const head = ['事项', '部门', '时限', '地点', '电话']
    const row = ['居住证', '公安机关', '15日', '服务大厅', '0771-3221288']
    const pages = layOut([{ type: 'table', head, rows: [row, row, row] }]).pages
    const card = '事项：居住证\n部门：公安机关\n时限：15日\n地点：服务大厅\n电话：0771-3221288'
    // A third card does not fit and is not split.
    expect(pages.map((page) => page.text)).toEqual([`${card}\n${card}`, card])
    expect(textMarks(pages[0])[0]?.runs.map((run) => [run.text, run.bold])).toEqual([['事项：', true], ['居住证', false]])
  })
})

describe('working in slices', () => {
  const blocks = Array.from({ length: 300 }, (_, i) => paragraph(SAMPLES[i % SAMPLES.length] as string))

  it('lays out no more than it is asked for', () => {
    const measured: number[] = []
    const paginator = new Paginator(blocks, STYLE, (text, face) => {
      measured.push(text.length)
      return gridMeasure(text, face)
    })
    expect(measured).toEqual([])
    expect(paginator.page(0)?.lines[0]).toContain('第一条')
    expect(paginator.pages.length).toBeLessThan(4)
    expect(paginator.done).toBe(false)
    expect(paginator.step(100)).toBe(true)
    expect(paginator.page(9)).toBe(paginator.pages[9])
  })
  it('gives the same pages in whatever slices', () => {
    const slowly = new Paginator(blocks, STYLE, gridMeasure)
    while (slowly.step(1)) continue
    expect(slowly.pages).toEqual(layOut(blocks).pages)
  })
  it('guesses the number of pages', () => {
    const paginator = new Paginator(blocks, STYLE, gridMeasure)
    const guesses = [paginator.estimatedPages]
    paginator.page(5)
    guesses.push(paginator.estimatedPages)
    while (paginator.step()) continue
    for (const guess of guesses) {
      expect(guess / paginator.pages.length).toBeGreaterThan(0.6)
      expect(guess / paginator.pages.length).toBeLessThan(1.6)
    }
    expect(paginator.estimatedPages).toBe(paginator.pages.length)
    expect(paginator.page(paginator.pages.length)).toBeUndefined()
  })
  it('finds the page of a block', () => {
    const paginator = new Paginator([lines(8), lines(4), { type: 'paragraph', text: [] }, lines(8)], STYLE, gridMeasure)
    expect([0, 1, 2, 3, 9].map((block) => paginator.pageOf(block))).toEqual([0, 0, 0, 1, 1])
  })
})

it('sets every sample soundly on the derived style, within its area', () => {
  for (const size of [42, 57]) {
    const style = pageStyle({ width: 1728, height: 800, size })
    expect(style.width % size).toBe(0)
    const pages = layOut(SAMPLES.map(paragraph), style).pages
    expect(checkPages(pages)).toEqual([])
    for (const page of pages) for (const mark of textMarks(page)) expect(mark.y).toBeLessThan(style.height)
  }
})
