import { KeepingFault, type Backend, type Keeping, type Pair, type Place } from './keeping.ts'

/** A place that broke this often without answering in between is given up until the next start. */
const mostStrikes = 2

/**
 * Several places as one. A write goes to the best place that takes it; a read asks
 * all of them. A place that broke is left alone until `settle`, which every sync calls.
 * @param backends best first; the last, memory, holds what no other takes
 * @param onFault told of every fault, once for each place until it is tried again
 * @param slow places that did not answer at start, and are to be tried again
 */
export function layered(
  backends: readonly Backend[],
  onFault: (fault: KeepingFault) => void,
  slow: readonly Backend[] = [],
): Keeping {
  const broken = new Set<Backend>(slow)
  const strikes = new Map<Backend, number>(slow.map((backend) => [backend, 1]))
  /** The fewest bytes for which a place had no room: so many are not tried again until something is deleted. */
  const full = new Map<Backend, number>()
  /** Keys whose only copy is in memory, and whether they are vital. */
  const held = new Map<string, boolean>()

  /** The result, or null when the place is broken, or full for this many bytes. */
  const attempt = async <T>(backend: Backend, work: () => Promise<T>, bytes = 0) => {
    try {
      const value = await work()
      strikes.delete(backend)
      return { value }
    } catch (error) {
      if (!(error instanceof KeepingFault)) throw error
      const isFull = error.reason === 'full'
      if (!(isFull ? full : broken).has(backend)) onFault(error)
      if (isFull) full.set(backend, Math.min(bytes, full.get(backend) ?? Infinity))
      else if (!broken.has(backend)) {
        strikes.set(backend, (strikes.get(backend) ?? 0) + 1)
        broken.add(backend)
      }
      return null
    }
  }

  /** Broken, but to be tried again: what it holds still counts. */
  const isAway = (backend: Backend) => broken.has(backend) && (strikes.get(backend) ?? 0) < mostStrikes

  /** Reads of one place; null when it is broken. */
  const read = (backend: Backend, keys: readonly string[]) =>
    broken.has(backend) ? Promise.resolve(null) : attempt(backend, () => backend.getMany(keys))

  const nowhere = () => new KeepingFault(backends[0]?.place ?? 'memory', 'lost', 'read', 'and no other place has it')

  const noteHeld = async (place: Place, pairs: readonly Pair[], vital: boolean) => {
    if (place === 'memory') pairs.forEach(([key]) => held.set(key, vital))
    else {
      const stale = pairs.map(([key]) => key).filter((key) => held.delete(key))
      const memory = backends.find((b) => b.place === 'memory')
      if (memory && stale.length > 0) await memory.delMany(stale)
    }
  }

  const write = async (pairs: readonly Pair[], vital: boolean, places = backends): Promise<Place> => {
    const bytes = bytesIn(pairs)
    for (const backend of places) {
      // What is full for bulk may still have the room that is held back for the vital.
      if (broken.has(backend) || (!vital && bytes >= (full.get(backend) ?? Infinity))) continue
      if (!(await attempt(backend, () => backend.setMany(pairs, vital), bytes))) continue
      await noteHeld(backend.place, pairs, vital)
      return backend.place
    }
    throw new KeepingFault(backends[backends.length - 1]?.place ?? 'memory', 'full', 'write')
  }

  const keeping: Keeping = {
    get place() {
      return backends.find((b) => !broken.has(b))?.place ?? 'memory'
    },

    get lossy() {
      return held.size > 0
    },

    async getMany(keys) {
      const found: unknown[] = keys.map(() => undefined)
      let failed = false
      for (const backend of backends) {
        const wanted = keys.map((_, i) => i).filter((i) => found[i] === undefined)
        if (wanted.length === 0) break
        const answer = await read(backend, wanted.map((i) => keys[i] ?? ''))
        failed = failed || answer === null
        answer?.value.forEach((value, n) => (found[wanted[n] ?? -1] = value))
      }
      if (failed && found.indexOf(undefined) >= 0) throw nowhere()
      return found
    },

    async getEverywhere(key) {
      const answers = []
      for (const backend of backends) answers.push(await read(backend, [key]))
      const values = answers.map((answer) => answer?.value[0]).filter((value) => value !== undefined)
      if (values.length === 0 && answers.indexOf(null) >= 0) throw nowhere()
      return values
    },

    setMany: (pairs) => write(pairs, false),

    async setEverywhere(pairs) {
      const place = await write(pairs, true)
      for (const backend of backends) {
        if (backend.place === place || backend.place === 'memory' || broken.has(backend)) continue
        await attempt(backend, () => backend.setMany(pairs, true), bytesIn(pairs))
      }
      return place
    },

    async delMany(keys) {
      keys.forEach((key) => held.delete(key))
      for (const backend of backends) {
        if (!broken.has(backend)) await attempt(backend, () => backend.delMany(keys))
      }
      full.clear()
    },

    async keys() {
      const all = new Set<string>()
      for (const backend of backends) {
        const answer = broken.has(backend) ? null : await attempt(backend, () => backend.keys())
        if (isAway(backend)) throw new KeepingFault(backend.place, 'lost', 'list')
        answer?.value.forEach((key) => all.add(key))
      }
      return [...all]
    },

    async settle() {
      backends.filter(isAway).forEach((backend) => broken.delete(backend))
      full.clear()
      const memory = backends.find((b) => b.place === 'memory')
      const lasting = backends.filter((b) => b.place !== 'memory')
      if (!memory || lasting.length === 0) return
      // One by one, for once: how much room there is shows only by trying.
      for (const [key, vital] of [...held]) {
        const [value] = await memory.getMany([key])
        if (value !== undefined) await write([[key, value]], vital, lasting).catch(() => undefined)
      }
    },
  }
  return keeping
}

const bytesIn = (pairs: readonly Pair[]): number =>
  pairs.reduce((sum, [, value]) => sum + (value instanceof Uint8Array ? value.length : 0), 0)
