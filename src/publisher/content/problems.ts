/** Something in the content that must be mended before it can be published. */
export interface Problem {
  /** Path below the content folder, with `/`. */
  readonly file: string
  /** Line in that file, from 1. */
  readonly line: number
  /** The field as editors write it, `申请材料[2].名称`; absent for the body and for whole files. */
  readonly field?: string
  /** What is wrong, a Chinese sentence. */
  readonly message: string
  /** How to mend it, a Chinese sentence. */
  readonly mend: string
}

/** A problem before it is known in which file it stands. */
export type Finding = Omit<Problem, 'file'>

/** Problems in the order in which an editor walks through them: by file, then by line. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.field ?? '', b.field ?? ''),
  )
}

/** One problem as two lines of text: where and what, then how to mend it. */
export function formatProblem(problem: Problem): string {
  const field = problem.field === undefined ? '' : `「${problem.field}」`
  return `${problem.file}:${String(problem.line)}  ${field}${problem.message}\n    怎样改：${problem.mend}`
}

/** Compares by code units: the same order on every machine, unlike localeCompare. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Content was refused; `problems` says why. */
export class ContentError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(`内容有 ${String(problems.length)} 处问题，未生成发布文件。 (${String(problems.length)} problems in the content)`)
    this.name = 'ContentError'
  }
}
