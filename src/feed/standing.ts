import type { Entry } from './catalogue.ts'

/**
 * How a record stands on a given day: what a list and a page must say beside its
 * title, so that nobody follows a rule that no longer holds or misses a deadline.
 */
export type Standing =
  | { readonly kind: 'none' }
  /** Policies. */
  | { readonly kind: 'in-force' | 'not-yet' | 'amended' | 'repealed' | 'expired' }
  /** A consultation that takes responses; `daysLeft` counts today: 1 means today is the last day. */
  | { readonly kind: 'open'; readonly daysLeft: number }
  | { readonly kind: 'opens-later'; readonly opensOn: string }
  /** The consultation is over, the decision is not yet. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'decided' }
  | { readonly kind: 'under-way' }

/** Whole days from one day to another, `YYYY-MM-DD`; negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/**
 * The standing of an entry on a day, `YYYY-MM-DD`. The days decide before the word
 * that was printed once: a policy marked 有效 whose 失效日期 has passed is not in force.
 */
export function standingOf(entry: Entry, today: string): Standing {
  if (entry.kind === 'policy') return { kind: policyStanding(entry, today) }
  if (entry.kind === 'decision') return decisionStanding(entry, today)
  return { kind: 'none' }
}

function policyStanding(entry: Entry, today: string): 'in-force' | 'not-yet' | 'amended' | 'repealed' | 'expired' {
  if (entry.validity === 'repealed' || entry.validity === 'amended') return entry.validity
  if (entry.expiresOn !== undefined && entry.expiresOn < today) return 'expired'
  if (entry.validity === 'expired') return 'expired'
  if (entry.effectiveOn !== undefined) return entry.effectiveOn > today ? 'not-yet' : 'in-force'
  return entry.validity ?? 'in-force'
}

function decisionStanding(entry: Entry, today: string): Standing {
  if (entry.stage === 'publication') return { kind: 'decided' }
  const { opensOn, closesOn } = entry
  if (opensOn === undefined || closesOn === undefined) return { kind: 'under-way' }
  if (today < opensOn) return { kind: 'opens-later', opensOn }
  if (today <= closesOn) return { kind: 'open', daysLeft: daysBetween(today, closesOn) + 1 }
  return { kind: 'closed' }
}

/** The day in the region's time (UTC+8 all over China) at an instant. */
export function dayInChina(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}
