import { describe, expect, it } from 'vitest'
import { initials } from './pinyin.ts'

describe('initials', () => {
  it.each([
    // places
    ['南宁市重大行政决策', 'nnszdxzjc'],
    ['邕宁区', 'ynq'],
    ['武鸣区人民政府', 'wmqrmzf'],
    ['横州市', 'hzs'],
    ['隆安县', 'lax'],
    ['西乡塘区长岗路', 'xxtqcgl'],
    ['长堽路', 'cgl'],
    ['重庆市', 'cqs'],
    ['长安街', 'caj'],
    ['百色市乐业县', 'bsslyx'],
    ['厦门', 'xm'],
    // characters of several readings
    ['人民调解', 'rmtj'],
    ['调查处理', 'dccl'],
    ['调整缴存基数', 'tzjcjs'],
    ['公众参与', 'gzcy'],
    ['重新组建仲裁机构方案', 'cxzjzcjgfa'],
    ['会计师', 'kjs'],
    ['社会保险', 'shbx'],
    ['银行行业协会', 'yhhyxh'],
    ['人行横道', 'rxhd'],
    ['行政给付', 'xzjf'],
    ['应急补给', 'yjbj'],
    ['税率调整', 'sltz'],
    ['全民所有制工业企业厂长工作条例', 'qmsyzgyqyczgztl'],
    ['长城保护条例', 'ccbhtl'],
    ['校车安全管理条例', 'xcaqgltl'],
    ['畜禽养殖', 'cqyz'],
    ['种子种植', 'zzzz'],
    ['没收违法所得', 'mswfsd'],
    ['国家长期规划', 'gjcqgh'],
    ['城市长效管理', 'cscxgl'],
    ['个人行为', 'grxw'],
    ['社会计划', 'shjh'],
    ['市长热线', 'szrx'],
    ['局长接待日', 'jzjdr'],
    ['人行南宁中心支行', 'rhnnzxzh'],
    ['娱乐场所管理条例', 'ylcsgltl'],
    ['旅行社条例', 'lxstl'],
    // everything that is not a character
    ['国务院令第711号（2019年）', 'gwyld711h2019n'],
    ['实施《药品管理法》办法', 'ssypglfbf'],
    ['ＡＢ类“一件事”—Ⅱ', 'ablyjsii'],
    ['a b·C', 'abc'],
    ['', ''],
    ['。、！', ''],
  ])('%s → %s', (text, expected) => {
    expect(initials(text)).toBe(expected)
  })
})
