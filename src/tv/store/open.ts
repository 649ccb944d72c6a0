import { currentKey } from './current.ts'
import { idbBackend } from './idb.ts'
import { KeepingFault, type Backend, type Keeping } from './keeping.ts'
import { layered } from './layers.ts'
import { localStorageBackend } from './local-storage.ts'
import { memoryBackend } from './memory.ts'

export interface OpenKeepingOptions {
  /** Name of the database. */
  readonly name?: string
  /** For the operator's log. Also called for places that are missing at start. */
  readonly onFault?: (fault: KeepingFault) => void
  /** Longest wait for IndexedDB to open, ms. */
  readonly openTimeout?: number
  /** Longest wait for one call of IndexedDB, ms. */
  readonly callTimeout?: number
}

/**
 * Chooses the places of this box: IndexedDB, then localStorage, then memory, leaving
 * out what does not answer. Never rejects: memory is always there.
 */
export async function openKeeping(options: OpenKeepingOptions = {}): Promise<Keeping> {
  const onFault = options.onFault ?? (() => undefined)
  const { name = 'tv-gov-info', openTimeout = 4_000, callTimeout = 20_000 } = options

  const local = await orFault(async () => localStorageBackend(localStorage))
  if (local instanceof KeepingFault) onFault(local)
  const lasting: Backend[] = local instanceof KeepingFault ? [] : [local]

  const idb = idbBackend({ name, openTimeout, callTimeout })
  const answer = await orFault(() => idb.getMany(['probe']))
  if (!(answer instanceof KeepingFault)) return layered([idb, ...lasting, memoryBackend()], onFault)
  onFault(answer)

  // Where it has worked before (a copy of the current edition lies in localStorage), most of the
  // edition is in there, and it is tried again; where it never has, nothing is waited for.
  const hasWorked = lasting.length > 0 && (await hasCurrent(lasting))
  if (answer.reason === 'missing' || !hasWorked) return layered([...lasting, memoryBackend()], onFault)
  return layered([idb, ...lasting, memoryBackend()], onFault, [idb])
}

async function hasCurrent(backends: readonly Backend[]): Promise<boolean> {
  const answers = await orFault(() => Promise.all(backends.map((backend) => backend.getMany([currentKey]))))
  return !(answers instanceof KeepingFault) && answers.some(([value]) => value !== undefined)
}

/** The result, or the fault; whatever else is thrown, such as by a forbidden localStorage, is a missing place. */
async function orFault<T>(work: () => Promise<T>): Promise<T | KeepingFault> {
  try {
    return await work()
  } catch (error) {
    return error instanceof KeepingFault ? error : new KeepingFault('local-storage', 'missing', 'open', String(error))
  }
}
