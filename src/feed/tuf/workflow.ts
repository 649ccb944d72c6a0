import {
  acceptSnapshot,
  acceptTargets,
  checkExpiry,
  checkTimestampRollback,
  metaOf,
  onlineKeysRotated,
  openNextRoot,
  openSnapshot,
  openTimestamp,
  openTrustedRoot,
} from './checks.ts'
import { TufError } from './errors.ts'
import type { Authority, Delegation, Envelope, FileMeta, Root, Snapshot, Targets, Timestamp } from './metadata.ts'
import type { Rules } from './rules.ts'
import { searchTarget } from './search.ts'
import { localName, rootName, trustedMetadata } from './trusted.ts'
import type { MetadataFiles, TargetFile, TrustedMetadata } from './types.ts'

/** Asks for a file's bytes, or null when there is none. */
export interface FetchStep {
  readonly fetch: string
  readonly maxLength: number
  /** The name under which it would be kept, if at all. */
  readonly local?: string
}

/** What a run of the workflow asks of whoever runs it. */
export type Step =
  | FetchStep
  /** To keep a file; null: to forget it. */
  | { readonly persist: string; readonly bytes: Uint8Array | null }
  /** Nothing: a file is going to be verified, which takes a moment. */
  | 'pause'

/** A run, step by step: the same for the network and for kept files, at once or in slices. */
export type Run<T> = Generator<Step, T, Uint8Array | null | void>

/** The top-level metadata of one refresh. */
interface TopLevel {
  /** The shipped root, and the chain that leads away from it. */
  readonly roots: readonly Envelope<Root>[]
  readonly root: Root
  readonly timestamp: Envelope<Timestamp>
  readonly snapshot: Envelope<Snapshot>
  readonly targets: Envelope<Targets>
}

/**
 * The client workflow (TUF 5). `refresh` once, then `follow` and `findTarget` as often as
 * needed. All throw TufError for what may not be believed.
 */
export class Workflow {
  /** Kept files that could not be believed and were passed over. */
  readonly refused: TufError[] = []
  private readonly kept: Map<string, Uint8Array>
  /** What was trusted before, and keeps older files out. */
  private before: { timestamp?: Envelope<Timestamp> | undefined; snapshot?: Envelope<Snapshot> | undefined } = {}
  private top: TopLevel | undefined
  /** By the delegation whose word was taken: another delegator of the same role verifies anew. */
  private readonly loaded = new Map<Authority, Envelope<Targets>>()
  /** Metadata that this run has fetched, so that a second delegator fetches nothing. */
  private readonly fetched = new Map<string, Uint8Array>()
  private readonly followed = new Map<Delegation, Envelope<Targets>>()
  private readonly absent: string[] = []

  constructor(
    private readonly trustedRoot: Uint8Array,
    kept: MetadataFiles,
    private readonly rules: Rules,
  ) {
    this.kept = new Map(kept)
  }

  /** TUF 5.2 to 5.6.6: root, timestamp, snapshot, targets. */
  *refresh(): Run<void> {
    const roots = yield* this.updateRoot()
    const root = roots[roots.length - 1]!.signed
    const timestamp = yield* this.updateTimestamp(root)
    const snapshot = yield* this.updateSnapshot(root, timestamp.signed)
    const targets = yield* this.load(root.authorities.targets, root, snapshot.signed)
    this.top = { roots, root, timestamp, snapshot, targets }
  }

  /**
   * Loads a role by the word of the top-level targets role.
   * @returns false when there is no such delegation, or no such role published yet
   */
  *follow(role: string): Run<boolean> {
    const { targets, snapshot, root } = this.current()
    const delegation = targets.signed.delegations.find((d) => d.role === role)
    if (!delegation || !metaOf(snapshot.signed, role)) {
      this.absent.push(role)
      return false
    }
    this.followed.set(delegation, yield* this.load(delegation, root, snapshot.signed))
    return true
  }

  /** TUF 5.6.7: looks for a target, loading metadata of delegated roles as the search comes to them. */
  *findTarget(path: string): Run<TargetFile | undefined> {
    const { targets, snapshot, root } = this.current()
    const loaded = (delegation: Delegation) => this.loaded.get(delegation)?.signed
    for (;;) {
      const result = searchTarget(path, targets.signed, loaded, this.rules.limits.delegations)
      if (!('load' in result)) return result.found
      yield* this.load(result.load, root, snapshot.signed)
    }
  }

  /** What has been refreshed and followed. */
  trusted(): TrustedMetadata {
    const { followed, absent, refused } = this
    return trustedMetadata({ ...this.current(), followed, absent, refused }, this.rules.limits.delegations)
  }

  private current(): TopLevel {
    if (!this.top) throw new Error('refresh has not succeeded yet')
    return this.top
  }

  /** TUF 5.2 and 5.3. */
  private *updateRoot(): Run<readonly Envelope<Root>[]> {
    const { rules } = this
    yield 'pause'
    let root = openTrustedRoot(this.trustedRoot, rules)
    const roots = [root]
    const nextName = () => rootName(root.signed.version + 1)

    // The kept chain is believed as little as a fetched one. A link that does not hold ends it: what
    // follows must be signed by the root before it, or be fetched again.
    for (;;) {
      const next = yield* this.openKept(nextName(), (bytes) => openNextRoot(bytes, root, rules))
      if (!next) break
      roots.push((root = next))
    }
    this.before = {
      timestamp: yield* this.openKept(localName('timestamp'), (bytes) => openTimestamp(bytes, root.signed, rules)),
      snapshot: yield* this.openKept(localName('snapshot'), (bytes) => openSnapshot(bytes, root.signed, rules)),
    }

    for (let n = 0; n < rules.limits.rootRotations; n++) {
      // 5.3.3: no next version is the ordinary end.
      const name = nextName()
      const bytes = yield* this.fetch({ fetch: name, maxLength: rules.limits.rootLength }, 'root', '5.3.3')
      if (!bytes) break
      yield 'pause'
      const next = openNextRoot(bytes, root, rules)
      // 5.3.11, for each step of the chain and before the new root is persisted (5.3.8): whatever
      // breaks off in between, a rotation is not overlooked the next time.
      if (onlineKeysRotated(root.signed, next.signed)) yield* this.forget()
      roots.push((root = next))
      yield { persist: name, bytes }
    }
    checkExpiry(root, '5.3.10', rules)
    return roots
  }

  /** TUF 5.3.11: recovers from a fast-forward attack. */
  private *forget(): Run<void> {
    this.before = {}
    if (this.kept.delete(localName('timestamp'))) yield { persist: localName('timestamp'), bytes: null }
    if (this.kept.delete(localName('snapshot'))) yield { persist: localName('snapshot'), bytes: null }
  }

  /** TUF 5.4. */
  private *updateTimestamp(root: Root): Run<Envelope<Timestamp>> {
    const { rules, before } = this
    const name = localName('timestamp')
    const bytes = yield* this.fetchRole('timestamp', undefined, root, rules.limits.timestampLength, '5.4.1')
    yield 'pause'
    let next = openTimestamp(bytes, root, rules)
    checkTimestampRollback(next.signed, before.timestamp?.signed, before.snapshot?.signed)
    const same = before.timestamp && before.timestamp.signed.version === next.signed.version
    // 5.4.3.1: the same version changes nothing, so the trusted file stays, unless a new root
    // wants more signatures than it has.
    const stays = same && (yield* this.openKept(name, (kept) => openTimestamp(kept, root, rules)))
    if (stays) next = stays
    checkExpiry(next, '5.4.4', rules)
    if (!stays) yield { persist: name, bytes }
    return next
  }

  /** TUF 5.5. */
  private *updateSnapshot(root: Root, timestamp: Timestamp): Run<Envelope<Snapshot>> {
    const { rules } = this
    const { snapshot } = this.before
    const meta = timestamp.snapshot
    const name = localName('snapshot')
    const accept = (bytes: Uint8Array) => acceptSnapshot(bytes, root, timestamp, snapshot?.signed, rules)
    if (snapshot && snapshot.signed.version === meta.version) {
      const stays = yield* this.openKept(name, accept)
      if (stays) return stays
    }
    const bytes = yield* this.fetchRole('snapshot', meta, root, rules.limits.snapshotLength, '5.5.1')
    yield 'pause'
    const next = accept(bytes)
    yield { persist: name, bytes }
    return next
  }

  /**
   * TUF 5.6.1 to 5.6.6, for the targets role or a delegated one.
   * @param authority the word of the delegator through whom this run came to the role
   */
  private *load(authority: Authority, root: Root, snapshot: Snapshot): Run<Envelope<Targets>> {
    const { role } = authority
    const name = localName(role)
    const loaded = this.loaded.get(authority)
    if (loaded) return loaded
    const meta = metaOf(snapshot, role)
    if (!meta) throw new TufError('missing', role, '5.6.1', 'not listed by the snapshot')
    let bytes = this.fetched.get(role)
    let file: Envelope<Targets> | undefined
    const accept = (given: Uint8Array) => acceptTargets(given, authority, meta, this.rules)

    // Where the snapshot of before is trusted, it tells whether the kept file is the announced version.
    const known = this.before.snapshot
    if (!bytes && (!known || metaOf(known.signed, role)?.version === meta.version)) {
      file = yield* this.openKept(name, accept)
    }
    if (!file) {
      bytes ??= yield* this.fetchRole(role, meta, root, this.rules.limits.targetsLength, '5.6.1')
      this.fetched.set(role, bytes)
      yield 'pause'
      file = accept(bytes)
      yield { persist: name, bytes }
    }
    this.loaded.set(authority, file)
    return file
  }

  /** A kept file, when it is there and signed as it should be. */
  private *openKept<T>(name: string, open: (bytes: Uint8Array) => T): Run<T | undefined> {
    const bytes = this.kept.get(name)
    if (!bytes) return undefined
    yield 'pause'
    return this.unlessRefused(() => open(bytes))
  }

  /** What a check of a kept file gives; undefined, and the reason among `refused`, when it fails. */
  private unlessRefused<T>(check: () => T): T | undefined {
    try {
      return check()
    } catch (error) {
      if (!(error instanceof TufError)) throw error
      this.refused.push(error)
      return undefined
    }
  }

  /** Fetches a file; its name carries the version that was announced, in a consistent snapshot (TUF 6.2). */
  private *fetchRole(
    role: string,
    meta: FileMeta | undefined,
    root: Root,
    limit: number,
    clause: string,
  ): Run<Uint8Array> {
    const local = localName(role)
    const name = meta && root.consistentSnapshot ? `${meta.version}.${local}` : local
    const maxLength = Math.min(meta?.length ?? limit, limit)
    const bytes = yield* this.fetch({ fetch: name, local, maxLength }, role, clause)
    if (!bytes) throw new TufError('missing', role, clause, `there is no ${name}`)
    return bytes
  }

  private *fetch(step: FetchStep, role: string, clause: string): Run<Uint8Array | null> {
    const bytes = (yield step) ?? null
    if (bytes && bytes.length > step.maxLength) {
      throw new TufError('length', role, clause, `${step.fetch} is longer than ${step.maxLength} bytes`)
    }
    return bytes
  }
}
