import type { Keeping } from './keeping.ts'

/**
 * Every small value that the box remembers by name, with the check that it is what it
 * should be: what comes from storage may be old or damaged, and then counts as not set.
 */
const checks = {
  /** Division code of the district that the household chose, GB/T 2260. */
  region: (v: unknown): v is string => typeof v === 'string' && /^[0-9]{6}$/.test(v),
  textSize: (v: unknown): v is 'normal' | 'large' => v === 'normal' || v === 'large',
  /** This box's place in the sync period, drawn once: 0 ≤ seed < 1. */
  seed: (v: unknown): v is number => typeof v === 'number' && v >= 0 && v < 1,
  /** Time of the last completed check, ISO 8601 UTC. */
  lastSuccess: (v: unknown): v is string => typeof v === 'string' && !isNaN(Date.parse(v)),
  /** The last timestamp metadata and its HTTP validator, for a conditional request to the same address. */
  poll: (v: unknown): v is Poll => {
    const poll = v as Partial<Poll> | null
    return (
      typeof poll === 'object' &&
      poll !== null &&
      typeof poll.base === 'string' &&
      typeof poll.etag === 'string' &&
      poll.timestamp instanceof Uint8Array
    )
  },
}

/** What a conditional poll needs: which address gave which bytes under which ETag. */
export interface Poll {
  readonly base: string
  readonly etag: string
  readonly timestamp: Uint8Array
}

type Checks = typeof checks
export type ValueName = keyof Checks
export type ValueOf<N extends ValueName> = Checks[N] extends (v: unknown) => v is infer T ? T : never

/** The box's small values. Reading needs no waiting. */
export interface KeptValues {
  /** The value, or undefined when it was never set. */
  get<N extends ValueName>(name: N): ValueOf<N> | undefined
  /** Sets the value at once for `get`; resolves when it is kept. Undefined forgets it. Never rejects: faults are
   * reported by the keeping. */
  set<N extends ValueName>(name: N, value: ValueOf<N> | undefined): Promise<void>
}

const key = 'values'

interface Stored {
  /** Grows by one with each change: where two places differ, the higher one is newer. */
  readonly revision: number
  readonly values: Readonly<Record<string, unknown>>
}

function isStored(v: unknown): v is Stored {
  const stored = v as Partial<Stored> | null
  return (
    typeof stored === 'object' &&
    stored !== null &&
    typeof stored.revision === 'number' &&
    typeof stored.values === 'object' &&
    stored.values !== null
  )
}

/** Reads the small values of this box: all of them together, since they are few. Never rejects. */
export async function openValues(keeping: Keeping): Promise<KeptValues> {
  const found: unknown[] = await keeping.getEverywhere(key).catch(() => [])
  const newest = found.filter(isStored).sort((a, b) => b.revision - a.revision)[0]
  let revision = newest?.revision ?? 0
  const values: Record<string, unknown> = { ...newest?.values }

  return {
    get<N extends ValueName>(name: N) {
      const value = values[name]
      const check: (v: unknown) => boolean = checks[name]
      return check(value) ? (value as ValueOf<N>) : undefined
    },
    async set(name, value) {
      if (value === undefined) delete values[name]
      else values[name] = value
      revision += 1
      await keeping.setEverywhere([[key, { revision, values: { ...values } }]]).catch(() => undefined)
    },
  }
}
