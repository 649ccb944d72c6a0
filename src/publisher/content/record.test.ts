import { describe, expect, it } from 'vitest'
import { decisionText, newsText, policyText, record, serviceText } from '../testing/content.ts'
import { readRecord } from './record.ts'

const noPicture = () => ({ message: '没有图片。', mend: '放入图片。' })
const read = (text: string, unit = 'nn-gjj') => readRecord(text, unit, noPicture)
/** Line, field and the beginning of the message of each finding. */
const findings = (text: string) => read(text).findings.map((f) => [f.line, f.field, f.message.slice(0, 12)])

describe('a good record', () => {
  it('comes out in the code’s words, with its unit from the folder', () => {
    const text = policyText('gwyl-711', '政府信息公开条例', [
      '发文字号: 国务院令第711号',
      '修订沿革:',
      '  - 2007年4月5日 公布',
      '替代了: [old-492]',
      '演示数据: 是',
    ])
    expect(read(text)).toMatchObject({ findings: [], id: 'gwyl-711', kind: 'policy' })
    expect(read(text).record).toEqual({
      kind: 'policy',
      id: 'gwyl-711',
      title: '政府信息公开条例',
      unit: 'nn-gjj',
      published: '2025-03-01',
      issuers: ['国务院'],
      documentNumber: '国务院令第711号',
      validity: 'in-force',
      history: ['2007年4月5日 公布'],
      supersedes: ['old-492'],
      demonstration: true,
      body: [{ type: 'paragraph', text: ['第一条 内容。'] }],
    })
  })

  it('knows the nested fields and words of a service item', () => {
    const text = serviceText('bs-tiqu', '住房公积金提取', [
      '服务对象: [自然人, 企业法人]',
      '办件类型: 承诺件',
      '申请材料:',
      '  - 名称: 身份证',
      '    材料类型: 原件和复印件',
      '    必要性: 必要',
      '    份数: 1',
      '承诺办结时限:',
      '  数量: 3',
      '  计时单位: 工作日',
      '咨询方式: 12329',
      '常见问题:',
      '  - 问题: 要钱吗？',
      '    答案: |',
      '      不要。',
      '      一分也不要。',
    ])
    expect(read(text).findings).toEqual([])
    expect(read(text).record).toMatchObject({
      charged: false,
      serviceObjects: ['person', 'enterprise'],
      handling: 'promised',
      materials: [{ name: '身份证', materialType: 'original-and-copy', necessity: 'required', copies: 1 }],
      promisedLimit: { value: 3, measure: 'working-day' },
      consultPhone: '12329',
      questions: [{ question: '要钱吗？', answer: '不要。\n一分也不要。' }],
    })
  })

  it('takes numbers as they are written where text is meant', () => {
    const text = serviceText('bs-a', '事项', ['咨询方式: 0771', '基本编码: 000123456000', '实施编码: 1e5'])
    expect(read(text).record).toMatchObject({ consultPhone: '0771', catalogCode: '000123456000', taskCode: '1e5' })
  })

  it('may end its lines as Windows does', () => {
    const text = newsText('xw-a', '新闻').replace(/\n/gu, '\r\n')
    expect(read(`\uFEFF${text}`).record?.body).toEqual([{ type: 'paragraph', text: ['今天的事。'] }])
  })
})

describe('wrong fields, all at once, with line and field', () => {
  it.each<[string, string, (readonly [number, string | undefined, string])[]]>([
    ['a misspelt field', newsText('xw-a', '新闻', ['发布机构: 市政府']), [[6, '发布机构', '没有这个字段。']]],
    ['a missing field', record(['编号: a', '记录类型: 资讯', '标题: 新闻'], '好'), [[2, '发布日期', '缺少必填字段。']]],
    ['an empty field', newsText('xw-a', '新闻', ['摘要:']), [[6, '摘要', '没有内容。']]],
    ['no such day', newsText('xw-a', '新闻').replace('2025-04-01', '2025-02-30'), [[5, '发布日期', '「2025-02-30']]],
    ['a day in words', newsText('xw-a', '新闻').replace('2025-04-01', '2025年4月1日'), [[5, '发布日期', '「2025年4月1日']]],
    ['a wrong word', policyText('a', '条例').replace('有效\n', '生效\n'), [[7, '效力状态', '「生效」不在规定的用词']]],
    ['a bad id', newsText('XW_1', '新闻'), [[2, '编号', '「XW_1」不能作编号']]],
    ['text for a list', policyText('a', '条例', ['主题词: 公积金']), [[8, '主题词', '应当写成列表。']]],
    ['a list for text', newsText('xw-a', '新闻', ['摘要: [甲, 乙]']), [[6, '摘要', '这里只能写一个值，不能写']]],
    ['an empty list', policyText('a', '条例').replace('[国务院]', '[]'), [[6, '发文机关', '列表是空的。']]],
    ['a word for a number', serviceText('a', '事项', ['到办事现场次数: 一次']), [[9, '到办事现场次数', '应当是数字。']]],
    ['a fraction', serviceText('a', '事项', ['到办事现场次数: 1.5']), [[9, '到办事现场次数', '应当是整数。']]],
    ['less than nothing', serviceText('a', '事项', ['到办事现场次数: -1']), [[9, '到办事现场次数', '不能小于 0。']]],
    ['neither yes nor no', serviceText('a', '事项', ['网上支付: 可以']), [[9, '网上支付', '「可以」不是「是」或「否」']]],
    ['a too long title', newsText('xw-a', '长'.repeat(121)), [[4, '标题', '太长：121 个字，最多']]],
    ['two lines for one', newsText('xw-a', '新闻', ['信息来源: |', '  甲', '  乙']), [[6, '信息来源', '应当写在一行里。']]],
    ['the wrong folder', newsText('xw-a', '新闻', ['发布单位: wm-mzj']), [[6, '发布单位', '是「wm-mzj」，文件却']]],
    [
      'deep down',
      serviceText('a', '事项', ['申请材料:', '  - 名称: 表', '    份数: 两份', '    形势: 纸质']),
      [
        [11, '申请材料[1].份数', '应当是数字。'],
        [12, '申请材料[1].形势', '没有这个字段。'],
      ],
    ],
    [
      'many',
      record(['编号: A', '记录类型: 资讯', '标题:', '发布日期: 昨天', '要闻: 是'], '# 大标题'),
      [
        [2, '编号', '「A」不能作编号。'],
        [4, '标题', '没有内容。'],
        [5, '发布日期', '「昨天」不是正确的日期。'],
        [6, '要闻', '没有这个字段。'],
        [9, undefined, '正文里不用一级标题（#）'],
      ],
    ],
  ])('%s', (_, text, expected) => {
    const found = read(text)
    const places = found.findings.map(({ line, field }) => [line, field])
    expect(places).toEqual(expected.map(([line, field]) => [line, field]))
    found.findings.forEach(({ message }, i) => {
      expect(message).toContain(expected[i]?.[2])
    })
    expect(found.record).toBeNull()
  })
})

describe('how to mend it', () => {
  const mend = (text: string) => read(text).findings[0]?.mend
  it.each([
    [newsText('xw-a', '新闻', ['主题: [房]']), '是否想写「标题」？'],
    [newsText('xw-a', '新闻', ['主题分累: [房]']), '是否想写「主题分类」？'],
    [newsText('xw-a', '新闻', ['summary: 好']), '是否想写「摘要」？'],
    [newsText('xw-a', '新闻', ['效力状态: 有效']), '这个字段不属于这里；检查缩进和记录类型。'],
    [policyText('a', '条例').replace('有效\n', '已废止\n'), '是否想写「废止」？可用的词：有效；尚未生效；已修改；废止；失效。'],
    [record(['编号: a', '记录类型: 新闻'], ''), '写「记录类型: 政策」「决策」「办事」「资讯」之一。'],
  ])('%j', (text, expected) => {
    expect(mend(text)).toBe(expected)
  })
})

describe('a file that is no record file', () => {
  it.each<[string, number, string]>([
    ['', 1, '没有字段区'],
    ['标题: 甲\n', 1, '没有字段区'],
    ['---\n标题: 甲\n', 1, '没有结束'],
    ['---\n---\n好', 1, '字段区是空的'],
    ['---\n- 甲\n---\n好', 1, '不是字段的形式'],
    ['---\n编号：a\n标题: 乙\n---\n', 2, '全角冒号'],
    ['---\n编号: a\n标题:乙\n---\n', 3, '缺一个空格'],
    ['---\n编号: a\n说明: 注意: 冒号\n---\n', 3, '两个冒号'],
    ['---\n编号: a\n编号: b\n---\n', 3, '写了两次'],
    ['---\n编号: a\n标题: "甲\n---\n', 4, '缺少配对的引号'],
    ['---\n编号: a\n\t标题: 甲\n---\n', 3, '制表符'],
    ['---\n编号: a\n---\n', 2, '缺少必填字段'],
  ])('%j', (text, line, message) => {
    const [finding] = read(text).findings
    expect(finding?.message).toContain(message)
    expect(finding?.line).toBe(line)
  })
})

describe('rules between fields', () => {
  it('asks why a consultation is open for less than 30 days', () => {
    expect(findings(decisionText('a', '2025-06-01', '2025-06-30'))).toEqual([])
    expect(findings(decisionText('a', '2025-06-01', '2025-06-29'))).toEqual([[11, '征求意见.截止日期', '征求意见只有 29 天；']])
    expect(findings(decisionText('a', '2025-06-01', '2025-06-10', ['  缩短期限理由: 汛期将至']))).toEqual([])
  })

  it('refuses a consultation that closes before it opens', () => {
    expect(read(decisionText('a', '2025-06-10', '2025-06-01')).findings[0]?.message).toBe('早于开始日期 2025-06-10。')
  })

  it('compares the days of a policy', () => {
    expect(findings(policyText('a', '条例', ['成文日期: 2025-03-02', '实施日期: 2025-03-01']))).toEqual([
      [9, '实施日期', '早于成文日期。'],
    ])
    expect(findings(policyText('a', '条例', ['实施日期: 2025-03-02', '失效日期: 2025-03-01']))).toEqual([
      [9, '失效日期', '早于实施日期。'],
    ])
  })

  it('counts opinions', () => {
    const text = decisionText('a', '2025-06-01', '2025-07-30', ['结果:', '  收到意见数: 3', '  采纳意见数: 4'])
    expect(findings(text)).toEqual([[17, '结果.采纳意见数', '多于收到意见数。']])
  })

  it('wants a body where there is nothing else to read', () => {
    expect(findings(newsText('a', '新闻', [], ''))).toEqual([[7, undefined, '没有正文。']])
    expect(findings(serviceText('a', '事项'))).toEqual([])
  })
})
