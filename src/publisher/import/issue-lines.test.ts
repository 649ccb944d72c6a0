import { describe, expect, it } from 'vitest'
import { readIssueLines } from './issue-lines.ts'

const read = (lines: readonly string[], day: string, title = '测试条例', body = '') =>
  readIssueLines(
    title,
    lines.map((text, i) => ({ line: i + 3, text })),
    day,
    body,
  )

describe('issue lines', () => {
  it('adoption, issue and entry into force', () => {
    expect(
      read(
        ['2008年10月6日 国务院第28次常务会议通过', '2008年10月9日 中华人民共和国国务院令第536号公布', '2008年12月1日 施行'],
        '2008-10-09',
      ),
    ).toEqual({
      issuers: ['国务院'],
      documentNumber: '国务院令第536号',
      writtenOn: '2008-10-06',
      effectiveOn: '2008-12-01',
      lastIssue: '2008-10-09',
      days: ['2008-10-06', '2008-10-09'],
      history: ['2008年10月6日 国务院第28次常务会议通过', '2008年10月9日 中华人民共和国国务院令第536号公布', '2008年12月1日 施行'],
      unread: [],
    })
  })

  it('revisions: the newest order counts, the old adoption does not, left-over brackets go', () => {
    expect(
      read(
        [
          '1997年12月19日 中华人民共和国国务院令第238号公布',
          '2008年5月25日 中华人民共和国国务院令第525号第一次修订　',
          '2016年2月6日 《国务院关于修改部分行政法规的决定》第三次修订  根据',
          '2021年6月25日 中华人民共和国国务院令第742号第四次修订）',
        ],
        '2021-06-25',
      ),
    ).toMatchObject({
      issuers: ['国务院'],
      documentNumber: '国务院令第742号',
      history: [
        '1997年12月19日 中华人民共和国国务院令第238号公布',
        '2008年5月25日 中华人民共和国国务院令第525号第一次修订',
        '2016年2月6日 《国务院关于修改部分行政法规的决定》第三次修订',
        '2021年6月25日 中华人民共和国国务院令第742号第四次修订',
      ],
    })
    expect(read(['1995年7月6日 国务院第34次常务会议通过', '2011年1月8日 《决定》修订'], '2011-01-08').writtenOn).toBeUndefined()
  })

  it.each<[string[], string, string[], string | undefined]>([
    [['1999年5月12日 国务院批准', '1999年5月25日 民政部令第14号发布'], '测试办法', ['民政部'], '民政部令第14号'],
    [
      ['2000年7月24日 中华人民共和国国务院、中华人民共和国中央军事委员会令第288号公布'],
      '规则',
      ['国务院', '中央军事委员会'],
      '国务院、中央军事委员会令第288号',
    ],
    [['1988年9月23日 中华人民共和国国务院、中华人民共和国中央军事委员会第14号令发布'], '条例', ['国务院', '中央军事委员会'], '国务院、中央军事委员会令第14号'],
    [['2022年1月24日 中共中央政治局会议审议批准', '2022年2月25日 中共中央、国务院发布'], '条例', ['中共中央', '国务院'], undefined],
    [['1981年10月13日 国务院批准', '文化部', '海关总署发布'], '办法', ['文化部', '海关总署'], undefined],
    [['1980年12月27日 国家经济委员会', '国家档案局发布', '发布之日施行'], '条例', ['国家经济委员会', '国家档案局'], undefined],
    [['1982年8月30日 国务院批准'], '公安部对部分刀具实行管制的暂行规定', ['公安部'], undefined],
    [['1984年2月27日 发布'], '国务院关于计量单位的命令', ['国务院'], undefined],
    [['2021年11月16日 国家互联网信息办公室2021年第20次室务会议审议通过'], '规定', ['国家互联网信息办公室'], undefined],
    [['1953年1月2日 政务院修正公布'], '条例', ['政务院'], undefined],
    [[], '稀土管理条例', [], undefined],
  ])('who issued it: %j', (lines, title, issuers, number) => {
    const facts = read(lines, '2022-02-25', title)
    expect(facts.issuers).toEqual(issuers)
    expect(facts.documentNumber).toBe(number)
  })

  it.each([
    ['本条例自2015年3月1日起施行。', '2015-03-01'],
    ['本办法自一九九三年十二月二十一日起施行。', '1993-12-21'],
    ['本规则自2001年8月1日零时起施行。', '2001-08-01'],
    ['本办法自发布之日起施行。', '1994-01-25'],
    ['甲条例自2010年1月1日起施行，不是这部。', undefined],
    ['本条例自2015年2月30日起施行。', undefined],
  ])('when it came into force, by its own text: %s', (body, expected) => {
    expect(read(['1994年1月25日 公安部令第16号发布'], '2023-07-20', '办法', body).effectiveOn).toBe(expected)
  })

  it('公布之日施行', () => {
    expect(read(['1985年7月6日 林业部公布', '公布之日施行'], '1985-07-06').effectiveOn).toBe('1985-07-06')
    expect(read(['1996年10月30日 劳动部令第4号发布  自发布之日施行'], '1996-10-30')).toMatchObject({
      effectiveOn: '1996-10-30',
      documentNumber: '劳动部令第4号',
    })
  })

  it('keeps a covering letter as text, and reads its number and signature', () => {
    const letter = ['关于印发《规定》的通知', '劳部发〔1994〕489号', '各省：', '现印发给你们。', '劳动部', '一九九四年十二月六日']
    const facts = read([...letter, '1995年1月1日 执行'], '1994-12-06')
    expect(facts.unread.map(({ text }) => text)).toEqual(letter)
    expect(facts).toMatchObject({
      issuers: ['劳动部'],
      documentNumber: '劳部发〔1994〕489号',
      writtenOn: '1994-12-06',
      effectiveOn: '1995-01-01',
    })
  })
})
