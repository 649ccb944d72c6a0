import { describe, expect, it } from 'vitest'
import { breakParagraph, extents, gridWidth } from './paragraph.ts'
import { gridMeasure } from './testing.ts'
import type { Line, ParagraphStyle, Span } from './text.ts'

const EM = 10

/** Sets text at a measure of so many ems, justified, without an indent unless told. */
function set(text: Span[] | string, ems: number, style: Partial<ParagraphStyle> = {}): Line[] {
  const face = { size: EM, bold: false }
  return breakParagraph(text, { face, width: ems * EM, firstIndent: 0, align: 'justify', ...style }, gridMeasure)
}

function texts(text: Span[] | string, ems: number, style: Partial<ParagraphStyle> = {}): string[] {
  return set(text, ems, style).map((line) => line.text)
}

describe('line ends (CLREQ 3.1.4, 3.1.5)', () => {
  const cases: readonly (readonly [string, string, number, readonly string[]])[] = [
    ['a comma takes its character along', '甲乙丙丁戊己庚辛壬癸，子丑寅', 10, ['甲乙丙丁戊己庚辛壬', '癸，子丑寅']],
    ['or is pressed in where marks give room', '甲乙，丙丁，戊己庚辛，子丑寅', 10, ['甲乙，丙丁，戊己庚辛，', '子丑寅']],
    ['a comma at the end takes half an em', '甲乙丙丁戊己庚辛壬，子丑寅', 9.5, ['甲乙丙丁戊己庚辛壬，', '子丑寅']],
    ['an opening bracket goes down', '甲乙丙丁戊己庚辛壬（癸子）丑寅', 10, ['甲乙丙丁戊己庚辛壬', '（癸子）丑寅']],
    ['an opening title mark goes down', '甲乙丙丁戊己庚辛壬《癸子》丑寅', 10, ['甲乙丙丁戊己庚辛壬', '《癸子》丑寅']],
    ['a dash is whole and not at a start', '甲乙丙丁戊己庚辛壬——癸子丑寅', 10, ['甲乙丙丁戊己庚辛', '壬——癸子丑寅']],
    ['a dash may end a line', '甲乙丙丁戊己庚辛——癸子丑寅', 10, ['甲乙丙丁戊己庚辛——', '癸子丑寅']],
    ['an ellipsis is whole and not at a start', '甲乙丙丁戊己庚辛壬……癸子丑寅', 10, ['甲乙丙丁戊己庚辛', '壬……癸子丑寅']],
    ['three marks in a row stay together', '甲乙丙丁戊己。』」丑寅卯', 7, ['甲乙丙丁戊', '己。』」丑寅卯']],
    ['a solidus is at neither end', '甲乙丙丁戊己庚/辛壬癸子丑寅', 7, ['甲乙丙丁戊己', '庚/辛壬癸子', '丑寅']],
    ['an interpunct is not at a start', '甲乙丙丁·戊己庚辛', 4, ['甲乙丙', '丁·戊己', '庚辛']],
    ['a tilde is not at a start', '甲乙丙丁～戊己庚辛', 4, ['甲乙丙', '丁～戊己', '庚辛']],
    ['an iteration mark is not at a start', '甲乙丙丁々戊己庚辛', 4, ['甲乙丙', '丁々戊己', '庚辛']],
    ['ASCII brackets and points too', '甲乙丙丁(戊己),庚辛壬', 5, ['甲乙丙丁', '(戊己),庚', '辛壬']],
    ['straight quotation marks open and close by turns', '甲乙"丙丁"戊己"庚"辛壬', 4, ['甲乙"丙', '丁"戊己', '"庚"辛壬']],
  ]
  it.each(cases)('%s', (_name, text, ems, lines) => {
    expect(texts(text, ems)).toEqual(lines)
  })
})

describe('what stays whole (CLREQ 3.1.5.2, 3.2.4)', () => {
  const cases: readonly (readonly [string, number, readonly string[]])[] = [
    ['甲乙丙丁戊己庚辛壬2026年丑寅', 10, ['甲乙丙丁戊己庚辛壬', '2026年丑寅']],
    ['甲乙丙丁戊己2026年11月23日丑寅', 10, ['甲乙丙丁戊己2026年', '11月23日丑寅']],
    ['甲乙丙丁戊己庚98.5%的丑寅', 9, ['甲乙丙丁戊己庚', '98.5%的丑寅']],
    ['甲乙丙丁戊己共1,284.5万件', 9, ['甲乙丙丁戊己共', '1,284.5万件']],
    ['甲乙丙丁戊己500万元以下', 9, ['甲乙丙丁戊己', '500万元以下']],
    ['甲乙丙丁戊己庚辛壬30余人参加', 10, ['甲乙丙丁戊己庚辛壬', '30余人参加']],
    ['甲乙丙丁戊己庚辛3小时以内', 10, ['甲乙丙丁戊己庚辛', '3小时以内']],
    ['甲乙丙丁戊己9平方公里以内', 10, ['甲乙丙丁戊己', '9平方公里以内']],
    ['甲乙丙丁按国发〔2019〕12号执行', 10, ['甲乙丙丁按', '国发〔2019〕12号执行']],
    ['依照南府办函〔2018〕171号文件', 11, ['依照', '南府办函〔2018〕171号', '文件']],
    ['甲乙丙丁国务院令第711号公布', 11, ['甲乙丙丁', '国务院令第711号公布']],
    ['甲乙丙丁戊己庚辛第十二条规定', 10, ['甲乙丙丁戊己庚辛', '第十二条规定']],
    ['甲乙丙丁戊己庚辛第12条规定', 10, ['甲乙丙丁戊己庚辛', '第12条规定']],
    ['甲乙丙丁戊己庚第（二）项规定', 10, ['甲乙丙丁戊己庚', '第（二）项规定']],
    ['甲乙丙丁戊己庚辛(一)集体所有', 10, ['甲乙丙丁戊己庚辛', '(一)集体所有']],
    ['请打电话0771-3221288转接', 9, ['请打电话', '0771-3221288转接']],
    ['甲乙丙丁戊9:00—12:00受理', 10, ['甲乙丙丁戊', '9:00—12:00受理']],
    ['甲乙丙丁戊己庚辛壬38℃以上', 10, ['甲乙丙丁戊己庚辛壬', '38℃以上']],
    ['甲乙丙丁戊己庚辛共￥100元整', 10, ['甲乙丙丁戊己庚辛共', '￥100元整']],
    ['甲乙丙丁戊己庚约－45℃以下', 10, ['甲乙丙丁戊己庚', '约－45℃以下']],
    ['甲乙丙丁戊service丑寅卯', 8, ['甲乙丙丁戊', 'service丑寅卯']],
    ['甲乙丙丁戊己GB 5749的规定', 9, ['甲乙丙丁戊己', 'GB 5749的规定']],
    ['二〇二六年十一月二十三日', 7, ['二〇二六年', '十一月二十三日']],
  ]
  it.each(cases)('%s at %d em', (text, ems, lines) => {
    expect(texts(text, ems)).toEqual(lines)
  })

  it('tears what is wider than a line where it hurts least', () => {
    expect(texts('南府办函〔2018〕171号', 8)).toEqual(['南府办函〔2018〕', '171号'])
    expect(texts('https://example.gov.cn/abc/def', 8)).toEqual(['https://example.', 'gov.cn/abc/def'])
    expect(texts('aaaaaaaaaaaaaaaaaaaa', 4)).toEqual(['aaaaaaaa', 'aaaaaaaa', 'aaaa'])
  })

  it('keeps an address whole where a line can hold it', () => {
    expect(texts('见https://example.gov.cn/abc', 13)).toEqual(['见', 'https://example.gov.cn/abc'])
  })
})

describe('the last line (CLREQ 3.4.4)', () => {
  it('is not a lone character: one more comes down', () => {
    expect(texts('甲乙丙丁戊己庚辛壬癸子', 10)).toEqual(['甲乙丙丁戊己庚辛壬', '癸子'])
    expect(texts('甲乙丙丁戊己庚辛壬癸子。', 10)).toEqual(['甲乙丙丁戊己庚辛壬', '癸子。'])
  })
  it('or all of it is pressed in', () => {
    expect(texts('甲，乙，丙丁戊己庚辛壬', 10)).toEqual(['甲，乙，丙丁戊己庚辛壬'])
  })
  it('is not stretched', () => {
    expect(set('甲乙丙丁戊己庚', 4)[1]?.width).toBe(30)
  })
})

describe('placing', () => {
  const runs = (text: Span[] | string, ems: number, style: Partial<ParagraphStyle> = {}) =>
    set(text, ems, style).map((line) => line.runs.map((run) => [run.x, run.text, run.spacing]))

  it('indents the first line by two ems (CLREQ 3.4.1)', () => {
    expect(runs('甲乙丙丁戊己', 4, { firstIndent: 2 })).toEqual([[[20, '甲乙', 0]], [[0, '丙丁戊己', 0]]])
  })
  it('puts a quarter em between Han and Western, typed space or none (CLREQ 3.2.2)', () => {
    const expected = [[[0, '共', 0], [12.5, '12', 0], [25, '件', 0]]]
    expect(runs('共12件', 20)).toEqual(expected)
    expect(runs('共 12 件', 20)).toEqual(expected)
  })
  it('puts none beside punctuation, at a line start or end (CLREQ 3.2.4)', () => {
    expect(runs('（12）、34。', 20)).toEqual([[[-5, '（12）', 0], [20, '、34。', 0]]])
    expect(runs('甲乙12', 3.25)).toEqual([[[0, '甲乙', 0], [22.5, '12', 0]]])
  })
  it('trims an opening bracket at a line start, also an indented one (CLREQ 3.1.6.3)', () => {
    expect(runs('（甲）乙', 10)[0]?.[0]).toEqual([-5, '（甲）乙', 0])
    expect(runs('（甲）乙', 10, { firstIndent: 2 })[0]?.[0]).toEqual([15, '（甲）乙', 0])
  })
  it('lets neighbouring marks share their blank (CLREQ 3.1.6.2)', () => {
    expect(set('甲」，乙', 10)[0]?.width).toBe(35)
    expect(set('甲）。', 10)[0]?.width).toBe(20)
    expect(set('甲》（乙', 10)[0]?.width).toBe(35)
    expect(set('甲（《乙', 10)[0]?.width).toBe(35)
    expect(set('甲：“乙', 10)[0]?.width).toBe(35)
    expect(runs('甲）。', 10)).toEqual([[[0, '甲）', 0], [15, '。', 0]]])
  })
  it('sets two question or exclamation marks in one em, three in two (GB/T 15834 5.1.2)', () => {
    expect(set('甲？！乙', 10)[0]?.width).toBe(30)
    expect(set('甲！！！乙', 10)[0]?.width).toBe(40)
  })
  it('sets an interpunct in half an em (GB/T 15834 5.1.7)', () => {
    expect(runs('甲·乙', 10)).toEqual([[[0, '甲', 0], [7.5, '·', 0], [15, '乙', 0]]])
  })
  it('sets a dash in two ems whatever the font has (GB/T 15834 5.1.4)', () => {
    const narrow = (text: string) => (text === '——' ? 16 : text.length * EM)
    const style: ParagraphStyle = { face: { size: EM, bold: false }, width: 200, firstIndent: 0, align: 'start' }
    const line = breakParagraph('甲——乙', style, narrow)[0]
    expect(line?.runs.map((run) => [run.x, run.text])).toEqual([[0, '甲'], [12, '——'], [30, '乙']])
  })
  it('sets one em after a heading that the text follows on its line (CLREQ 4.1.5)', () => {
    expect(runs('第一条 为了', 20)).toEqual([[[0, '第一条', 0], [40, '为了', 0]]])
    expect(runs('第一章　总则', 20)).toEqual([[[0, '第一章', 0], [40, '总则', 0]]])
  })
  it('stretches Han–Western spaces first, to half an em (CLREQ 3.5.4)', () => {
    expect(runs('甲12乙丙丁戊己庚辛壬', 5)[0]).toEqual([[0, '甲', 0], [15, '12', 0], [30, '乙丙', 0]])
  })
  it('then everything evenly, drawn as one run with spacing', () => {
    expect(runs('甲乙丙丁（戊己庚辛', 5)[0]).toEqual([[0, '甲乙丙丁', 10 / 3]])
  })
  it('presses all marks of a kind by the same share, brackets before commas (CLREQ 3.5.3)', () => {
    expect(runs('甲，乙，丙丁。戊己庚辛', 6)[0]).toEqual([[0, '甲，', 0], [17.5, '乙，', 0], [35, '丙丁。', 0]])
    expect(runs('甲（乙）丙，丁戊，子丑寅', 8)[0]).toEqual([
      [0, '甲', 0], [7.5, '（乙）', 0], [35, '丙，丁戊，', 0],
    ])
  })
  it('leaves a line ragged rather than tearing it open', () => {
    expect(set('甲乙https://example.gov.cn', 11)[0]?.width).toBe(20)
  })
  it('marks bold runs and breaks no word at their edges', () => {
    const line = set(['甲', { strong: '乙' }, { strong: '丙' }, '丁'], 9)[0]
    expect(line?.runs.map((run) => [run.text, run.bold])).toEqual([['甲', false], ['乙丙', true], ['丁', false]])
    expect(texts(['甲乙20', { strong: '26' }, '年'], 4)).toEqual(['甲乙', '2026年'])
  })
  it('ends lines at line feeds', () => {
    expect(texts('甲乙\n丙丁', 9, { align: 'end' })).toEqual(['甲乙', '丙丁'])
    expect(set('甲乙\n丙', 9, { align: 'end' }).map((line) => line.runs[0]?.x)).toEqual([70, 80])
    expect(texts('甲\n\n乙', 9)).toEqual(['甲', '', '乙'])
    expect(texts('', 9)).toEqual([])
  })
  it('balances centred lines', () => {
    expect(texts('甲乙丙丁戊己庚辛壬癸子丑', 10, { align: 'center' })).toEqual(['甲乙丙丁戊己', '庚辛壬癸子丑'])
    expect(set('甲乙', 10, { align: 'center' })[0]?.runs[0]?.x).toBe(40)
  })
  it('hangs list items', () => {
    expect(runs('甲乙丙丁', 4, { indent: 20 })).toEqual([[[20, '甲乙', 0]], [[20, '丙丁', 0]]])
  })
  it('treats a character outside the basic plane as one', () => {
    expect(texts('甲乙丙𠮷丁戊己', 4)).toEqual(['甲乙丙𠮷', '丁戊己'])
  })
})

describe('cutting', () => {
  const one = { align: 'start', maxLines: 1 } as const
  it('ends what is cut in an ellipsis that no comma stands before', () => {
    expect(texts('甲乙丙丁，戊己庚辛壬癸子丑寅卯', 12, one)).toEqual(['甲乙丙丁，戊己庚辛壬……'])
    expect(texts('甲乙丙丁戊己庚辛壬，癸子丑寅卯', 12, one)).toEqual(['甲乙丙丁戊己庚辛壬……'])
    expect(texts('甲乙丙丁戊己', 5, one)).toEqual(['甲乙丙丁…'])
  })
  it('leaves what fits', () => {
    expect(texts('甲乙丙丁戊', 5, one)).toEqual(['甲乙丙丁戊'])
    expect(texts('甲乙丙丁戊己', 5, { align: 'start', maxLines: 2 })).toEqual(['甲乙丙丁', '戊己'])
  })
  it('shows that a line feed is followed by more', () => {
    expect(texts('甲乙\n丙', 5, one)).toEqual(['甲乙…'])
  })
  it('never exceeds the measure', () => {
    for (let ems = 3; ems < 20; ems++) {
      const width = set('国发〔2019〕12号：“甲乙丙丁”（戊己庚辛）壬癸。', ems, one)[0]?.width
      expect(width).toBeLessThanOrEqual(ems * EM)
    }
  })
})

it('measures each distinct string once', () => {
  const asked: string[] = []
  const measure = (text: string, face: { size: number }) => {
    asked.push(text)
    return gridMeasure(text, { size: face.size, bold: false })
  }
  const style: ParagraphStyle = { face: { size: EM, bold: false }, width: 100, firstIndent: 2, align: 'justify' }
  for (let i = 0; i < 3; i++) breakParagraph('今天是2026年11月23日，2026年快要过去了。', style, measure)
  expect(asked).toHaveLength(new Set(asked).size)
  expect(asked.length).toBeLessThan(9)
})

it('gridWidth is the widest whole number of ems', () => {
  expect(gridWidth(1728, 42)).toBe(41 * 42)
  expect(gridWidth(84, 42)).toBe(84)
  expect(gridWidth(10, 42)).toBe(42)
})

it('extents tell the width of a text and of its widest whole part', () => {
  expect(extents('共2026年（甲）。', { size: EM, bold: false }, gridMeasure)).toEqual({ natural: 75, unit: 32.5 })
})
