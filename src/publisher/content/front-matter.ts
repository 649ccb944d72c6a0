import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml'
import type { Finding } from './problems.ts'

/** A text file cut into its front matter and its body. Line numbers count from 1 in the whole file. */
export interface Parts {
  readonly yaml: string
  /** Line of the file at which `yaml` begins. */
  readonly yamlLine: number
  readonly body: string
  readonly bodyLine: number
}

/** The text as all of this works on it: no byte order mark, line ends `\n`. */
export const normaliseText = (text: string): string => text.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n')

/** Cuts a record file at its two `---` lines. */
export function splitFrontMatter(text: string): Parts | Finding {
  if (!/^---[ \t]*\n/u.test(text)) {
    return {
      line: 1,
      message: '文件开头没有字段区。',
      mend: '第一行写 ---，接着写字段，字段后再写一行 ---，然后是正文。',
    }
  }
  const start = text.indexOf('\n') + 1
  const end = /^---[ \t]*$/mu.exec(text.slice(start))
  if (!end) {
    return { line: 1, message: '字段区没有结束。', mend: '在最后一个字段下面写一行 ---。' }
  }
  const yaml = text.slice(start, start + end.index)
  const bodyStart = start + end.index + end[0].length + 1
  return { yaml, yamlLine: 2, body: text.slice(bodyStart), bodyLine: 2 + count(yaml) + 1 }
}

const count = (text: string): number => text.split('\n').length - 1

/** Parsed YAML, and the line in the file of an offset in it. */
export interface ParsedYaml {
  readonly document: Document.Parsed
  readonly lineAt: (offset: number) => number
  readonly findings: readonly Finding[]
}

/**
 * Parses YAML that begins at a line of a file.
 * @param words the field names of this kind of file, to recognise a wrongly typed colon
 */
export function parseYaml(yaml: string, firstLine: number, words: readonly string[]): ParsedYaml {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, version: '1.2' })
  const lineAt = (offset: number): number => lines.linePos(offset).line + firstLine - 1
  const colons = wrongColons(yaml, firstLine, words)
  // One wrong colon makes the parser stumble over the lines around it: say only what matters.
  const errors = [...document.errors, ...document.warnings].map((error) => explain(error, lineAt(error.pos[0])))
  return { document, lineAt, findings: colons.length > 0 ? colons : errors }
}

/** `标题：…` and `标题:…` are the commonest slips, and YAML's own message for them helps nobody. */
function wrongColons(yaml: string, firstLine: number, words: readonly string[]): Finding[] {
  const known = new Set(words)
  return yaml.split('\n').flatMap((text, i): Finding[] => {
    const match = /^\s*(?:-\s+)*([^\s:：#'"]+)(：|:(?=[^\s]))/u.exec(text)
    const word = match?.[1]
    if (word === undefined || !known.has(word)) return []
    return [
      {
        line: firstLine + i,
        field: word,
        message: match?.[2] === '：' ? '字段名后面用了全角冒号。' : '字段名的冒号后面缺一个空格。',
        mend: `写成「${word}: 内容」，冒号用半角，后面空一格。`,
      },
    ]
  })
}

const explanations: Partial<Record<YAMLError['code'], readonly [string, string]>> = {
  DUPLICATE_KEY: ['同一个字段写了两次。', '只保留一处。'],
  TAB_AS_INDENT: ['用了制表符缩进。', '改用空格缩进。'],
  BAD_INDENT: ['缩进不对。', '同一层的字段左边对齐，下一层多缩进两个空格。'],
  BLOCK_AS_IMPLICIT_KEY: ['一行里有两个冒号。', '内容里有冒号加空格时，用英文双引号把内容括起来。'],
  MULTILINE_IMPLICIT_KEY: ['这一行不是「字段: 内容」的形式。', '写成「字段: 内容」；内容换行时用 | 开头的段落写法。'],
  MISSING_CHAR: ['缺少配对的引号、括号或冒号。', '补全引号或括号；字段名后面写半角冒号和空格。'],
  BAD_ALIAS: ['星号开头的内容会被当成引用。', '用英文双引号把内容括起来。'],
  UNEXPECTED_TOKEN: ['有多余的符号。', '去掉多余的符号，或者用英文双引号把内容括起来。'],
  BAD_SCALAR_START: ['内容不能以这个符号开头。', '用英文双引号把内容括起来。'],
  BLOCK_IN_FLOW: ['方括号或花括号里不能换成列表写法。', '改成每行一个「- 」的列表，或把括号补全。'],
  MULTIPLE_DOCS: ['字段区里多了一行 --- 或 ...。', '删去这一行。'],
}

function explain(error: YAMLError, line: number): Finding {
  const [message, mend] = explanations[error.code] ?? ['字段区写法有误。', '检查引号、冒号和缩进。']
  return { line, message: `${message} (YAML: ${error.message})`, mend }
}
