import { keepBlobs, keptBlobs } from '../../src/tv/store/blobs.ts'
import { readCurrent, writeCurrent } from '../../src/tv/store/current.ts'
import type { Keeping, KeepingFault } from '../../src/tv/store/keeping.ts'
import { openKeeping } from '../../src/tv/store/open.ts'

/** The keeping of the box in a page of its own, to be asked from a test. Everything in and out is JSON. */
const faults: string[] = []
let keeping: Keeping | undefined
let connection: IDBDatabase | undefined
let acknowledged = 0

/** The engine's own, for putting back what a fault replaced. */
const { open } = IDBFactory.prototype
const { put } = IDBObjectStore.prototype

IDBFactory.prototype.open = function (...args) {
  const request = open.apply(this, args)
  request.addEventListener('success', () => {
    connection = request.result
  })
  return request
}
const seen = IDBFactory.prototype.open

const opened = (): Keeping => {
  if (!keeping) throw new Error('open it first')
  return keeping
}

/** What goes wrong with IndexedDB, as engines have been seen to do it. */
const breakages = {
  /** The connection is gone, and the page has not been told. */
  lost: () => connection?.close(),
  /** It is not there. */
  missing: () => Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true }),
  /** The request to open it is never answered. */
  silent: () => {
    IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest
  },
  /** A write aborts, without an error. */
  full: () => {
    IDBObjectStore.prototype.put = function (...args) {
      const request = put.apply(this, args)
      this.transaction.abort()
      return request
    }
  },
  none: () => {
    IDBFactory.prototype.open = seen
    IDBObjectStore.prototype.put = put
  },
}

const page = {
  faults,
  /** The generation whose switch was acknowledged last. */
  get acknowledged() {
    return acknowledged
  },
  fail: (breakage: keyof typeof breakages) => {
    breakages[breakage]()
  },
  /** @param openTimeout ms; long, because an engine that has just started is slow */
  async open(openTimeout = 10_000): Promise<string> {
    const onFault = ({ place, operation, reason }: KeepingFault) => faults.push(`${place} ${operation} ${reason}`)
    keeping = await openKeeping({ name: 'test', openTimeout, callTimeout: 10_000, onFault })
    return keeping.place
  },
  keep: (sha256: string, bytes: readonly number[]) => keepBlobs(opened(), [{ sha256, bytes: Uint8Array.from(bytes) }]),
  read: async (sha256: string) => {
    const [value] = await opened().getMany([`blob:${sha256}`])
    return value instanceof Uint8Array ? Array.from(value) : String(value)
  },
  blobs: async () => [...(await keptBlobs(opened()))].sort(),
  settle: () => opened().settle(),
  lossy: () => opened().lossy,
  switchTo: (generation: number) => {
    const files = new Map([['timestamp.json', Uint8Array.of(generation % 256)]])
    return writeCurrent(opened(), { generation, roles: ['city'], state: 'whole', files })
  },
  /** The generation, and the byte of its metadata, in each place. */
  current: async () => {
    const { kept } = await readCurrent(opened())
    return kept.map(({ generation, files }) => [generation, files.get('timestamp.json')?.[0]])
  },
  /** Goes from edition to edition as a sync does, until the power is cut: its files, the switch, the next. */
  async go(from: number): Promise<void> {
    for (let generation = from; ; generation++) {
      const bytes = new Uint8Array(50_000).fill(generation % 256)
      const blobs = [0, 1, 2, 3].map((n) => ({ sha256: `${String(generation)}-${String(n)}`, bytes }))
      await keepBlobs(opened(), blobs)
      await page.switchTo(generation)
      acknowledged = generation
      const old = await keptBlobs(opened())
      await opened().delMany([...old].filter((sha256) => parseInt(sha256) < generation).map((sha256) => `blob:${sha256}`))
    }
  },
}

declare global {
  interface Window {
    store: typeof page
  }
}

window.store = page
