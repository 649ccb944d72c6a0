/** Levels of government, from the widest to the narrowest. */
export const levels = ['province', 'city', 'district'] as const
export type Level = (typeof levels)[number]

/**
 * A unit (单位): who publishes. Its id stays through every reform; its names
 * have spans, so that an old document keeps the name of its day.
 */
export interface Unit {
  readonly id: string
  /** Today's name. */
  readonly name: string
  /** Earlier names, each with the last day on which it was used. */
  readonly formerNames?: readonly { readonly name: string; readonly until: string }[]
  readonly level: Level
  /** Administrative division code, GB/T 2260: `450100`. */
  readonly region: string
}

/** The name that a unit bore on a day. */
export function unitNameOn(unit: Unit, day: string): string {
  const former = (unit.formerNames ?? []).filter((f) => day <= f.until).sort((a, b) => (a.until < b.until ? -1 : 1))
  return former[0]?.name ?? unit.name
}
