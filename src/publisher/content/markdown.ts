import type { BlockContent, DefinitionContent, List, ListItem, RootContent, Table, TableRow } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import { plainText, type Block, type BlockOf, type Span } from '../../feed/records/blocks.ts'
import { inline, tidy } from './inline.ts'
import { segments, type Segment } from './segments.ts'
import type { Finding } from './problems.ts'

/** A picture that a body may show, or why it may not. */
export type PictureAnswer =
  | { readonly target: string; readonly width: number; readonly height: number }
  | { readonly message: string; readonly mend: string }

export interface Body {
  readonly blocks: readonly Block[]
  readonly findings: readonly Finding[]
}

/** What is passed down through one segment. */
interface Job {
  readonly source: string
  /** Line of the file at which the segment begins. */
  readonly firstLine: number
  readonly picture: (name: string) => PictureAnswer
  readonly findings: Finding[]
}

type Node = RootContent | BlockContent | DefinitionContent | ListItem | TableRow

/**
 * The blocks of a Markdown body. What no block can carry is reported and never
 * dropped in silence; then `blocks` is incomplete.
 * @param firstLine line of the file at which `body` begins
 * @param picture finds the picture of a name
 */
export function toBlocks(body: string, firstLine: number, picture: (name: string) => PictureAnswer): Body {
  const findings: Finding[] = []
  const blocks = segments(body).flatMap((segment): Block[] =>
    segment.is === 'markdown'
      ? parse({ source: segment.text, firstLine: firstLine + segment.line, picture, findings })
      : [plain(segment)],
  )
  return { blocks: withCaptions(blocks), findings }
}

/** A segment that is known to hold no markup. */
function plain(segment: Exclude<Segment, { is: 'markdown' }>): Block {
  const text = tidy([segment.text])
  return segment.is === 'paragraph' ? { type: 'paragraph', text } : { type: 'heading', level: segment.level, text }
}

function parse(job: Job): Block[] {
  const tree = fromMarkdown(job.source, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] })
  return tree.children.flatMap((node) => block(node, job))
}

function block(node: Node, job: Job): Block[] {
  switch (node.type) {
    case 'heading':
      return heading(node, job)
    case 'paragraph':
      return paragraph(node, job)
    case 'list':
      return list(node, job)
    case 'table':
      return table(node, job)
    case 'blockquote':
      return node.children.flatMap((child): Block[] => {
        if (child.type === 'paragraph') return [{ type: 'note', text: spans(child.children, job) }]
        return report(child, job, '提示段落（>）里只能写文字。', '把列表、表格、标题移到提示段落外面。')
      })
    case 'code':
      return report(node, job, '有代码块（行首空四格，或 ``` 之间）。', '去掉行首的空格；``` 也去掉。')
    case 'html':
      return report(node, job, '有 HTML 标记或注释。', '删去标记；换段请空一行，表格用 | 分隔，注释写在字段区的 # 后面。')
    case 'thematicBreak':
      return report(node, job, '有分隔线。', '删去；分节请用 ## 标题。')
    case 'definition':
      return report(node, job, '有链接定义。', '电视上打不开链接：删去这一行，在正文里写出名称。')
    default:
      return report(node, job, '有电视上显示不了的内容。', '改成标题、段落、列表、表格、图片或提示段落。')
  }
}

/** A paragraph `表：…` directly above a table becomes the table's caption. */
function withCaptions(blocks: readonly Block[]): Block[] {
  const result: Block[] = []
  for (const next of blocks) {
    const above = result[result.length - 1]
    const caption = above?.type === 'paragraph' ? /^表[：:]\s*(\S.*)$/u.exec(plainText(above.text))?.[1] : undefined
    if (next.type === 'table' && caption !== undefined) result[result.length - 1] = { ...next, caption }
    else result.push(next)
  }
  return result
}

function report(node: Node, job: Job, message: string, mend: string): [] {
  job.findings.push({ line: lineOf(node, job), message, mend })
  return []
}

const lineOf = (node: { position?: { start: { line: number } } | undefined }, job: Job): number =>
  job.firstLine + (node.position?.start.line ?? 1) - 1

function spans(nodes: Parameters<typeof inline>[0], job: Job, bold = true): Span[] {
  const found = inline(nodes, job.source, bold)
  job.findings.push(...found.faults.map((fault) => ({ ...fault, line: job.firstLine + fault.line - 1 })))
  return [...found.spans]
}

function heading(node: Extract<Node, { type: 'heading' }>, job: Job): Block[] {
  const written = job.source.slice(node.position?.start.offset)
  if (!written.startsWith('#')) {
    return report(node, job, '文字下面一行的 --- 或 === 会把文字变成标题。', '标题写成「## 标题」；分隔线请删去。')
  }
  const level = node.depth - 1
  if (level !== 1 && level !== 2 && level !== 3) {
    return node.depth === 1
      ? report(node, job, '正文里不用一级标题（#）。', '记录的标题写在「标题」字段；章写「## 」，节写「### 」，再下一级写「#### 」。')
      : report(node, job, '标题层级太深。', '最多到四个 #（章 ##、节 ###、再下一级 ####）。')
  }
  const text = spans(node.children, job)
  return text.length > 0 ? [{ type: 'heading', level, text }] : report(node, job, '标题是空的。', '写上标题，或删去 #。')
}

const alignments = { 居中: 'center', 居右: 'end' } as const

function paragraph(node: Extract<Node, { type: 'paragraph' }>, job: Job): Block[] {
  const only = node.children.length === 1 ? node.children[0] : undefined
  if (only?.type === 'image') return image(only, job)
  const text = spans(node.children, job)
  const first = text[0]
  const mark = typeof first === 'string' ? /^\{(居中|居右)\}\s*/u.exec(first) : null
  if (mark && typeof first === 'string') {
    const rest = tidy([first.slice(mark[0].length), ...text.slice(1)])
    const align = alignments[mark[1] === '居中' ? '居中' : '居右']
    return rest.length > 0
      ? [{ type: 'paragraph', text: rest, align }]
      : report(node, job, '标记后面没有文字。', '在 {居中} 或 {居右} 后面写文字。')
  }
  return text.length > 0 ? [{ type: 'paragraph', text }] : []
}

function list(node: List, job: Job): Block[] {
  const items: Span[][] = []
  for (const item of node.children) {
    const [only] = item.children
    if (item.children.length === 1 && only?.type === 'paragraph') {
      items.push(spans(only.children, job))
    } else if (item.children.length === 0) {
      report(item, job, '列表里有空的一项。', '写上内容，或删去这一项。')
    } else {
      const inner = item.children.find((child) => child.type !== 'paragraph') ?? item.children[1] ?? item
      const nested = inner.type === 'list'
      job.findings.push({
        line: lineOf(inner, job),
        message: nested ? '列表里面还有列表。' : '列表的一项里不止一段文字。',
        mend: nested ? '改成一层列表，或把下一层写成 （一）、1. 开头的普通段落。' : '每项只写一段；其余内容移到列表外面。',
      })
    }
  }
  if (items.length === 0) return []
  return [node.ordered ? { type: 'list', start: node.start ?? 1, items } : { type: 'list', items }]
}

function table(node: Table, job: Job): Block[] {
  const [head, ...rows] = node.children.map((row) =>
    row.children.map((cell) => plainText(spans(cell.children, job, false))),
  )
  if (!head) return []
  if (node.align?.some((align) => align !== null)) {
    report(node, job, '表格的分隔行里有对齐标记（:）。', '分隔行只写 | --- | --- |。')
  }
  node.children.slice(1).forEach((row, i) => {
    const found = rows[i]?.length ?? 0
    if (found === head.length) return
    report(
      row,
      job,
      `这一行有 ${String(found)} 格，表头有 ${String(head.length)} 格。`,
      '补上空格（| |）或删去多余的格，使每行一样多。',
    )
  })
  const result: BlockOf<'table'> = { type: 'table', head, rows }
  return [result]
}

function image(node: Extract<RootContent, { type: 'image' }>, job: Job): Block[] {
  const fault = (message: string, mend: string): [] => {
    job.findings.push({ line: lineOf(node, job), message, mend })
    return []
  }
  const alt = (node.alt ?? '').trim()
  if (alt === '') return fault('图片没有文字说明。', '写成 ![图片上有什么](文件名.png)，看不见图的人靠它了解内容。')
  const answer = job.picture(node.url)
  if ('message' in answer) return fault(answer.message, answer.mend)
  const title = node.title?.trim()
  return [{ type: 'image', ...answer, alt, ...(title === undefined || title === '' ? {} : { caption: title }) }]
}
