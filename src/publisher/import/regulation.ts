import { normaliseText } from '../content/front-matter.ts'

/** A source regulation, cut into its parts and not yet understood. */
export interface Regulation {
  /** Name of the file, for the report. */
  readonly file: string
  readonly title: string
  /** The day in the file name: of this version. */
  readonly date: string
  /** The lines between the title and the mark, with their line numbers. */
  readonly info: readonly SourceLine[]
  /** Markdown lines of the whole text after the mark. */
  readonly body: readonly SourceLine[]
}

export interface SourceLine {
  readonly line: number
  readonly text: string
}

/** Something of a source that could not be carried, or that the importer had to decide. */
export interface Remark {
  readonly file: string
  readonly line: number
  readonly why: string
}

const endOfInfo = '<!-- INFO END -->'

/**
 * Cuts a source file: `# title`, issue lines, the mark, the text.
 * @returns remarks when it is not such a file
 */
export function readRegulation(file: string, source: string): Regulation | Remark {
  const date = /[(（](\d{4}-\d{2}-\d{2})[)）]\.md$/u.exec(file)?.[1]
  if (date === undefined) return { file, line: 1, why: '文件名里没有日期，应为「名称(2025-01-31).md」' }
  const lines = normaliseText(source).split('\n')
  const end = lines.findIndex((text) => text.trim() === endOfInfo)
  if (end < 0) return { file, line: 1, why: `没有 ${endOfInfo} 一行，分不清题注和正文` }
  const head = lines
    .slice(0, end)
    .map((text, i) => ({ line: i + 1, text: text.trim() }))
    .filter(({ text }) => text !== '')
  const [first, ...info] = head
  const title = first ? /^#\s+(\S.*)$/u.exec(first.text)?.[1] : undefined
  if (title === undefined) return { file, line: first?.line ?? 1, why: '第一行不是「# 标题」' }
  const stray = info.find(({ text }) => text.startsWith('#'))
  if (stray) return { file, line: stray.line, why: '题注里又有一个标题' }
  const body = lines
    .slice(end + 1)
    .flatMap((text, i) => splitRunOn(text).map((part) => ({ line: end + 2 + i, text: part })))
  const filled = body.map(({ text }) => text !== '')
  if (!filled.includes(true)) return { file, line: end + 1, why: '没有正文' }
  return { file, title, date, info, body: body.slice(filled.indexOf(true), filled.lastIndexOf(true) + 1) }
}

/** The lines of a body as one text. */
export const textOf = (lines: readonly SourceLine[]): string => lines.map(({ text }) => text).join('\n')

/**
 * Some sources ran a whole chapter together in one line, with a space where a
 * paragraph ended. Such a line (it holds the beginning of a second article) is cut
 * at these spaces. Nothing but white space changes.
 */
function splitRunOn(text: string): string[] {
  const line = text.replace(/^[\s\u3000]+|[\s\u3000]+$/gu, '')
  if (!/[。；：”)）] +第[零〇一二三四五六七八九十百千]+条 /u.test(line)) return [line]
  return line.split(/(?<=[。；：”)）]) +/u).flatMap((part, i) => (i === 0 ? [part] : ['', part]))
}
