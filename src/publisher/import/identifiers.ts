import { createHash } from 'node:crypto'
import { initials } from '../pinyin.ts'

/** Longest part of an id that comes of the title; longer ones are cut. */
const longestInitials = 60

/**
 * The id of a regulation: pinyin initials of its title and its day,
 * `bdcdjzxtl-20190324`. The same title and day always give the same id, unless
 * another title already has it; then a few characters of the title's hash follow.
 * @param takenBy the title that has an id already, here or in the content folder
 */
export function regulationId(title: string, day: string, takenBy: (id: string) => string | undefined): string {
  const short = title.replace(/^中华人民共和国/u, '')
  const plain = `${initials(short).slice(0, longestInitials) || 'x'}-${day.replace(/-/gu, '')}`
  const owner = takenBy(plain)
  if (owner === undefined || owner === title) return plain
  return `${plain}-${createHash('sha256').update(title).digest('hex').slice(0, 6)}`
}
