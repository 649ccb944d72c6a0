import { fieldNames, valueNames } from '../names.ts'
import { worldNames } from '../world.ts'

/** The words of one kind of file: what editors write, by the names that the code uses. */
export interface Vocabulary {
  /** Code name of a field → the word in the file. */
  readonly fields: Readonly<Record<string, string>>
  /** Code name of a field → code value → the word in the file. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Front matter of records. */
export const recordVocabulary: Vocabulary = { fields: fieldNames, values: valueNames }

/** feed.yaml and units.yaml. */
export const settingsVocabulary: Vocabulary = {
  fields: {
    id: '编号',
    name: '名称',
    world: '发布环境',
    region: '地区代码',
    roles: '角色',
    role: '角色',
    threshold: '门限',
    units: '发布单位',
    formerNames: '曾用名',
    until: '截止',
    level: '层级',
  },
  values: { world: worldNames, level: { province: '自治区', city: '市', district: '区县' } },
}

/** urgent.yaml. The severities are the colours that warnings have in public. */
export const urgentVocabulary: Vocabulary = {
  fields: {
    notices: '通知',
    recalls: '撤回',
    id: '编号',
    severity: '级别',
    title: '标题',
    text: '内容',
    validFrom: '生效时间',
    validUntil: '失效时间',
    unit: '发布单位',
    reason: '原因',
  },
  values: { severity: { red: '红色', orange: '橙色', yellow: '黄色', blue: '蓝色' } },
}

/** The words that stand for yes and no; YAML's own true and false are read too. */
export const yesNo = { 是: true, 否: false } as const

/**
 * The candidate that the writer most likely meant: at most half of its characters differ.
 * Undefined when none comes near.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Infinity
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate)
    if (distance < least && distance <= Math.max(word.length, candidate.length) / 2) {
      best = candidate
      least = distance
    }
  }
  return best
}

/** Number of characters to insert, delete or replace to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
