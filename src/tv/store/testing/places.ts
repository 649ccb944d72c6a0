import { KeepingFault, type Backend, type FaultReason } from '../keeping.ts'

/** A Storage with a quota in UTF-16 code units, as engines count, for tests in Node. */
export class QuotaStorage implements Storage {
  private readonly values = new Map<string, string>();
  [name: string]: unknown

  constructor(public quota = 5_000_000) {}

  private used(): number {
    return [...this.values].reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  }

  get length(): number {
    return this.values.size
  }
  key(index: number): string | null {
    return [...this.values.keys()][index] ?? null
  }
  getItem(key: string): string | null {
    return this.values.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    const before = this.values.has(key) ? key.length + (this.values.get(key)?.length ?? 0) : 0
    if (this.used() - before + key.length + value.length > this.quota) {
      throw new DOMException('the quota has been exceeded', 'QuotaExceededError')
    }
    this.values.set(key, value)
  }
  removeItem(key: string): void {
    this.values.delete(key)
  }
  clear(): void {
    this.values.clear()
  }
}

/** A backend whose faults a test switches on and off. */
export interface FaultyBackend extends Backend {
  /** While set, every call (or every write) rejects with this reason. */
  fail(reason: FaultReason | null, only?: 'write'): void
}

/** Wraps a backend, under the name of another place. */
export function faulty(backend: Backend, place: Backend['place'] = backend.place): FaultyBackend {
  let failing: { reason: FaultReason; only?: 'write' | undefined } | null = null
  const guard = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    if (failing && (failing.only === undefined || failing.only === operation)) {
      throw new KeepingFault(place, failing.reason, operation)
    }
    return work()
  }
  return {
    place,
    fail(reason, only) {
      failing = reason === null ? null : { reason, only }
    },
    getMany: (keys) => guard('read', () => backend.getMany(keys)),
    setMany: (pairs, vital) => guard('write', () => backend.setMany(pairs, vital)),
    delMany: (keys) => guard('delete', () => backend.delMany(keys)),
    keys: () => guard('list', () => backend.keys()),
  }
}
