import type { PhrasingContent } from 'mdast'
import type { Span } from '../../feed/records/blocks.ts'

/** Text that a block can carry, or what about it no block can. */
export interface Inline {
  readonly spans: readonly Span[]
  readonly faults: readonly Fault[]
}

export interface Fault {
  /** Line within the parsed text, from 1. */
  readonly line: number
  readonly message: string
  readonly mend: string
}

/** What no block can carry, and what the editor can do instead. */
const refused: Partial<Record<PhrasingContent['type'], readonly [string, string]>> = {
  break: ['段落里有强制换行。', '另起一段（中间空一行），或去掉行尾的反斜杠和空格。'],
  delete: ['有删除线。', '直接删去不要的文字。'],
  emphasis: ['有斜体（单个 * 或 _）。', '电视上不用斜体：改成 **加粗**；文字里本来的 * 写成 \\*。'],
  footnoteReference: ['有脚注。', '把注释写进正文，或写成「> 」开头的提示段落。'],
  html: ['有 HTML 标记或注释。', '删去标记；换段请空一行，加粗用 **，表格用 | 分隔；文字里本来的 < 写成 \\<。'],
  image: ['图片和文字混在一段里。', '让图片自成一段，上下各空一行。'],
  imageReference: ['图片写法不对。', '写成 ![图片说明](文件名.png "图题")，自成一段。'],
  inlineCode: ['有代码标记（`）。', '去掉 `；要突出时用 **加粗**。'],
  link: ['有链接。', '电视上打不开链接：写出名称，网址照原样写成文字；相关文件用「相关记录」字段。'],
  linkReference: ['有链接。', '电视上打不开链接：写出名称；文字里本来的 [ 写成 \\[。'],
}

/**
 * The text of a Markdown paragraph, heading or list item as spans.
 * @param source the parsed text, in which the nodes' positions are offsets
 * @param bold whether this block can carry bold text
 */
export function inline(nodes: readonly PhrasingContent[], source: string, bold = true): Inline {
  const spans: Span[] = []
  const faults: Fault[] = []
  const add = (text: string, strong: boolean): void => {
    const last = spans[spans.length - 1]
    if (!strong && typeof last === 'string') spans[spans.length - 1] = last + text
    else if (text !== '') spans.push(strong ? { strong: text } : text)
  }
  const walk = (node: PhrasingContent, strong: boolean): void => {
    const line = node.position?.start.line ?? 1
    if (node.type === 'text') {
      const written = source.slice(node.position?.start.offset, node.position?.end.offset)
      for (const [message, mend] of leftovers(written)) faults.push({ line, message, mend })
      add(joinLines(node.value), strong)
    } else if (node.type === 'strong') {
      if (!bold) faults.push({ line, message: '表格里不能加粗。', mend: '去掉 **。' })
      node.children.forEach((child) => {
        walk(child, true)
      })
    } else {
      const [message, mend] = refused[node.type] ?? ['有电视上显示不了的标记。', '改成普通文字。']
      faults.push({ line, message, mend })
    }
  }
  nodes.forEach((node) => {
    walk(node, false)
  })
  return { spans: tidy(spans), faults }
}

/** Markup that the parser left standing as text, because it is not quite right or not of our dialect. */
function leftovers(written: string): (readonly [string, string])[] {
  const text = written.replace(/\\[!-/:-@[-`{-~]/gu, '')
  const found: (readonly [string, string])[] = []
  if (/\*\*|__/u.test(text)) {
    found.push([
      '加粗标记（**）没有起作用。',
      '两个 ** 要成对；标点紧挨 ** 时把标点移到外面，如 “**重要**”；文字里本来的 * 写成 \\*。',
    ])
  }
  if (/~~/u.test(text)) found.push(['有删除线（~~）。', '直接删去不要的文字。'])
  if (/\[\^[^\]]*\]/u.test(text)) found.push(['有脚注。', '把注释写进正文，或写成「> 」开头的提示段落。'])
  if (/!\[|\]\(/u.test(text)) {
    found.push(['图片或链接写法不对。', '图片写成 ![图片说明](文件名.png "图题")，文件名里不要有空格。'])
  }
  if (/^\[[ xX]\]\s/u.test(text)) found.push(['有任务框（[ ]）。', '去掉方框。'])
  if (/\uFFFD/u.test(text)) found.push(['有乱码（\uFFFD）。', '对照原文重新输入，文件用 UTF-8 编码保存。'])
  if (/[\uE000-\uF8FF]/u.test(text)) found.push(['有自造字，电视上没有这个字。', '换成标准汉字或写出说明。'])
  return found
}

/** A line end inside a paragraph: nothing between Chinese characters, a space between Latin words. */
function joinLines(text: string): string {
  return text.replace(/(.)[ \t]*\n[ \t]*(?=(.))/gu, (_, before: string, after: string) =>
    isLatin(before) && isLatin(after) ? `${before} ` : before,
  )
}

const isLatin = (char: string): boolean => /[\u0021-\u024f]/u.test(char)

/** Without white space at the two ends, and without spans that it leaves empty. */
export function tidy(spans: readonly Span[]): Span[] {
  const trimmed = spans.map((span, i) => {
    const start = i === 0
    const end = i === spans.length - 1
    return typeof span === 'string' ? trim(span, start, end) : { strong: trim(span.strong, start, end) }
  })
  return trimmed.filter((span) => (typeof span === 'string' ? span : span.strong) !== '')
}

function trim(text: string, start: boolean, end: boolean): string {
  const left = start ? text.replace(/^\s+/u, '') : text
  return end ? left.replace(/\s+$/u, '') : left
}
