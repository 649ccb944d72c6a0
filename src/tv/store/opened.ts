import type { Rec } from '../../feed/records/index.ts'

type Records = readonly Rec[]

/** Packs that were opened a moment ago, so that reading on in one costs nothing. The least recently used goes first. */
export interface OpenedPacks {
  get(sha256: string): Records | undefined
  /** @param bytes length of the inflated pack, which stands for what it takes in memory */
  put(sha256: string, records: Records, bytes: number): void
}

/** @param limit bytes of inflated packs; the newest one stays even when it is larger */
export function openedPacks(limit: number): OpenedPacks {
  // A Map goes through its keys in the order in which they were put.
  const packs = new Map<string, { readonly records: Records; readonly bytes: number }>()
  let total = 0
  return {
    get(sha256) {
      const pack = packs.get(sha256)
      if (!pack) return undefined
      packs.delete(sha256)
      packs.set(sha256, pack)
      return pack.records
    },
    put(sha256, records, bytes) {
      total += bytes - (packs.get(sha256)?.bytes ?? 0)
      packs.delete(sha256)
      packs.set(sha256, { records, bytes })
      for (const [oldest, pack] of packs) {
        if (total <= limit || oldest === sha256) break
        packs.delete(oldest)
        total -= pack.bytes
      }
    },
  }
}
