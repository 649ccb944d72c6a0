import { createStore, delMany, getMany, keys, setMany, type UseStore } from 'idb-keyval'
import { KeepingFault, type Backend, type FaultReason } from './keeping.ts'

export interface IdbOptions {
  /** Name of the database. */
  readonly name: string
  /** Longest wait for the first answer, ms. Some engines never open the database, and the home screen waits. */
  readonly openTimeout: number
  /** Longest wait for any later call, ms. */
  readonly callTimeout: number
}

class TimedOut extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`)
    Object.setPrototypeOf(this, TimedOut.prototype)
  }
}

/** The promise's result, or a rejection with TimedOut. */
function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimedOut(milliseconds)), milliseconds)
    const settled = () => clearTimeout(timer)
    promise.then(resolve, reject)
    promise.then(settled, settled)
  })
}

/** idb-keyval's store, and a way to close its connection, which idb-keyval has not. */
function connect(name: string): { readonly store: UseStore; close(): void } {
  const use = createStore(name, 'kept')
  let connection: IDBDatabase | undefined
  return {
    store: (mode, callback) =>
      use(mode, (store) => {
        connection = store.transaction.db
        return callback(store)
      }),
    close: () => {
      try {
        connection?.close()
      } catch {
        // It is broken already.
      }
    },
  }
}

/** Whether the engine has IndexedDB at all; where it is forbidden, asking for it may throw. */
function isMissing(): boolean {
  try {
    return typeof indexedDB === 'undefined' || indexedDB === null
  } catch {
    return true
  }
}

/** An engine's own words for an error. */
const wordsOf = (error: unknown): string => (error instanceof Error || error instanceof DOMException ? String(error) : '')

/** What an engine's error means. WebKit rejects a write at quota with null: the error that bubbles has none yet. */
function reasonOf(error: unknown, operation: string): FaultReason {
  if (error instanceof TimedOut) return 'slow'
  if (error === null || error === undefined) return operation === 'write' ? 'full' : 'lost'
  return (error as { name?: unknown }).name === 'QuotaExceededError' ? 'full' : 'lost'
}

/**
 * IndexedDB as a place. A call that fails is tried once more on a new connection:
 * WebKit loses its "Indexed Database server" while the page lives on, and the
 * connection that it lost never works again.
 */
export function idbBackend(options: IdbOptions): Backend {
  let connection = connect(options.name)
  let answered = false

  const call = async <T>(operation: string, work: (store: UseStore) => Promise<T>): Promise<T> => {
    const used = connection
    const once = async () => {
      const result = await within(answered ? options.callTimeout : options.openTimeout, work(connection.store))
      answered = true
      return result
    }
    if (isMissing()) throw new KeepingFault('indexeddb', 'missing', operation)
    try {
      return await once()
    } catch (first) {
      // Calls that fail together share the new connection.
      if (connection === used) {
        used.close()
        connection = connect(options.name)
      }
      const reason = reasonOf(first, operation)
      // What comes without an error, and what is lost, may come right on the new connection.
      if (first && reason !== 'lost') throw new KeepingFault('indexeddb', reason, operation, wordsOf(first))
    }
    try {
      return await once()
    } catch (second) {
      throw new KeepingFault('indexeddb', reasonOf(second, operation), operation, wordsOf(second))
    }
  }

  return {
    place: 'indexeddb',
    getMany: (names) => call('read', (store) => getMany<unknown>([...names], store)),
    setMany: (pairs) => call('write', (store) => setMany(pairs.map(([key, value]) => [key, value]), store)),
    delMany: (names) => call('delete', (store) => delMany([...names], store)),
    keys: () => call('list', (store) => keys<string>(store)),
  }
}
