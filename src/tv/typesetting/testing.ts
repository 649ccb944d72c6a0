import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HeadingBlock, ParagraphBlock } from './block.ts'
import type { Face, Line } from './text.ts'

/** What the tests of this folder share. */

/** A font with known widths: Western characters half an em, everything else one em. */
export function gridMeasure(text: string, face: Face): number {
  let ems = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0xdc00 && code <= 0xdfff) continue
    ems += code < 0x2000 && code !== 0xb7 ? 0.5 : 1
  }
  return ems * face.size
}

/** A font as fonts are: proportional Western characters, narrow quotation marks, a short dash. */
export function unevenMeasure(text: string, face: Face): number {
  let ems = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0xdc00 && code <= 0xdfff) continue
    if (code === 0x2014) ems += 0.89
    else if (code >= 0x2018 && code <= 0x201d) ems += 0.37
    else if (code < 0x2000) ems += 0.25 + (code % 11) * 0.05
    else ems += 1
  }
  return ems * face.size
}

/** Right edge of what a line draws, px, with the blank half of a closing mark at its end taken off. */
export function inkEnd(line: Line, size: number, measure: (text: string, face: Face) => number): number {
  const run = line.runs[line.runs.length - 1]
  if (run === undefined) return 0
  let x = run.x + run.spacing * (run.text.length - 1)
  const face = { size, bold: run.bold }
  x += run.spacing === 0 ? measure(run.text, face) : run.text.split('').reduce((sum, c) => sum + measure(c, face), 0)
  const last = run.text.slice(-1)
  const width = measure(last, face)
  if ('）》〉」』】〕〗］｝”’，、；：。！？．'.indexOf(last) >= 0 && width >= 0.75 * size) x -= width / 2
  return x
}

/** Paragraphs of our own with everything in them that the rules are about. */
export const SAMPLES: readonly string[] = [
  '第一条 为了方便居民在家里看懂本市的办事规定，减少来回奔波，根据国发〔2019〕12号和国务院令第711号，结合南宁市实际，制定本办法。',
  '第十二条 申请人应当自2026年11月23日起15个工作日内，携带身份证、户口簿（原件）到市民中心B座3楼办理；逾期的，依照本办法第三十五条第（二）项处理。',
  '(一)在本市连续居住满6个月，有合法稳定就业、合法稳定住所、连续就读条件之一的；',
  '（十二）其他材料：近期二寸照片2张、《居住证明》1份，以及“一件事”申请表（见附件3）。',
  '咨询电话0771-3221288，工作日9:00—12:00、13:00—16:30；网上办理请登录https://zwfw.example.gov.cn/item/4501000001?from=tv。',
  '他问：“这样就可以了吗？！”窗口的工作人员答道：“可以——材料齐全的话，当场就办……不必再跑第二趟。”',
  '经核算，本年度受理1,284.5万件，同比增长12.8%，满意率98.5％，群众来电回复率达99.9‰；气温超过38℃时，室外窗口暂停。',
  '收费标准：工本费￥20元／证，加急费US$3.50，复印费每页0.5元，合计不超过￥1,500.00元；困难群众（低保、特困）免收。',
  '南宁—北海—钦州、2020—2025年、A4纸、GB/T 15834—2011、Wi-Fi、e-mail：service@example.gov.cn，均按通用写法书写。',
  '文件依据：南府办函〔2018〕171号、桂政办发〔2020〕53号、《中华人民共和国行政许可法》（主席令第七号）第四十二条。',
  '省/市/县（区）三级联办，焦耳/平方厘米、千米/小时等单位照原文书写；阿卜杜拉·买买提、卡尔·马克思等人名中间用间隔号。',
  '你好。',
  '二〇二六年十一月二十三日',
  '请于3日内补正；补正后，审批时限重新计算（最长不超过30日），特殊情况经批准可以延长10日，并书面告知申请人理由和救济途径，不得以口头方式代替。',
]

/** The corpus of real regulations, in any folder beside the project's. */
function corpusFolder(): string | undefined {
  const around = fileURLToPath(new URL('../../../../', import.meta.url))
  return readdirSync(around)
    .map((name) => join(around, name, 'corpus', 'regulations'))
    .find((folder) => existsSync(folder))
}

/** One regulation of the corpus as blocks of text: headings and paragraphs. */
export interface Regulation {
  readonly name: string
  readonly blocks: readonly (HeadingBlock | ParagraphBlock)[]
}

/** The corpus where there is one, else nothing. */
export function corpus(): Regulation[] {
  const folder = corpusFolder()
  if (folder === undefined) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ name, blocks: blocksOf(readFileSync(join(folder, name), 'utf8')) }))
}

function blocksOf(markdown: string): (HeadingBlock | ParagraphBlock)[] {
  return markdown
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('<!--'))
    .map((line) => {
      const heading = /^(#+) (.*)$/.exec(line)
      if (heading === null) return { type: 'paragraph', text: [line] }
      const level = Math.min(3, (heading[1] as string).length) as 1 | 2 | 3
      return { type: 'heading', level, text: [heading[2] as string] }
    })
}
