import { TufError } from './errors.ts'
import { asTufError, keptRoots, runInSteps } from './kept.ts'
import type { Authority, Delegation, Envelope, FileMeta, Root, Snapshot, Targets, Timestamp } from './metadata.ts'
import { rulesOf, type Rules } from './rules.ts'
import { searchTarget } from './search.ts'
import { localName, rootName, trustedMetadata } from './trusted.ts'
import type { TargetFile, TrustedMetadata, UpdaterOptions } from './types.ts'
import {
  acceptSnapshot,
  acceptTargets,
  checkExpiry,
  checkTimestampRollback,
  lengthToFetch,
  metaOf,
  onlineKeysRotated,
  openNextRoot,
  openSnapshot,
  openTimestamp,
} from './workflow.ts'

/** The top-level metadata of one refresh. */
interface TopLevel {
  readonly roots: readonly Envelope<Root>[]
  readonly timestamp: Envelope<Timestamp>
  readonly snapshot: Envelope<Snapshot>
  readonly targets: Envelope<Targets>
}

/** What was trusted before this run, and keeps older files out. */
interface Baseline {
  readonly timestamp?: Envelope<Timestamp> | undefined
  readonly snapshot?: Envelope<Snapshot> | undefined
}

/**
 * One run of the client workflow (TUF 5): `refresh` once, then `follow` and `findTarget` as
 * often as needed. Every file is handed to `persist` as it is accepted.
 *
 * All methods reject with `TufError` for what may not be believed, and with the error of
 * `fetch` when the server cannot be reached.
 */
export class Updater {
  /** Kept files that could not be believed and were passed over. */
  readonly refused: TufError[] = []
  private readonly rules: Rules
  private readonly kept: Map<string, Uint8Array>
  private before: Baseline = {}
  private top: TopLevel | undefined
  /** By the delegation whose word was taken: another delegator of the same role verifies anew. */
  private readonly loaded = new Map<Authority, Envelope<Targets>>()
  /** Metadata that this run has fetched, so that a second delegator fetches nothing. */
  private readonly fetched = new Map<string, Uint8Array>()
  private readonly followed = new Map<Delegation, Envelope<Targets>>()
  private readonly absent: string[] = []

  constructor(private readonly options: UpdaterOptions) {
    // 5.1: the time stands still for the whole run.
    this.rules = rulesOf(options, options.now)
    this.kept = new Map(options.kept)
  }

  /** TUF 5.2 to 5.6.6: root, timestamp, snapshot, targets. */
  async refresh(): Promise<void> {
    const roots = await this.updateRoot()
    const root = roots[roots.length - 1]!.signed
    const timestamp = await this.updateTimestamp(root)
    const snapshot = await this.updateSnapshot(root, timestamp.signed)
    const targets = await this.load(root.authorities.targets, root, snapshot.signed)
    this.top = { roots, timestamp, snapshot, targets }
  }

  /**
   * Loads a role by the word of the top-level targets role.
   * @returns false when there is no such delegation, or no such role published yet
   */
  async follow(role: string): Promise<boolean> {
    const { targets, snapshot } = this.current()
    const delegation = targets.signed.delegations.find((d) => d.role === role)
    if (!delegation || !metaOf(snapshot.signed, role)) {
      this.absent.push(role)
      return false
    }
    this.followed.set(delegation, await this.loadDelegated(delegation))
    return true
  }

  /** TUF 5.6.7: looks for a target, loading metadata of delegated roles as the search comes to them. */
  async findTarget(path: string): Promise<TargetFile | undefined> {
    const { targets } = this.current()
    for (;;) {
      const result = searchTarget(
        path,
        targets.signed,
        (delegation) => this.loaded.get(delegation)?.signed,
        this.rules.limits.delegations,
      )
      if ('found' in result) return result.found
      if ('absent' in result) return undefined
      await this.loadDelegated(result.load)
    }
  }

  /** What has been refreshed and followed. */
  trusted(): TrustedMetadata {
    const { followed, absent, refused } = this
    const maxDelegations = this.rules.limits.delegations
    return trustedMetadata({ ...this.current(), followed, absent, refused, maxDelegations })
  }

  private current(): TopLevel {
    if (!this.top) throw new Error('refresh has not succeeded yet')
    return this.top
  }

  /** TUF 5.2 and 5.3; and what was trusted `before`, by the root of before. */
  private async updateRoot(): Promise<readonly Envelope<Root>[]> {
    const { rules, kept, refused } = this
    const roots = await runInSteps(keptRoots(this.options.trustedRoot, kept, rules, refused), this.pause)
    let root = roots[roots.length - 1]!
    this.before = {
      timestamp: await this.openKept('timestamp', root.signed, openTimestamp),
      snapshot: await this.openKept('snapshot', root.signed, openSnapshot),
    }

    for (let n = 0; n < rules.limits.rootRotations; n++) {
      // 5.3.3: no next version is the ordinary end.
      const name = rootName(root.signed.version + 1)
      const bytes = await this.fetch(name, rules.limits.rootLength, 'root', '5.3.3')
      if (!bytes) break
      await this.pause()
      const next = openNextRoot(bytes, root, rules)
      // 5.3.11, for each step of the chain and before the new root is persisted (5.3.8): whatever
      // breaks off in between, a rotation is not overlooked the next time.
      if (onlineKeysRotated(root.signed, next.signed)) await this.forget()
      root = next
      roots.push(root)
      await this.persist(name, bytes)
    }
    checkExpiry(root, '5.3.10', rules)
    return roots
  }

  /** A kept file, when it is signed as it should be. */
  private async openKept<T>(
    role: string,
    root: Root,
    open: (bytes: Uint8Array, root: Root, rules: Rules) => Envelope<T>,
  ): Promise<Envelope<T> | undefined> {
    const bytes = this.kept.get(localName(role))
    if (!bytes) return undefined
    await this.pause()
    try {
      return open(bytes, root, this.rules)
    } catch (error) {
      this.refused.push(asTufError(error))
      return undefined
    }
  }

  /** TUF 5.3.11: recovers from a fast-forward attack. */
  private async forget(): Promise<void> {
    this.before = {}
    for (const role of ['timestamp', 'snapshot']) {
      if (this.kept.delete(localName(role))) await this.persist(localName(role), null)
    }
  }

  /** TUF 5.4. */
  private async updateTimestamp(root: Root): Promise<Envelope<Timestamp>> {
    const { rules, before } = this
    const name = localName('timestamp')
    const bytes = await this.fetch(name, rules.limits.timestampLength, 'timestamp', '5.4.1')
    if (!bytes) throw new TufError('missing', 'timestamp', '5.4.1', 'the server has none')
    await this.pause()
    const next = openTimestamp(bytes, root, rules)
    checkTimestampRollback(next.signed, before.timestamp?.signed, before.snapshot?.signed)
    if (before.timestamp && next.signed.version === before.timestamp.signed.version) {
      // 5.4.3.1: the same version changes nothing, so the trusted file stays …
      const same = await this.openKept('timestamp', root, openTimestamp)
      if (same) {
        checkExpiry(same, '5.4.4', rules)
        return same
      }
      // … unless this root wants more signatures than the kept file has.
    }
    checkExpiry(next, '5.4.4', rules)
    await this.persist(name, bytes)
    return next
  }

  /** TUF 5.5. */
  private async updateSnapshot(root: Root, timestamp: Timestamp): Promise<Envelope<Snapshot>> {
    const { rules } = this
    const meta = timestamp.snapshot
    const known = this.before.snapshot
    if (known && known.signed.version === meta.version) {
      await this.pause()
      try {
        return acceptSnapshot(known.bytes, root, timestamp, undefined, rules)
      } catch (error) {
        this.refused.push(asTufError(error))
      }
    }
    const bytes = await this.fetchVersion('snapshot', meta, root, rules.limits.snapshotLength, '5.5.1')
    await this.pause()
    const next = acceptSnapshot(bytes, root, timestamp, known?.signed, rules)
    await this.persist(localName('snapshot'), bytes)
    return next
  }

  private loadDelegated(delegation: Delegation): Promise<Envelope<Targets>> {
    const { roots, snapshot } = this.current()
    return this.load(delegation, roots[roots.length - 1]!.signed, snapshot.signed)
  }

  /**
   * TUF 5.6.1 to 5.6.6, for the targets role or a delegated one.
   * @param authority the word of the delegator through whom this run came to the role
   */
  private async load(authority: Authority, root: Root, snapshot: Snapshot): Promise<Envelope<Targets>> {
    const { role } = authority
    const loaded = this.loaded.get(authority)
    if (loaded) return loaded
    const meta = metaOf(snapshot, role)
    if (!meta) throw new TufError('missing', role, '5.6.1', 'not listed by the snapshot')
    const fetched = this.fetched.get(role)
    if (fetched) return this.take(fetched, authority, meta)

    const kept = this.kept.get(localName(role))
    // Where the snapshot of before is trusted, it tells whether the kept file is the announced version.
    if (kept && (!this.before.snapshot || metaOf(this.before.snapshot.signed, role)?.version === meta.version)) {
      try {
        return await this.take(kept, authority, meta)
      } catch (error) {
        const refusal = asTufError(error)
        if (this.before.snapshot) this.refused.push(refusal)
      }
    }
    const bytes = await this.fetchVersion(role, meta, root, this.rules.limits.targetsLength, '5.6.1')
    this.fetched.set(role, bytes)
    return this.take(bytes, authority, meta)
  }

  /** Verifies metadata of a targets role, and keeps it. */
  private async take(bytes: Uint8Array, authority: Authority, meta: FileMeta): Promise<Envelope<Targets>> {
    await this.pause()
    const file = acceptTargets(bytes, authority, meta, this.rules)
    this.loaded.set(authority, file)
    const name = localName(authority.role)
    if (this.kept.get(name) !== bytes) {
      this.kept.set(name, bytes)
      await this.persist(name, bytes)
    }
    return file
  }

  /** Fetches a file whose version is announced; its name carries it in a consistent snapshot (TUF 6.2). */
  private async fetchVersion(
    role: string,
    meta: FileMeta,
    root: Root,
    limit: number,
    clause: string,
  ): Promise<Uint8Array> {
    const name = root.consistentSnapshot ? `${meta.version}.${localName(role)}` : localName(role)
    const bytes = await this.fetch(name, lengthToFetch(meta, limit), role, clause)
    if (!bytes) throw new TufError('missing', role, clause, `the server has no ${name}`)
    return bytes
  }

  private async fetch(name: string, maxLength: number, role: string, clause: string): Promise<Uint8Array | null> {
    const bytes = await this.options.fetch(name, maxLength)
    if (bytes && bytes.length > maxLength) {
      throw new TufError('length', role, clause, `${name} is longer than ${maxLength} bytes`)
    }
    return bytes
  }

  private async persist(name: string, bytes: Uint8Array | null): Promise<void> {
    await this.options.persist?.(name, bytes)
  }

  private readonly pause = async (): Promise<void> => {
    await this.options.pause?.()
  }
}
