import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { plainText, type Block } from '../../feed/records/blocks.ts'
import type { OnProgress } from '../content/load.ts'
import { compare } from '../content/problems.ts'
import { readRecord } from '../content/record.ts'
import { CommandError } from '../errors.ts'
import { isMissing, writeWhole } from '../files.ts'
import { composeFile, readFields, updateFile, validityWord, type Fields } from './content-file.ts'
import { chineseDay, dayPattern, parseDay } from './dates.ts'
import { openDestination, readUnitFiles } from './destination.ts'
import { regulationId } from './identifiers.ts'
import { readIssueLines, type IssueFacts } from './issue-lines.ts'
import { readRegulation, textOf, type Regulation, type Remark, type SourceLine } from './regulation.ts'
import { standings, type Standing, type Version } from './versions.ts'

export interface ImportOptions {
  /** Folder of regulations, `标题(2025-01-31).md`. */
  readonly from: string
  /** Content folder; made when it is not there. */
  readonly into: string
  /** Unit id; may be left out where the content has one unit. */
  readonly unit?: string
  /** 发文机关 of a regulation that does not name one. */
  readonly issuer?: string
  /** Today, `YYYY-MM-DD`: decides between 有效 and 尚未生效. */
  readonly today: string
  readonly onProgress?: OnProgress
}

export interface ImportReport {
  readonly unit: string
  /** Source files that were read. */
  readonly read: number
  /** Record files that were written, below the content folder. */
  readonly written: readonly string[]
  /** Record files that already said the same. */
  readonly unchanged: number
  /** What could not be carried. The file it stands in was left out. */
  readonly refused: readonly Remark[]
  /** What was carried after a decision that an editor should look at. */
  readonly notes: readonly Remark[]
  /** Whether feed.yaml and units.yaml were made. */
  readonly created: boolean
}

/** A source that is ready to be written. */
interface Import {
  readonly source: Regulation
  readonly facts: IssueFacts
  readonly version: Version
  readonly issuers: readonly string[]
  readonly body: readonly SourceLine[]
}

/** Issuer of a 行政法规 that names none: 立法法 art. 72 leaves only one. */
const defaultIssuer = '国务院'

/**
 * Imports a folder of regulations as policies. Importing again updates the same
 * files and keeps what editors added to their front matter.
 * @throws {CommandError} when the folder or the unit cannot be used
 */
export async function importRegulations(options: ImportOptions): Promise<ImportReport> {
  const names = await sourceNames(options.from)
  const { unit, created } = await openDestination(options.into, options.unit)
  const existing = await readUnitFiles(options.into, unit)
  const refused: Remark[] = []
  const notes: Remark[] = []
  const owners = new Map([...existing].map(([id, text]) => [id, String(readFields(text, ['title']).title)]))

  const imports = new Map<string, Import>()
  for (const [i, name] of names.entries()) {
    const source = readRegulation(name, await readFile(path.join(options.from, name), 'utf8'))
    if ('why' in source) {
      refused.push(source)
    } else {
      const one = understand(source, options, (id) => owners.get(id), notes)
      if (imports.has(one.version.id)) {
        refused.push({ file: name, line: 1, why: '标题和日期与另一个文件相同' })
      } else {
        imports.set(one.version.id, one)
        owners.set(one.version.id, source.title)
      }
    }
    options.onProgress?.(i + 1, names.length)
  }

  const others = [...existing].filter(([id]) => !imports.has(id)).flatMap(([id, text]) => existingVersion(id, text))
  const standing = standings([...[...imports.values()].map((one) => one.version), ...others], options.today)
  const texts = new Map<string, string>()
  for (const [id, one] of imports) {
    const text = compose(one, unit, standing.get(id), existing.get(id))
    const faults = checkText(text, unit, one)
    refused.push(...faults)
    if (faults.length === 0) texts.set(id, text)
  }
  for (const other of others) {
    const text = restate(existing.get(other.id) ?? '', standing.get(other.id))
    if (text !== undefined) texts.set(other.id, text)
  }

  const written: string[] = []
  for (const [id, text] of texts) {
    if (existing.get(id) === text) continue
    await writeWhole(path.join(options.into, 'records', unit, `${id}.md`), text)
    written.push(`records/${unit}/${id}.md`)
  }
  const unchanged = texts.size - written.length
  return { unit, read: names.length, written, unchanged, refused: sorted(refused), notes: sorted(notes), created }
}

async function sourceNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.md')).sort(compare)
  } catch (error) {
    if (!isMissing(error)) throw error
    throw new CommandError(`没有文件夹 ${folder}。`, `There is no folder ${folder}.`)
  }
}

function understand(
  source: Regulation,
  options: ImportOptions,
  takenBy: (id: string) => string | undefined,
  notes: Remark[],
): Import {
  const note = (why: string): void => {
    notes.push({ file: source.file, line: source.info[0]?.line ?? 1, why })
  }
  const facts = readIssueLines(source.title, source.info, source.date, textOf(source.body))
  const issuers = facts.issuers.length > 0 ? facts.issuers : [options.issuer ?? defaultIssuer]
  if (facts.issuers.length === 0) note(`没有写发文机关，记为「${issuers.join('、')}」`)
  const later = facts.lastIssue !== undefined && facts.lastIssue > source.date
  const published = later && facts.lastIssue !== undefined ? facts.lastIssue : source.date
  if (later) note(`文件名的日期早于题注里的 ${chineseDay(published)}，发布日期用后者`)
  if (facts.unread.length > 0) note('题注里有发文、施行以外的内容，放在正文开头')
  // What is not an issue line is text, and text must arrive.
  const body = [...facts.unread.flatMap((line) => [line, { line: line.line, text: '' }]), ...source.body]
  const version: Version = {
    id: regulationId(source.title, source.date, takenBy),
    title: source.title,
    published,
    ...(facts.effectiveOn === undefined ? {} : { effectiveOn: facts.effectiveOn }),
    days: facts.days,
    text: textOf(body),
  }
  return { source, facts, version, issuers, body }
}

/** A regulation that is in the content folder already and not among the sources. */
function existingVersion(id: string, text: string): Version[] {
  const { kind, title, published, effectiveOn, history } = readFields(text, [
    'kind',
    'title',
    'published',
    'effectiveOn',
    'history',
  ])
  if (kind !== '政策' || typeof title !== 'string' || typeof published !== 'string') return []
  const lines = Array.isArray(history) ? history.map(String) : []
  const days = lines.flatMap((line) => parseDay(new RegExp(`^${dayPattern}`, 'u').exec(line)?.[0] ?? '') ?? [])
  return [{ id, title, published, ...(typeof effectiveOn === 'string' ? { effectiveOn } : {}), days, text }]
}

function compose(one: Import, unit: string, standing: Standing | undefined, before: string | undefined): string {
  const { version, facts, issuers } = one
  const fields: Fields = {
    id: version.id,
    kind: '政策',
    title: version.title,
    unit,
    published: version.published,
    issuers,
    ...(facts.documentNumber === undefined ? {} : { documentNumber: facts.documentNumber }),
    ...(facts.writtenOn === undefined ? {} : { writtenOn: facts.writtenOn }),
    ...(facts.effectiveOn === undefined ? {} : { effectiveOn: facts.effectiveOn }),
    ...standingFields(standing, before),
    ...(facts.history.length > 0 ? { history: facts.history } : {}),
  }
  const body = textOf(one.body)
  return (before === undefined ? undefined : updateFile(before, fields, body)) ?? composeFile(fields, body)
}

/** A file that is not among the sources, when one of them changes its standing. */
function restate(text: string, standing: Standing | undefined): string | undefined {
  if (!standing || (standing.supersededBy === undefined && standing.supersedes.length === 0)) return undefined
  return updateFile(text, standingFields(standing, text), undefined)
}

/** 效力状态 and the links. What an editor has declared ended stays ended, and links that he set stay. */
function standingFields(standing: Standing | undefined, before: string | undefined): Fields {
  const { validity, supersededBy, supersedes = [] } = standing ?? {}
  const old = before === undefined ? {} : readFields(before, ['validity', 'supersedes', 'supersededBy'])
  const computed = validityWord(validity ?? 'in-force')
  const oldLinks = Array.isArray(old.supersedes) ? old.supersedes.map(String) : []
  const links = [...oldLinks, ...supersedes.filter((id) => !oldLinks.includes(id))]
  const successor = supersededBy ?? old.supersededBy
  return {
    validity: rank(old.validity) > rank(computed) ? String(old.validity) : computed,
    ...(typeof successor === 'string' ? { supersededBy: successor } : {}),
    ...(links.length > 0 ? { supersedes: links } : {}),
  }
}

/** How far a 效力状态 is from being in force. */
const rank = (validity: unknown): number =>
  [[validityWord('amended')], [validityWord('repealed'), validityWord('expired')]].findIndex((words) =>
    words.includes(String(validity)),
  )

/** Reads a composed file as `check` will, and makes sure that the whole text is in it. */
function checkText(text: string, unit: string, one: Import): Remark[] {
  const { file } = one.source
  const noPictures = { message: '导入不带图片。', mend: '' }
  const read = readRecord(text, unit, () => noPictures)
  const firstLine = text.slice(0, text.indexOf('\n---\n\n')).split('\n').length + 3
  const faults = read.findings.map((finding) => ({
    file,
    line: one.body[finding.line - firstLine]?.line ?? 1,
    why: `${finding.field === undefined ? '' : `「${finding.field}」`}${finding.message}`,
  }))
  if (!read.record) return faults
  const arrived = letters(read.record.body.map(blockText).join('\n'))
  return arrived === letters(textOf(one.body).replace(/^(?:\d+[.)]|[-*+])[ \t]+/gmu, ''))
    ? faults
    : [...faults, { file, line: 1, why: '正文没有完整转入' }]
}

/** The text of a block, for comparison. */
export function blockText(block: Block): string {
  switch (block.type) {
    case 'list':
      return block.items.map(plainText).join('\n')
    case 'table':
      return [block.caption ?? '', ...block.head, ...block.rows.flat()].join('\n')
    case 'image':
      return `${block.alt}\n${block.caption ?? ''}`
    default:
      return plainText(block.text)
  }
}

/** Letters and digits alone, without marks and white space. */
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

const sorted = (remarks: readonly Remark[]): Remark[] =>
  [...remarks].sort((a, b) => compare(a.file, b.file) || a.line - b.line)
