import type { Kind } from '../../feed/kinds.ts'
import type { Finding } from './problems.ts'
import type { Place } from './translate.ts'

/**
 * 重大行政决策程序暂行条例 (国务院令第713号) art. 15: a public call for opinions is open
 * for at least 30 days as a rule; a shorter one must say why.
 */
export const leastConsultationDays = 30

/** What is read here of a record that may still be incomplete. */
interface Draft {
  readonly unit?: string
  readonly consultation?: { readonly opensOn?: string; readonly closesOn?: string; readonly shortPeriodReason?: string }
  readonly outcome?: { readonly received?: number; readonly adopted?: number }
  readonly effectiveOn?: string
  readonly expiresOn?: string
  readonly writtenOn?: string
}

/**
 * Rules between the fields of one record, which no field's own form can hold.
 * @param value the translated fields; those that were refused are absent
 * @param file the unit's folder that the file lies in; where its body begins, and whether nothing is there
 */
export function checkRecord(
  kind: Kind,
  value: object,
  places: ReadonlyMap<string, Place>,
  file: { readonly folder: string; readonly bodyLine: number; readonly bodyIsEmpty: boolean },
): Finding[] {
  const draft: Draft = value
  const findings: Finding[] = []
  const at = (path: string, message: string, mend: string): void => {
    const place = places.get(path)
    findings.push({ line: place?.line ?? 2, ...(place ? { field: place.field } : {}), message, mend })
  }
  if (draft.unit !== undefined && draft.unit !== file.folder) {
    at('unit', `是「${draft.unit}」，文件却在「${file.folder}」的文件夹里。`, '改正单位编号，或把文件移到这个单位的文件夹。')
  }
  if ((kind === 'policy' || kind === 'news') && file.bodyIsEmpty) {
    findings.push({ line: file.bodyLine, message: '没有正文。', mend: '在第二行 --- 下面写正文。' })
  }
  if (before(draft.effectiveOn, draft.writtenOn)) {
    at('effectiveOn', '早于成文日期。', '核对两个日期。')
  }
  if (before(draft.expiresOn, draft.effectiveOn)) {
    at('expiresOn', '早于实施日期。', '核对两个日期。')
  }
  consultation(draft, at)
  const { received, adopted } = draft.outcome ?? {}
  if (received !== undefined && adopted !== undefined && adopted > received) {
    at('outcome.adopted', '多于收到意见数。', '核对两个数字。')
  }
  return findings
}

function consultation(draft: Draft, at: (path: string, message: string, mend: string) => void): void {
  const { opensOn, closesOn, shortPeriodReason } = draft.consultation ?? {}
  if (opensOn === undefined || closesOn === undefined) return
  if (closesOn < opensOn) {
    at('consultation.closesOn', `早于开始日期 ${opensOn}。`, '核对两个日期。')
    return
  }
  const days = openDays(opensOn, closesOn)
  if (days < leastConsultationDays && shortPeriodReason === undefined) {
    at(
      'consultation.closesOn',
      `征求意见只有 ${String(days)} 天；《重大行政决策程序暂行条例》第十五条规定一般不少于 30 日。`,
      '延长截止日期，或加「缩短期限理由: …」说明原因。',
    )
  }
}

/** Days on which one can respond, the first and the last included. */
export function openDays(opensOn: string, closesOn: string): number {
  return Math.round((Date.parse(closesOn) - Date.parse(opensOn)) / 86_400_000) + 1
}

const before = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a < b
