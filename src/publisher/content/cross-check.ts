import { commonRoles } from '../../feed/layout.ts'
import type { Kind } from '../../feed/kinds.ts'
import { valueNames } from '../names.ts'
import type { Link } from './links.ts'
import { nearest } from './vocabulary.ts'
import type { Problem } from './problems.ts'
import type { Place } from './translate.ts'

/** What is read here of a record file, also of one with problems. */
export interface Linked {
  readonly file: string
  readonly role: string
  readonly id: string | undefined
  readonly kind: Kind | undefined
  readonly links: readonly Link[]
  readonly places: ReadonlyMap<string, Place>
}

/** What only shows across files: ids used twice, links that lead nowhere, laws that replace each other in a ring. */
export function checkAcross(files: readonly Linked[]): Problem[] {
  const byId = new Map<string, Linked>()
  const problems: Problem[] = []
  for (const file of files) {
    if (file.id === undefined) continue
    const first = byId.get(file.id)
    if (!first) {
      byId.set(file.id, file)
      continue
    }
    problems.push({
      ...where(file, 'id'),
      message: `编号「${file.id}」已经用在 ${first.file}。`,
      mend: '换一个编号；已经发布过的那一条保持不变。',
    })
  }
  for (const file of files) {
    for (const link of file.links) {
      const fault = followLink(file, link, byId)
      if (fault) problems.push({ ...where(file, link.path), ...fault })
    }
  }
  return [...problems, ...rings(byId)]
}

function where(file: Linked, path: string): Pick<Problem, 'file' | 'line' | 'field'> {
  const place = file.places.get(path)
  return { file: file.file, line: place?.line ?? 1, ...(place ? { field: place.field } : {}) }
}

function followLink(
  from: Linked,
  link: Link,
  byId: ReadonlyMap<string, Linked>,
): Pick<Problem, 'message' | 'mend'> | null {
  const target = byId.get(link.to)
  if (!target) {
    const near = nearest(link.to, [...byId.keys()].filter((id) => id[0] === link.to[0]))
    return {
      message: `没有编号为「${link.to}」的记录。`,
      mend: near === undefined ? '改正编号，或先写好那一条记录。' : `是否想写「${near}」？否则改正编号，或先写好那一条记录。`,
    }
  }
  if (target === from) return { message: '指向了记录自己。', mend: '改成另一条记录的编号，或删去。' }
  if (link.kind && target.kind && target.kind !== link.kind) {
    const names = valueNames.kind
    return {
      message: `「${link.to}」是${names[target.kind]}，这里只能写${names[link.kind]}。`,
      mend: `改成${names[link.kind]}记录的编号；其他记录写在「相关记录」。`,
    }
  }
  if (!reaches(from.role, target.role)) {
    return {
      message: `「${link.to}」由「${target.role}」发布，看到本条的机顶盒不一定收到它。`,
      mend: '只链接自治区、本市或本区县的记录。',
    }
  }
  return null
}

/** Whether every box that follows the one role follows the other too. */
const reaches = (from: string, to: string): boolean =>
  from === to || from === '' || to === '' || commonRoles.some((role) => role === to)

/** A chain of 被替代为 that comes back to where it began would leave a reader nowhere. */
function rings(byId: ReadonlyMap<string, Linked>): Problem[] {
  const next = (id: string): string | undefined =>
    byId.get(id)?.links.find((link) => link.path === 'supersededBy')?.to
  const problems: Problem[] = []
  const settled = new Set<string>()
  for (const start of byId.keys()) {
    const chain: string[] = []
    let at: string | undefined = start
    while (at !== undefined && !settled.has(at) && !chain.includes(at)) {
      chain.push(at)
      at = next(at)
    }
    chain.forEach((id) => settled.add(id))
    const from = at === undefined ? -1 : chain.indexOf(at)
    const ring = from < 0 ? [] : chain.slice(from)
    const file = byId.get(ring[ring.length - 1] ?? '')
    // A record that replaces itself has been reported as a link.
    if (!file || ring.length < 2) continue
    problems.push({
      ...where(file, 'supersededBy'),
      message: `几条记录互相替代：${ring.join(' → ')}。`,
      mend: '旧的指向新的，最新的一条不写「被替代为」。',
    })
  }
  return problems
}
