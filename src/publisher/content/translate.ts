import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { nearest, yesNo, type Vocabulary } from './vocabulary.ts'
import { shapeOf, type Entry, type Schema, type Shape, type TextShape } from './shape.ts'
import type { Finding } from './problems.ts'

/** Where a value stands in the file, and its name as the editor wrote it. */
export interface Place {
  readonly line: number
  readonly field: string
}

/** A YAML value in the code's own words. */
export interface Translation {
  readonly value: unknown
  /** Places by the code's path: `consultation.closesOn`, `materials.2.name`. */
  readonly places: ReadonlyMap<string, Place>
  readonly findings: readonly Finding[]
}

/** What is passed down unchanged through a translation. */
interface Job {
  readonly words: Vocabulary
  readonly lineAt: (offset: number) => number
  readonly places: Map<string, Place>
  readonly findings: Finding[]
}

/** Where the walk is: the code's path and name, and the editor's path. */
interface At {
  readonly path: string
  readonly name: string
  readonly field: string
  readonly line: number
}

/** Stands for a value that was reported and must not be reported again. */
const unusable = Symbol('unusable')

/**
 * Turns a YAML value in an editor's words into the value that the schema
 * describes, and reports, with its line, everything that does not fit.
 * @param rules.skip entries of the outermost mapping that are not written as fields
 * @param rules.optional entries of it that the schema requires but the file may leave out
 */
export function translate(
  node: Node | null,
  schema: Schema,
  words: Vocabulary,
  lineAt: (offset: number) => number,
  rules: { readonly skip?: readonly string[]; readonly optional?: readonly string[] } = {},
): Translation {
  const job: Job = { words, lineAt, places: new Map(), findings: [] }
  const at: At = { path: '', name: '', field: '', line: startLine(node, job, lineAt(0)) }
  const shape = shapeOf(schema)
  let value: unknown
  if (shape.is === 'mapping' && isMap(node)) {
    const entries = [...shape.entries]
      .filter(([name]) => !rules.skip?.includes(name))
      .map(([name, e]): [string, Entry] => [name, rules.optional?.includes(name) ? { ...e, required: false } : e])
    value = mapping(node, new Map(entries), at, job)
  } else {
    value = any(node, schema, at, job)
  }
  const findings = job.findings.map((f) => (f.field === '' ? { line: f.line, message: f.message, mend: f.mend } : f))
  return { value, places: job.places, findings }
}

function any(node: Node | null, schema: Schema, at: At, job: Job): unknown {
  job.places.set(at.path, { line: at.line, field: at.field })
  const shape = shapeOf(schema)
  if (isAlias(node)) return refuse(at, job, '用了 YAML 的引用（*）。', '直接写出内容。')
  if (node === null || (isScalar(node) && node.value === null)) {
    return refuse(at, job, '没有内容。', '写上内容，或者删去这个字段。')
  }
  switch (shape.is) {
    case 'mapping':
      return isMap(node)
        ? mapping(node, shape.entries, at, job)
        : refuse(at, job, '应当分成几个小字段。', `换行后缩进两格，写 ${fieldList(shape.entries, job)}。`)
    case 'list':
      return list(node, shape, at, job)
    default:
      return isScalar(node)
        ? scalar(node, shape, at, job)
        : refuse(at, job, '这里只能写一个值，不能写列表或小字段。', '只写一个值。')
  }
}

function mapping(node: YAMLMap, entries: ReadonlyMap<string, Entry>, at: At, job: Job): Record<string, unknown> {
  const byWord = new Map([...entries.keys()].map((name) => [job.words.fields[name] ?? name, name]))
  const value: Record<string, unknown> = {}
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    const word = isScalar(pair.key) ? String(pair.key.value) : ''
    const name = byWord.get(word)
    const line = startLine(pair.key, job, at.line)
    const field = at.field === '' ? word : `${at.field}.${word}`
    if (name === undefined) {
      job.findings.push({ line, field, message: '没有这个字段。', mend: unknownField(word, byWord, job) })
      continue
    }
    const path = join(at.path, name)
    const entry = entries.get(name)
    if (!entry) continue
    value[name] = any(pair.value, entry.schema, { path, name, field, line }, job)
    if (value[name] === unusable) delete value[name]
  }
  for (const [name, entry] of entries) {
    const path = join(at.path, name)
    if (!entry.required || job.places.has(path)) continue
    const word = job.words.fields[name] ?? name
    const field = at.field === '' ? word : `${at.field}.${word}`
    job.findings.push({ line: at.line, field, message: '缺少必填字段。', mend: example(word, name, entry.schema, job) })
  }
  return value
}

const join = (path: string, step: string): string => (path === '' ? step : `${path}.${step}`)

function list(node: Node, shape: Extract<Shape, { is: 'list' }>, at: At, job: Job): unknown {
  if (!isSeq(node)) return refuse(at, job, '应当写成列表。', '换行，每项一行，以「- 」开头。')
  if (node.items.length < shape.least) return refuse(at, job, '列表是空的。', '至少写一项。')
  return (node.items as (Node | null)[])
    .map((item, i) => {
      const line = startLine(item, job, at.line)
      const field = `${at.field}[${String(i + 1)}]`
      return any(item, shape.item, { path: join(at.path, String(i)), name: at.name, field, line }, job)
    })
    .filter((item) => item !== unusable)
}

function scalar(node: Scalar, shape: Exclude<Shape, { is: 'mapping' | 'list' }>, at: At, job: Job): unknown {
  const { value } = node
  switch (shape.is) {
    case 'flag': {
      if (typeof value === 'boolean') return value
      if (value === '是' || value === '否') return yesNo[value]
      return refuse(at, job, `「${String(value)}」不是「是」或「否」。`, '写「是」或「否」。')
    }
    case 'number': {
      if (typeof value !== 'number') return refuse(at, job, '应当是数字。', '只写阿拉伯数字，不带单位。')
      if (shape.whole && !Number.isInteger(value)) return refuse(at, job, '应当是整数。', '写整数。')
      if (shape.least !== undefined && value < shape.least) {
        return refuse(at, job, `不能小于 ${String(shape.least)}。`, `写不小于 ${String(shape.least)} 的数。`)
      }
      return value
    }
    case 'word': {
      const words = job.words.values[at.name] ?? {}
      const found = shape.options.find((option) => (words[option] ?? option) === value)
      if (found !== undefined) return found
      const allowed = shape.options.map((option) => words[option] ?? option)
      return refuse(at, job, `「${String(value)}」不在规定的用词里。`, suggest(String(value), allowed))
    }
    case 'text':
      return text(node, shape, at, job)
  }
}

function text(node: Scalar, shape: TextShape, at: At, job: Job): unknown {
  // A telephone number or a code is text, though YAML reads a number: take it as it is written.
  const written = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
  const value = written.trim()
  if (value === '') return refuse(at, job, '没有内容。', '写上内容，或者删去这个字段。')
  if (shape.style !== 'prose' && value.includes('\n')) return refuse(at, job, '应当写在一行里。', '去掉换行。')
  if (hasControlCharacter(value)) {
    return refuse(at, job, '含有看不见的控制字符或制表符。', '删去后重新输入这段内容。')
  }
  if (shape.most !== undefined && value.length > shape.most) {
    return refuse(
      at,
      job,
      `太长：${String(value.length)} 个字，最多 ${String(shape.most)} 个。`,
      `缩短到 ${String(shape.most)} 个字以内。`,
    )
  }
  if (shape.style === 'date' && !isDay(value)) {
    return refuse(at, job, `「${value}」不是正确的日期。`, '写成 2025-07-01 这样的形式，并检查这一天是否存在。')
  }
  if (shape.style === 'id' && !/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/u.test(value)) {
    return refuse(at, job, `「${value}」不能作编号。`, '只用小写字母和数字，中间可用 - 或 . 隔开，如 nn-gjj-2025。')
  }
  if (shape.pattern && !shape.pattern.test(value)) {
    return refuse(at, job, `「${value}」写法不对。`, `应符合 ${shape.pattern.source}。`)
  }
  return value
}

/** Whether a text holds a control character other than a line end. */
const hasControlCharacter = (text: string): boolean =>
  [...text].some((char) => (char < ' ' && char !== '\n') || char === '\u007f')

/** Whether a text is a day of the calendar, `2025-02-28` but not `2025-02-30`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}

function refuse(at: At, job: Job, message: string, mend: string): typeof unusable {
  job.findings.push({ line: at.line, field: at.field, message, mend })
  return unusable
}

function startLine(node: Node | null | undefined, job: Job, otherwise: number): number {
  return node?.range ? job.lineAt(node.range[0]) : otherwise
}

function unknownField(word: string, byWord: ReadonlyMap<string, string>, job: Job): string {
  // Someone who knows the code may write its names.
  const translated = [...byWord].find(([, name]) => name === word)?.[0]
  const near = translated ?? nearest(word, [...byWord.keys()])
  if (near !== undefined) return `是否想写「${near}」？`
  const elsewhere = Object.values(job.words.fields).includes(word)
  return elsewhere ? '这个字段不属于这里；检查缩进和记录类型。' : `删去，或改用：${[...byWord.keys()].join('、')}。`
}

function suggest(word: string, allowed: readonly string[]): string {
  const near = nearest(word, allowed)
  return `${near === undefined ? '' : `是否想写「${near}」？`}可用的词：${allowed.join('；')}。`
}

function fieldList(entries: ReadonlyMap<string, Entry>, job: Job): string {
  return [...entries.keys()].map((name) => job.words.fields[name] ?? name).join('、')
}

/** A line that the editor can type to add a missing field. */
function example(word: string, name: string, schema: Schema, job: Job): string {
  const shape = shapeOf(schema)
  switch (shape.is) {
    case 'word':
      return `加一行「${word}: …」，可用的词：${shape.options.map((o) => job.words.values[name]?.[o] ?? o).join('；')}。`
    case 'flag':
      return `加一行「${word}: 是」或「${word}: 否」。`
    case 'number':
      return `加一行「${word}: 数字」。`
    case 'list':
      return `加一行「${word}:」，下面每项一行，以「- 」开头。`
    case 'mapping':
      return `加一行「${word}:」，下面缩进两格写 ${fieldList(shape.entries, job)}。`
    case 'text':
      return shape.style === 'date' ? `加一行「${word}: 2025-07-01」（换成实际日期）。` : `加一行「${word}: …」。`
  }
}
