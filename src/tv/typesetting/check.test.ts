import { describe, expect, it } from 'vitest'
import { checkLines, checkPages } from './check.ts'

describe('checkLines', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['sound lines', ['第一条 为了方便居民，', '根据国发〔2019〕12号，', '制定本办法。'], []],
    ['comma at a start', ['甲乙丙', '，丁戊'], ['1 line-start']],
    ['closing bracket at a start', ['甲（乙丙', '）丁戊'], ['1 line-start']],
    ['ASCII bracket at a start', ['甲(乙丙', ')丁戊'], ['1 line-start']],
    ['interpunct at a start', ['卡尔', '·马克思'], ['1 line-start']],
    ['per cent sign at a start', ['共九八', '％以上'], ['1 line-start']],
    ['opening bracket at an end', ['甲乙（', '丙丁）'], ['0 line-end']],
    ['opening quotation mark at an end', ['他说“', '可以”'], ['0 line-end']],
    ['currency sign at an end', ['共计￥', '100元'], ['0 line-end']],
    ['solidus at an end', ['省市/', '县乡'], ['0 line-end']],
    ['torn dash', ['甲乙—', '—丙丁'], ['1 mark']],
    ['dash at a start', ['甲乙', '——丙丁'], ['1 line-start']],
    ['torn ellipsis', ['甲乙…', '…丙丁'], ['1 mark']],
    ['torn number', ['共20', '26年整'], ['1 number']],
    ['number without its decimals', ['共98.', '5%以上'], ['1 number']],
    ['number without its unit', ['到2026', '年为止'], ['1 number']],
    ['number without its magnitude', ['共500', '万元整'], ['1 number']],
    ['range', ['自9:00—', '12:00止'], ['1 number']],
    ['第 without its number', ['依照第', '十二条办'], ['1 number']],
    ['torn ordinal', ['依照第十', '二条办理'], ['1 number']],
    ['第 without its bracketed number', ['依照第', '（二）项'], ['1 number']],
    ['torn document number', ['国发〔2019〕', '12号文件'], ['1 document-number']],
    ['agency without its number', ['见国办发', '〔2019〕12号'], ['1 document-number']],
    ['order without its number', ['国务院令', '第711号发布'], ['1 document-number']],
    ['torn word', ['请先登录市政务服务serv', 'ice平台'], ['1 word']],
    ['item number alone', ['甲乙（一）', '丙丁戊'], ['1 item']],
    ['lone character', ['甲乙丙丁', '戊。'], ['1 lone-character']],
    ['a paragraph of one character', ['甲'], []],
    ['words parted at a space', ['the quick ', 'brown fox'], []],
    ['an address wider than the lines', ['https://example.', 'gov.cn/item/4501'], []],
    ['what begins and ends paragraphs', ['甲乙丙（', '', '，丁戊', '', '12', '', '34'], []],
  ]
  it.each(cases)('%s', (_name, lines, found) => {
    expect(checkLines(lines).map((violation) => `${violation.line} ${violation.rule}`)).toEqual(found)
  })

  it('shows the place', () => {
    expect(checkLines(['甲乙丙', '，丁戊'])[0]?.text).toBe('甲乙丙│，丁戊')
  })
})

describe('checkPages', () => {
  it('follows a paragraph overleaf', () => {
    const first = { lines: ['甲乙丙'], continues: false }
    expect(checkPages([first, { lines: ['，丁戊己'], continues: true }])).toHaveLength(1)
    expect(checkPages([first, { lines: ['，丁戊己'], continues: false }])).toHaveLength(0)
  })
})
