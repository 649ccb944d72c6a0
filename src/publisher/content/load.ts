import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Unit } from '../../feed/unit.ts'
import { isMissing, readTextIfThere } from '../files.ts'
import { checkAcross } from './cross-check.ts'
import { answerPicture, type Picture } from './pictures.ts'
import { compare, sortProblems, type Problem } from './problems.ts'
import { readRecord, type ReadRecord } from './record.ts'
import { checkSettings, readFeedSettings, readUnits, type FeedSettings, type SettingsFile } from './settings.ts'
import { readUrgent, type UrgentContent } from './urgent.ts'

/** A record file of the content folder. */
export interface RecordFile extends ReadRecord {
  /** Path below the content folder, with `/`. */
  readonly file: string
  /** The role that publishes its unit; '' when the unit is under none. */
  readonly role: string
}

/** A whole content folder as read. It may be published when `problems` is empty. */
export interface Content {
  readonly feed: FeedSettings | null
  readonly units: readonly Unit[]
  readonly records: readonly RecordFile[]
  readonly pictures: ReadonlyMap<string, Picture>
  /** What is urgent, by role. */
  readonly urgent: ReadonlyMap<string, UrgentContent>
  /** All of them, sorted by file and line. */
  readonly problems: readonly Problem[]
}

/** Told how many of how many files have been read. */
export type OnProgress = (done: number, total: number) => void

/** Files that are opened at once. */
const readAhead = 64

/** Reads and checks a content folder. A folder that is not there is a problem, not an exception. */
export async function loadContent(folder: string, onProgress: OnProgress = () => undefined): Promise<Content> {
  const problems: Problem[] = []
  const feed = await settings(folder, 'feed.yaml', readFeedSettings)
  const units = await settings(folder, 'units.yaml', readUnits)
  problems.push(...feed.problems, ...units.problems, ...checkSettings(feed, units))
  const roleOf = new Map(feed.value?.roles.flatMap((role) => role.units.map((unit) => [unit, role.role] as const)))
  const known = new Set(units.value?.map((unit) => unit.id))

  const pictures = await readPictures(folder)
  const { files, strays } = await recordFiles(folder)
  problems.push(...strays)
  const records: RecordFile[] = []
  for (let i = 0; i < files.length; i += readAhead) {
    const batch = files.slice(i, i + readAhead)
    const texts = await Promise.all(batch.map((file) => readFile(path.join(folder, file), 'utf8')))
    batch.forEach((file, j) => {
      const unit = file.split('/')[1] ?? ''
      const role = roleOf.get(unit) ?? ''
      const read = readRecord(texts[j] ?? '', unit, (name) => answerPicture(name, pictures, role))
      problems.push(...read.findings.map((finding) => ({ ...finding, file })))
      if (units.value && feed.value) problems.push(...unitProblems(file, unit, known, role))
      records.push({ ...read, file, role })
    })
    onProgress(Math.min(i + readAhead, files.length), files.length)
  }
  problems.push(...checkAcross(records))
  const urgent = readUrgent(
    (await readTextIfThere(path.join(folder, 'urgent.yaml'))) ?? '',
    (unit) => roleOf.get(unit),
    (id) => records.find((record) => record.id === id && record.role !== '')?.role,
  )
  if (feed.value) problems.push(...urgent.problems)
  return {
    feed: feed.value,
    units: units.value ?? [],
    records,
    pictures,
    urgent: urgent.byRole,
    problems: sortProblems(problems),
  }
}

/** Everything that is wrong with a content folder. */
export async function checkContent(folder: string, onProgress?: OnProgress): Promise<Problem[]> {
  return [...(await loadContent(folder, onProgress)).problems]
}

async function settings<T>(
  folder: string,
  file: string,
  read: (text: string) => SettingsFile<T>,
): Promise<SettingsFile<T>> {
  const text = await readTextIfThere(path.join(folder, file))
  if (text !== undefined) return read(text)
  const mend = '在内容文件夹里建立它，写法见 src/publisher/README.md。'
  return { value: null, places: new Map(), problems: [{ file, line: 1, message: '没有这个文件。', mend }] }
}

async function readPictures(folder: string): Promise<Map<string, Picture>> {
  const files = await entries(path.join(folder, 'images'))
  const shown = files.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
  const read = shown.map(async ({ name }): Promise<[string, Picture]> => {
    return [name, { name, bytes: await readFile(path.join(folder, 'images', name)) }]
  })
  return new Map(await Promise.all(read))
}

/** `records/<unit>/<name>.md`, sorted; everything else under `records/` is a problem. */
async function recordFiles(folder: string): Promise<{ files: string[]; strays: Problem[] }> {
  const files: string[] = []
  const strays: Problem[] = []
  const stray = (file: string): void => {
    strays.push({ file, line: 1, message: '不是记录文件。', mend: '记录放在 records/单位编号/名字.md；图片放进 images，其余文件移走。' })
  }
  const units = await entries(path.join(folder, 'records'))
  if (units.length === 0) {
    strays.push({ file: 'records', line: 1, message: '没有记录。', mend: '把记录放在 records/单位编号/名字.md。' })
  }
  for (const unit of units) {
    if (unit.name.startsWith('.')) continue
    if (!unit.isDirectory()) {
      stray(`records/${unit.name}`)
      continue
    }
    for (const entry of await entries(path.join(folder, 'records', unit.name))) {
      if (entry.name.startsWith('.')) continue
      const file = `records/${unit.name}/${entry.name}`
      if (entry.isFile() && entry.name.endsWith('.md')) files.push(file)
      else stray(file)
    }
  }
  return { files: files.sort(compare), strays }
}

async function entries(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

function unitProblems(file: string, unit: string, known: ReadonlySet<string>, role: string): Problem[] {
  if (!known.has(unit)) {
    return [
      { file, line: 1, message: `units.yaml 里没有单位「${unit}」。`, mend: '在 units.yaml 里加上它，或把文件移到正确单位的文件夹。' },
    ]
  }
  if (role !== '') return []
  return [
    {
      file,
      line: 1,
      message: `单位「${unit}」不在任何角色的发布单位里，不能发布。`,
      mend: '在 feed.yaml 里把它列入一个角色的「发布单位」。',
    },
  ]
}
