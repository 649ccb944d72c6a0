import type { Validity } from '../../feed/records/policy.ts'
import { compare } from '../content/problems.ts'
import { dayPattern, parseDay } from './dates.ts'

/** What must be known of a regulation to see which other ones it stands beside. */
export interface Version {
  readonly id: string
  readonly title: string
  /** 发布日期 of this version. */
  readonly published: string
  readonly effectiveOn?: string
  /** Days of issue, approval and revision. */
  readonly days: readonly string[]
  /** The text, in which other regulations may be repealed. */
  readonly text: string
}

/** A regulation's 效力状态 and its links to those before and after it. */
export interface Standing {
  readonly validity: Validity
  readonly supersededBy?: string
  readonly supersedes: readonly string[]
}

/**
 * Works out how regulations stand to each other. Of several with one title the
 * newest is in force (or not yet), and each older one was amended into the next.
 * One that another names as 同时废止 is repealed: by its title and, where the
 * sentence gives days, by one of its own days, so that an older regulation of the
 * same title is not taken for it. Nothing is inferred beyond that.
 * @param today decides between 有效 and 尚未生效
 */
export function standings(versions: readonly Version[], today: string): Map<string, Standing> {
  const sorted = [...versions].sort((a, b) => compare(a.published, b.published) || compare(a.id, b.id))
  const next = new Map<string, Version>()
  const lastOfTitle = new Map<string, Version>()
  for (const version of sorted) {
    const before = lastOfTitle.get(bareTitle(version.title))
    if (before) next.set(before.id, version)
    lastOfTitle.set(bareTitle(version.title), version)
  }
  const repealedBy = findRepeals(sorted)
  const inForce = (version: Version): boolean => version.effectiveOn === undefined || version.effectiveOn <= today

  const result = new Map<string, Standing>()
  for (const version of sorted) {
    const newer = next.get(version.id)
    const repealing = repealedBy.get(version.id)
    const successor = newer ?? repealing
    const changed = successor !== undefined && inForce(successor)
    const validity = !changed ? (inForce(version) ? 'in-force' : 'not-yet') : newer ? 'amended' : 'repealed'
    const supersedes = sorted.filter((old) => (next.get(old.id) ?? repealedBy.get(old.id)) === version)
    result.set(version.id, {
      validity,
      ...(successor ? { supersededBy: successor.id } : {}),
      supersedes: supersedes.map((old) => old.id),
    })
  }
  return result
}

/** A title without the state's name, which other texts may or may not put before it. */
const bareTitle = (title: string): string => title.replace(/\s/gu, '').replace(/^中华人民共和国/u, '')

/** Which version repeals which, by the id of the repealed one. The newest that says so counts. */
function findRepeals(sorted: readonly Version[]): Map<string, Version> {
  const found = new Map<string, Version>()
  for (const version of sorted) {
    for (const { title, days } of repealsIn(version.text)) {
      for (const old of sorted) {
        if (bareTitle(old.title) !== bareTitle(title) || old.published >= version.published) continue
        // A text that repeals an earlier one of its own title says which by its day.
        const meant =
          days.length > 0 ? days.some((day) => old.days.includes(day)) : bareTitle(version.title) !== bareTitle(title)
        if (meant) found.set(old.id, version)
      }
    }
  }
  return found
}

/** The regulations that a text says are repealed, with the days by which it names them. */
export function repealsIn(text: string): { title: string; days: string[] }[] {
  const sentences = text.split(/[。\n]/u).filter((sentence) => sentence.includes('同时废止'))
  return sentences.flatMap((sentence) =>
    [...sentence.matchAll(/([^《》]*)《([^》]+)》/gu)].map(([, before = '', title = '']) => ({
      title,
      days: [...before.matchAll(new RegExp(dayPattern, 'gu'))].flatMap(([day]) => parseDay(day) ?? []),
    })),
  )
}
