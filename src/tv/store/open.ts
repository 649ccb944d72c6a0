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
  const open = [
    () => idbBackend({ name, openTimeout, callTimeout }),
    // Asking for localStorage throws where the household or the operator has forbidden it.
    async () => localStorageBackend(localStorage),
  ]
  const backends: Backend[] = []
  for (const place of open) {
    try {
      backends.push(await place())
    } catch (error) {
      onFault(
        error instanceof KeepingFault ? error : new KeepingFault('local-storage', 'missing', 'open', String(error)),
      )
    }
  }
  backends.push(memoryBackend())
  return layered(backends, onFault)
}
