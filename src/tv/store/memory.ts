import { KeepingFault, type Backend } from './keeping.ts'

/** Most that memory keeps, bytes: a box has little, and the app needs it too. */
export const memoryLimit = 8_000_000

/** Bytes that a value takes, roughly. */
function sizeOf(value: unknown): number {
  let bytes = 0
  const text = JSON.stringify(value, (_, v: unknown) => {
    if (!(v instanceof Uint8Array)) return v
    bytes += v.length
    return 0
  })
  return bytes + (text ?? '').length
}

/** The last resort: keeps until the page closes. */
export function memoryBackend(limit = memoryLimit): Backend {
  const values = new Map<string, unknown>()
  const sizes = new Map<string, number>()
  let used = 0
  const drop = (key: string) => {
    used -= sizes.get(key) ?? 0
    sizes.delete(key)
    values.delete(key)
  }
  return {
    place: 'memory',
    getMany: async (keys) => keys.map((key) => values.get(key)),
    setMany: async (pairs, vital) => {
      const more = pairs.reduce((sum, [key, value]) => sum + sizeOf(value) - (sizes.get(key) ?? 0), 0)
      if (!vital && used + more > limit) throw new KeepingFault('memory', 'full', 'write')
      for (const [key, value] of pairs) {
        drop(key)
        values.set(key, value)
        sizes.set(key, sizeOf(value))
        used += sizeOf(value)
      }
    },
    delMany: async (keys) => keys.forEach(drop),
    keys: async () => [...values.keys()],
  }
}
