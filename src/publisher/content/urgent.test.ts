import { describe, expect, it } from 'vitest'
import { contentFolder, newsText, policyText } from '../testing/content.ts'
import { loadContent } from './load.ts'

const load = async (urgent: string) =>
  loadContent(
    await contentFolder({
      'records/gx-zfbgt/a.md': policyText('zc-a', '条例'),
      'records/nn-gjj/b.md': newsText('xw-b', '新闻'),
      'urgent.yaml': urgent,
    }),
  )

const notice = (more = '') => `通知:
  - 编号: yj-1
    级别: 红色
    标题: 台风红色预警
    内容: 请留在室内。
    生效时间: 2025-07-01 08:00
    失效时间: 2025-07-02 08:00
    发布单位: nn-gjj
${more}`

describe('urgent.yaml', () => {
  it('is given to the roles, with times in UTC', async () => {
    const content = await load(notice('撤回:\n  - 编号: zc-a\n    原因: 数字有误\n'))
    expect(content.problems).toEqual([])
    expect(Object.fromEntries(content.urgent)).toEqual({
      city: {
        notices: [
          {
            id: 'yj-1',
            severity: 'red',
            title: '台风红色预警',
            text: '请留在室内。',
            validFrom: '2025-07-01T00:00:00Z',
            validUntil: '2025-07-02T00:00:00Z',
            unit: 'nn-gjj',
          },
        ],
        recalls: [],
      },
      province: { notices: [], recalls: [{ id: 'zc-a', reason: '数字有误' }] },
    })
  })

  it('may recall a record that is gone, by its unit', async () => {
    const content = await load('撤回:\n  - 编号: zc-gone\n    发布单位: wm-mzj\n    原因: 已失实\n')
    expect(content.problems).toEqual([])
    expect([...content.urgent.keys()]).toEqual(['district-450122'])
  })

  it.each([
    ['nothing', ''],
    ['comments alone', '# 暂无\n'],
  ])('may hold %s', async (_, text) => {
    const content = await load(text)
    expect(content.problems).toEqual([])
    expect(content.urgent.size).toBe(0)
  })

  it('is refused when it is too long for something urgent', async () => {
    const one = (i: number) => notice().replace('通知:\n', '').replace('yj-1', `yj-${String(i)}`).replace('室内', '室内'.repeat(200))
    const { problems } = await load(`通知:\n${Array.from({ length: 30 }, (_, i) => one(i)).join('')}`)
    expect(problems.map(({ message }) => message)).toEqual(['紧急通知太多，机顶盒要先收完它们才能收别的内容。'])
  })

  it.each([
    ['a level that there is not', notice().replace('红色', '紫色'), '3 通知[1].级别 「紫色」不在规定的用词里。'],
    ['a time without a clock', notice().replace('01 08:00', '01'), '6 通知[1].生效时间 「2025-07-01」不是正确的时间。'],
    ['a day that there is not', notice().replace('07-02', '06-31'), '7 通知[1].失效时间 「2025-06-31 08:00」不是正确的时间。'],
    ['an hour that there is not', notice().replace('02 08', '02 25'), '7 通知[1].失效时间 「2025-07-02 25:00」不是正确的时间。'],
    ['an end before the beginning', notice().replace('07-02', '06-30'), '7 通知[1].失效时间 失效时间不晚于生效时间。'],
    ['a unit of nobody', notice().replace('nn-gjj', 'nn-x'), '8 通知[1].发布单位 单位「nn-x」不在任何角色的发布单位里，不能发布。'],
    ['an unknown record', '撤回:\n  - 编号: zc-x\n    原因: 错\n', '2 撤回[1].编号 内容里没有编号为「zc-x」的记录。'],
    ['no reason', '撤回:\n  - 编号: zc-a\n', '2 撤回[1].原因 缺少必填字段。'],
    [
      'a record twice',
      '撤回:\n  - 编号: zc-a\n    原因: 错\n  - 编号: zc-a\n    原因: 错\n',
      '4 撤回[2].编号 编号「zc-a」用了两次。',
    ],
    ['another field', '撤销: []\n', '1 撤销 没有这个字段。'],
  ])('is refused with %s', async (_, text, expected) => {
    const { problems } = await load(text)
    const found = problems.map((p) => `${p.file}:${String(p.line)} ${p.field ?? '-'} ${p.message}`)
    expect(found).toEqual([`urgent.yaml:${expected}`])
  })
})
