import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Chinese text that was drawn, not written: two-character words as frequent as words are (Zipf), so that it
 * compresses about as badly as real text. Always the same for the same seed.
 */
export function drawnText(seed: number): { word(): string; line(characters: number): string; number(below: number): number } {
  let state = seed
  // mulberry32, a small generator of 32-bit numbers.
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const number = (below: number): number => Math.floor(random() * below)
  const word = (): string => {
    const rank = Math.floor(Math.exp(random() * Math.log(vocabulary)))
    return String.fromCharCode(0x4e00 + ((rank * 7919) % 2500), 0x4e00 + ((rank * 104729) % 2500))
  }
  const line = (characters: number): string => {
    let text = ''
    while (text.length < characters) text += word()
    return text
  }
  return { word, line, number }
}

/** Words of the drawn language. */
const vocabulary = 6000

/** The source of a drawn record: a news item of 2 to 6 KB. */
export function drawnRecord(id: string, published: string, seed: number): string {
  const { line, number } = drawnText(seed)
  const paragraphs = Array.from({ length: 6 + number(12) }, () => `${line(40 + number(130))}。`)
  const fields = [`编号: ${id}`, '记录类型: 资讯', `标题: ${line(12 + number(14))}`, `发布日期: ${published}`]
  return `---\n${fields.join('\n')}\n---\n\n${paragraphs.join('\n\n')}\n`
}

/** Units in each role of the drawn content. */
const units = 10

/** Writes settings for a feed of two roles, `province` and `city`. */
export async function writeDrawnSettings(folder: string): Promise<void> {
  const ids = (role: string): string[] => Array.from({ length: units }, (_, i) => `${role}-${String(i)}`)
  const role = (name: string): string => `  - 角色: ${name}\n    门限: 1\n    发布单位: [${ids(name).join(', ')}]\n`
  const unit = (id: string): string => `- 编号: ${id}\n  名称: ${id} 办公室\n  层级: 市\n  地区代码: "450100"\n`
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'feed.yaml'), `名称: 预算\n地区代码: "450100"\n角色:\n${role('province')}${role('city')}`)
  await writeFile(join(folder, 'units.yaml'), [...ids('province'), ...ids('city')].map(unit).join(''))
}

/** The path of a drawn record below the content folder: every tenth is the province's. */
export const drawnPath = (number: number): string => {
  const role = number % 10 === 0 ? 'province' : 'city'
  return `records/${role}-${String(number % 7)}/r${String(number)}.md`
}

/** Writes one drawn record. Numbers grow with the day of publication, from 2010 on. */
export async function writeDrawnRecord(folder: string, number: number, edition = 0): Promise<void> {
  const published = new Date(Date.UTC(2010, 0, 1 + number)).toISOString().slice(0, 10)
  const file = join(folder, drawnPath(number))
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, drawnRecord(`xw-${String(number)}`, published, number * 100 + edition))
}
