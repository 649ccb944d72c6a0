import { refresh, TufError, type RefreshOptions, type RefreshResult } from '../index.ts'
import { TestRepository, type TestRepositoryOptions } from './repository.ts'

/** What a box keeps of a repository, as a store would: the edition, and beside it what `persist` said. */
export class TestBox {
  /** The files of the last refresh that succeeded. */
  files = new Map<string, Uint8Array>()
  /** What refreshes since then have persisted; null for what must be forgotten. */
  readonly since = new Map<string, Uint8Array | null>()
  now = new Date('2026-01-02T00:00:00Z')

  constructor(
    readonly repository: TestRepository,
    readonly roles: readonly string[] = ['city', 'district-450103'],
    readonly trustedRoot: Uint8Array = repository.trustedRoot,
  ) {}

  /** The edition's files, and over them what was persisted since. */
  get kept(): Map<string, Uint8Array> {
    const kept = new Map(this.files)
    this.since.forEach((bytes, name) => {
      if (bytes) kept.set(name, bytes)
      else kept.delete(name)
    })
    return kept
  }

  async refresh(more: Partial<RefreshOptions> = {}): Promise<RefreshResult> {
    this.repository.requests.length = 0
    const result = await refresh({
      trustedRoot: this.trustedRoot,
      kept: this.kept,
      fetch: this.repository.fetchMetadata,
      now: this.now,
      roles: this.roles,
      persist: (name, bytes) => {
        this.since.set(name, bytes)
      },
      ...more,
    })
    this.files = new Map(result.trusted.files)
    this.since.clear()
    return result
  }

  /** The refusal that a refresh ends with. Any other end is an error of the test. */
  async refusal(more: Partial<RefreshOptions> = {}): Promise<TufError> {
    let result: RefreshResult
    try {
      result = await this.refresh(more)
    } catch (error) {
      if (error instanceof TufError) return error
      throw error
    }
    throw new Error(`refresh succeeded with versions ${JSON.stringify(Array.from(result.trusted.versions))}`)
  }
}

/** An edition of a city and a district, and a box that has it. */
export function seenEdition(options?: TestRepositoryOptions): { repo: TestRepository; box: TestBox } {
  const repo = new TestRepository(options)
  repo.addRole('city')
  repo.addRole('district-450103')
  repo.addGzipTarget('city', 'city/catalog.json.gz', 'city')
  repo.addGzipTarget('district-450103', 'district-450103/catalog.json.gz', 'district')
  repo.publish('targets', 'city', 'district-450103')
  const box = new TestBox(repo)
  box.files = new Map(repo.keptFiles(...box.roles))
  return { repo, box }
}
