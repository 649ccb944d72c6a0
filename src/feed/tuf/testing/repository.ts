import { generateKeyPairFromSeed, sign } from '@stablelib/ed25519'
import { hash } from '@stablelib/sha256'
import { gzipSync } from 'fflate'
import { asOfField, hashedPath, rolePaths } from '../../layout.ts'
import { canonicalBytes } from '../canonical-json.ts'
import { sha256, toHex } from '../hash.ts'
import type { JsonObject } from '../strict-json.ts'
import type { FetchMetadata, MetadataFiles } from '../types.ts'

/*
 * A small TUF repository in memory, for tests: it publishes what an honest publisher would,
 * and lets a test change and sign anything, as someone who holds keys could.
 */

/** A signing key; the same name always gives the same key. */
export interface TestKey {
  readonly name: string
  readonly keyid: string
  readonly publicValue: string
  /** `keytype` and `scheme` of metadata; default `ed25519`, `ed25519`. */
  readonly kind?: readonly [keytype: string, scheme: string]
  readonly sign: (message: Uint8Array) => Uint8Array
}

export function testKey(name: string): TestKey {
  let key = keys.get(name)
  if (!key) {
    const pair = generateKeyPairFromSeed(hash(utf8(name)))
    // A keyid need not be the hash of the key; a readable one makes readable tests.
    key = { name, keyid: `key-${name}`, publicValue: toHex(pair.publicKey), sign: (m) => sign(pair.secretKey, m) }
    keys.set(name, key)
  }
  return key
}

const keys = new Map<string, TestKey>()

/** Who signs for a role; change it and publish. */
export interface TestRole {
  keys: TestKey[]
  threshold: number
  /** Those who do sign; default: all keys, and for a root those of the root before. */
  signers?: TestKey[]
  expires: string
  /** Delegated roles only. */
  delegator?: string
  paths?: string[]
  pathHashPrefixes?: string[]
  terminating?: boolean
  /** Fields that the specification does not know, put into the signed part. */
  extra?: Record<string, unknown>
}

interface TestTarget {
  readonly length: number
  readonly hashes: Record<string, string>
  readonly custom?: Record<string, unknown>
}

/** The signed part of metadata, as tests take it apart. */
export type SignedPart = Record<string, unknown> & { version: number; expires: string }

export interface TestRepositoryOptions {
  /** Default true. */
  readonly consistentSnapshot?: boolean
  /** Whether snapshot and timestamp list lengths and hashes; default true. */
  readonly hashes?: boolean
  /** Expiry of everything; default 2030-01-01T00:00:00Z. */
  readonly expires?: string
  /** The edition's time; default 2026-01-01T00:00:00Z. Change `asOf` before `publish`. */
  readonly asOf?: string
  /** The keys of roles, by their names; default `testKey`. */
  readonly key?: (name: string) => TestKey
}

const topLevel = ['root', 'timestamp', 'snapshot', 'targets']

export class TestRepository {
  /** Everything that is served, by its path: `metadata/timestamp.json`, `targets/city/<hash>.catalog.json.gz`. */
  readonly files = new Map<string, Uint8Array>()
  /** Names that `fetchMetadata` was asked for. */
  readonly requests: string[] = []
  readonly roles = new Map<string, TestRole>()
  /** Version of each role, as published last. */
  readonly versions = new Map<string, number>()
  asOf: string
  private readonly targets = new Map<string, Map<string, TestTarget>>()
  /** Metadata files of the last publication by role, newest versions. */
  private readonly current = new Map<string, Uint8Array>()
  /** Keys of the root that was published last: they sign the next one too. */
  private rootKeys: readonly TestKey[] = []
  private readonly consistent: boolean
  private readonly hashes: boolean
  private readonly expires: string
  private readonly key: (name: string) => TestKey

  /** Publishes the first edition: root, targets, snapshot and timestamp of version 1. */
  constructor(options: TestRepositoryOptions = {}) {
    this.consistent = options.consistentSnapshot ?? true
    this.hashes = options.hashes ?? true
    this.expires = options.expires ?? '2030-01-01T00:00:00Z'
    this.asOf = options.asOf ?? '2026-01-01T00:00:00Z'
    this.key = options.key ?? testKey
    for (const role of topLevel) this.roles.set(role, { keys: [this.key(role)], threshold: 1, expires: this.expires })
    this.targets.set('targets', new Map())
    this.publish('root', 'targets')
  }

  /** The root to ship: version 1. */
  get trustedRoot(): Uint8Array {
    return this.files.get('metadata/1.root.json')!
  }

  /** Serves `metadata/`, as long as a file is not longer than what is asked for plus one byte. */
  readonly fetchMetadata: FetchMetadata = (name, maxLength) => {
    this.requests.push(name)
    const bytes = this.files.get(`metadata/${name}`)
    return Promise.resolve(bytes ? bytes.subarray(0, maxLength + 1) : null)
  }

  role(name: string): TestRole {
    const role = this.roles.get(name)
    if (!role) throw new Error(`no role ${name}`)
    return role
  }

  /**
   * Adds a delegated role, of three keys of which two sign, by default delegated from `targets`,
   * terminating, for the paths of feed/layout. Publish the delegator and the role.
   */
  addRole(name: string, options: Partial<TestRole> = {}): TestRole {
    const role: TestRole = {
      keys: [1, 2, 3].map((n) => this.key(`${name}-${n}`)),
      threshold: 2,
      expires: this.expires,
      delegator: 'targets',
      terminating: true,
      ...(!options.pathHashPrefixes && { paths: rolePaths(name) }),
      ...options,
    }
    this.roles.set(name, role)
    this.targets.set(name, this.targets.get(name) ?? new Map())
    return role
  }

  /** Takes a role away from delegations and publications. */
  removeRole(name: string): void {
    this.roles.delete(name)
    this.current.delete(name)
  }

  /** Adds or replaces a target; publish its role. @returns the path below `targets/` where it is served */
  addTarget(role: string, path: string, bytes: Uint8Array, custom?: Record<string, unknown>): string {
    const digest = sha256(bytes)
    const target = { length: bytes.length, hashes: { sha256: digest }, ...(custom && { custom }) }
    this.targets.get(role)!.set(path, target)
    const location = this.consistent ? hashedPath(path, digest) : path
    this.files.set(`targets/${location}`, bytes)
    return location
  }

  /** Adds or replaces a gzip target that inflates to a text; publish its role. */
  addGzipTarget(role: string, path: string, text: string): string {
    const inflated = utf8(text)
    return this.addTarget(role, path, gzipSync(inflated, { mtime: 0 }), { inflated: inflated.length })
  }

  removeTarget(role: string, path: string): void {
    this.targets.get(role)!.delete(path)
  }

  /** Gives a role other keys; for a top-level role publish `root`, else the delegator. */
  rotate(name: string, ...keys: TestKey[]): void {
    const role = this.role(name)
    role.keys = keys.length > 0 ? keys : role.keys.map((key) => this.key(`${key.name}'`))
    delete role.signers
  }

  /** Publishes new versions of these roles, in this order, then of snapshot and timestamp. */
  publish(...roles: string[]): void {
    for (const role of [...roles, 'snapshot', 'timestamp']) this.publishOnly(role)
  }

  /** Publishes one role, and leaves the others as they are. */
  publishOnly(role: string): void {
    const version = (this.versions.get(role) ?? 0) + 1
    this.versions.set(role, version)
    this.put(role, signed(this.signedPart(role, version), this.signersOf(role)))
    if (role === 'root') this.rootKeys = this.role('root').keys
  }

  private signersOf(role: string): readonly TestKey[] {
    const { signers, keys } = this.role(role)
    if (signers) return signers
    const before = role === 'root' ? this.rootKeys.filter((b) => !keys.some((k) => k.keyid === b.keyid)) : []
    return [...keys, ...before]
  }

  /**
   * Replaces the published metadata of a role by a changed one of the same version, signed by
   * whom the test says (default: by its own signers).
   */
  resign(role: string, change: (signed: SignedPart) => void, signers?: readonly TestKey[]): void {
    const part = this.signedOf(role)
    change(part)
    this.put(role, signed(part, signers ?? this.signersOf(role)))
  }

  /** The signed part of a role's published metadata: a copy. */
  signedOf(role: string): SignedPart {
    return (JSON.parse(new TextDecoder().decode(this.metadata(role))) as { signed: SignedPart }).signed
  }

  /** The published metadata of a role. */
  metadata(role: string): Uint8Array {
    const bytes = this.current.get(role)
    if (!bytes) throw new Error(`${role} is not published`)
    return bytes
  }

  /** Serves these bytes as a role's metadata, under the name of its last version. */
  put(role: string, bytes: Uint8Array): void {
    this.current.set(role, bytes)
    this.files.set(`metadata/${this.fileName(role)}`, bytes)
  }

  /** The name below `metadata/` under which a role's last version is served. */
  fileName(role: string): string {
    const plain = `${encodeURIComponent(role)}.json`
    const versioned = role === 'root' || (this.consistent && role !== 'timestamp')
    return versioned ? `${this.versions.get(role)}.${plain}` : plain
  }

  /** What a box keeps that has seen this edition, and follows these roles. */
  keptFiles(...roles: string[]): MetadataFiles {
    const kept = new Map<string, Uint8Array>()
    for (let version = 2; version <= this.versions.get('root')!; version++) {
      kept.set(`${version}.root.json`, this.files.get(`metadata/${version}.root.json`)!)
    }
    for (const role of ['timestamp', 'snapshot', 'targets', ...roles]) {
      kept.set(`${encodeURIComponent(role)}.json`, this.metadata(role))
    }
    return kept
  }

  private signedPart(role: string, version: number): SignedPart {
    const { expires, extra } = this.role(role)
    const type = topLevel.indexOf(role) >= 0 ? role : 'targets'
    return { _type: type, spec_version: '1.0.34', version, expires, ...this.content(role), ...extra }
  }

  private content(role: string): Record<string, unknown> {
    if (role === 'root') {
      const roles = topLevel.map((name) => [name, this.role(name)] as const)
      return {
        consistent_snapshot: this.consistent,
        keys: keysOf(roles.map(([, r]) => r)),
        roles: Object.fromEntries(roles.map(([name, r]) => [name, authorityOf(r)])),
      }
    }
    if (role === 'timestamp') return { [asOfField]: this.asOf, meta: { 'snapshot.json': this.fileMeta('snapshot') } }
    if (role === 'snapshot') {
      const listed = Array.from(this.current.keys()).filter((name) => name === 'targets' || topLevel.indexOf(name) < 0)
      return { meta: Object.fromEntries(listed.sort().map((name) => [`${name}.json`, this.fileMeta(name)])) }
    }
    const targets = Object.fromEntries(this.targets.get(role)!)
    const children = Array.from(this.roles).filter(([, r]) => r.delegator === role)
    if (children.length === 0) return { targets }
    const roles = children.map(([name, r]) => ({
      name,
      ...authorityOf(r),
      terminating: r.terminating ?? false,
      ...(r.pathHashPrefixes ? { path_hash_prefixes: r.pathHashPrefixes } : { paths: r.paths ?? [] }),
    }))
    return { targets, delegations: { keys: keysOf(children.map(([, r]) => r)), roles } }
  }

  private fileMeta(role: string): Record<string, unknown> {
    const bytes = this.metadata(role)
    const version = this.versions.get(role)
    return this.hashes ? { version, length: bytes.length, hashes: { sha256: sha256(bytes) } } : { version }
  }
}

/** A metadata file: the signed part and the signatures of these keys. */
export function signed(part: Readonly<Record<string, unknown>>, signers: readonly TestKey[]): Uint8Array {
  const message = canonicalBytes(part as JsonObject)
  const signatures = signers.map((key) => ({ keyid: key.keyid, sig: signature(key, message) }))
  return utf8(JSON.stringify({ signatures, signed: part }))
}

/** Ed25519 always gives the same signature, and tests sign the same things again and again. */
const signatures = new Map<string, string>()

function signature(key: TestKey, message: Uint8Array): string {
  const what = `${key.publicValue}/${sha256(message)}`
  const value = signatures.get(what) ?? toHex(key.sign(message))
  signatures.set(what, value)
  return value
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const authorityOf = (role: TestRole) => ({ keyids: role.keys.map((key) => key.keyid), threshold: role.threshold })

const keysOf = (roles: readonly TestRole[]) =>
  Object.fromEntries(
    roles
      .flatMap((role) => role.keys)
      .map(({ keyid, publicValue, kind: [keytype, scheme] = ['ed25519', 'ed25519'] }) => [
        keyid,
        { keytype, scheme, keyval: { public: publicValue } },
      ]),
  )
