import { asOfField } from '../layout.ts'
import { TufError } from './errors.ts'
import * as shape from './shape.ts'
import { canonicalBytes } from './canonical-json.ts'
import { FormatError, parseStrictJson, type JsonObject } from './strict-json.ts'
import type { PathScope } from './paths.ts'
import type { TargetFile } from './types.ts'

/** A public key (TUF 4.2.2). */
export interface Key {
  readonly keytype: string
  readonly scheme: string
  readonly public: string
}

/** Who may sign for a role: the word of the root, or of a delegating role. */
export interface Authority {
  /** Name of the role. */
  readonly role: string
  /** Distinct. A keyid that `keys` lacks cannot sign. */
  readonly keyids: readonly string[]
  readonly threshold: number
  readonly keys: ReadonlyMap<string, Key>
}

export interface Delegation extends Authority, PathScope {
  readonly terminating: boolean
}

interface Common {
  readonly version: number
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly expires: string
  /** The same, milliseconds since 1970. */
  readonly expiresAt: number
}

export type TopLevelRole = 'root' | 'timestamp' | 'snapshot' | 'targets'

/** TUF 4.3. */
export interface Root extends Common {
  readonly consistentSnapshot: boolean
  readonly authorities: Readonly<Record<TopLevelRole, Authority>>
}

/** What timestamp says about snapshot, and snapshot about targets metadata (TUF 4.4). */
export interface FileMeta {
  readonly version: number
  readonly length?: number
  readonly hashes?: Readonly<Record<string, string>>
}

/** TUF 4.6. */
export interface Timestamp extends Common {
  readonly snapshot: FileMeta
  /** See `asOfField`; '' when it is missing. */
  readonly asOf: string
}

/** TUF 4.4. */
export interface Snapshot extends Common {
  /** By file name: `targets.json`, `city.json`. */
  readonly meta: ReadonlyMap<string, FileMeta>
}

/** TUF 4.5: the top-level targets role or a delegated one. */
export interface Targets extends Common {
  readonly targets: ReadonlyMap<string, TargetFile>
  /** In order of priority. */
  readonly delegations: readonly Delegation[]
}

/** A metadata file, read but not yet believed. */
export interface Envelope<T> {
  readonly role: string
  readonly bytes: Uint8Array
  /** The bytes that are signed. */
  readonly message: Uint8Array
  /** Signature by keyid, hexadecimal as it came. */
  readonly signatures: ReadonlyMap<string, string>
  readonly signed: T
}

/**
 * Reads a metadata file of a role. Fields that the specification does not know are left alone;
 * they are covered by the signature like all others (TUF 4).
 * @throws {TufError} `length`, `format`
 */
function parse<T>(
  bytes: Uint8Array,
  role: string,
  type: TopLevelRole,
  maxLength: number,
  read: (signed: JsonObject) => T,
): Envelope<T & Common> {
  if (bytes.length > maxLength) {
    throw new TufError('length', role, '', `metadata of ${bytes.length} bytes is longer than ${maxLength}`)
  }
  try {
    const file = { metadata: parseStrictJson(bytes) }
    const metadata = shape.object(file, 'metadata')
    const signatures = readSignatures(metadata)
    const signed = shape.object(metadata, 'signed')
    const common = readCommon(signed, type)
    return { role, bytes, message: canonicalBytes(signed), signatures, signed: { ...read(signed), ...common } }
  } catch (error) {
    if (error instanceof FormatError) throw new TufError('format', role, '4', error.message)
    throw error
  }
}

/** TUF 4.2.1: no keyid twice. The signature itself may be any text: one that is none simply does not count. */
function readSignatures(metadata: JsonObject): ReadonlyMap<string, string> {
  const signatures = shape.objects(metadata, 'signatures')
  const keyids = signatures.map((s) => shape.string(s, 'keyid'))
  shape.refuseRepeated(keyids, 'signature')
  return new Map(signatures.map((s, i) => [keyids[i]!, shape.string(s, 'sig')]))
}

function readCommon(signed: JsonObject, type: TopLevelRole): Common {
  if (shape.string(signed, '_type') !== type) throw new FormatError(`_type is not ${type}`)
  const specification = shape.string(signed, 'spec_version')
  if (!/^1\.\d+(\.\d+)?([-+][0-9A-Za-z.+-]+)?$/.test(specification)) {
    throw new FormatError(`spec_version is ${specification}, this client knows 1.x`)
  }
  return {
    version: shape.integer(signed, 'version', 1),
    expires: shape.string(signed, 'expires'),
    expiresAt: shape.dateTime(signed, 'expires'),
  }
}

/** Reads root metadata. @throws {TufError} */
export const parseRoot = (bytes: Uint8Array, maxLength: number): Envelope<Root> =>
  parse(bytes, 'root', 'root', maxLength, (signed) => {
    const keys = readKeys(signed)
    const roles = shape.object(signed, 'roles')
    const authority = (role: TopLevelRole): Authority => readAuthority(role, shape.object(roles, role), keys)
    return {
      consistentSnapshot: shape.flag(signed, 'consistent_snapshot'),
      authorities: {
        root: authority('root'),
        timestamp: authority('timestamp'),
        snapshot: authority('snapshot'),
        targets: authority('targets'),
      },
    }
  })

/** Reads timestamp metadata. @throws {TufError} */
export const parseTimestamp = (bytes: Uint8Array, maxLength: number): Envelope<Timestamp> =>
  parse(bytes, 'timestamp', 'timestamp', maxLength, (signed) => {
    const asOf = signed[asOfField]
    return {
      snapshot: readFileMeta(shape.object(shape.object(signed, 'meta'), 'snapshot.json')),
      asOf: typeof asOf === 'string' && shape.parseDateTime(asOf) !== undefined ? asOf : '',
    }
  })

/** Reads snapshot metadata. @throws {TufError} */
export const parseSnapshot = (bytes: Uint8Array, maxLength: number): Envelope<Snapshot> =>
  parse(bytes, 'snapshot', 'snapshot', maxLength, (signed) => ({ meta: mapOf(signed, 'meta', readFileMeta) }))

/** Reads metadata of the targets role or of a delegated one. @throws {TufError} */
export const parseTargets = (bytes: Uint8Array, role: string, maxLength: number): Envelope<Targets> =>
  parse(bytes, role, 'targets', maxLength, (signed) => ({
    targets: mapOf(signed, 'targets', (entry, path) => readTarget(entry, path, role)),
    delegations: 'delegations' in signed ? readDelegations(shape.object(signed, 'delegations')) : [],
  }))

/** A field whose keys are names, and whose values are objects. */
function mapOf<T>(from: JsonObject, key: string, read: (entry: JsonObject, name: string) => T): ReadonlyMap<string, T> {
  const entries = shape.object(from, key)
  return new Map(Object.keys(entries).map((name) => [name, read(shape.object(entries, name), name)]))
}

const readKeys = (from: JsonObject): ReadonlyMap<string, Key> =>
  mapOf(from, 'keys', (key) => ({
    keytype: shape.string(key, 'keytype'),
    scheme: shape.string(key, 'scheme'),
    public: shape.string(shape.object(key, 'keyval'), 'public'),
  }))

function readAuthority(role: string, entry: JsonObject, keys: ReadonlyMap<string, Key>): Authority {
  const keyids = shape.strings(entry, 'keyids')
  shape.refuseRepeated(keyids, 'keyid')
  return { role, keyids, threshold: shape.integer(entry, 'threshold', 1), keys }
}

const readFileMeta = (entry: JsonObject): FileMeta => ({
  version: shape.integer(entry, 'version', 1),
  ...('length' in entry && { length: shape.integer(entry, 'length', 0) }),
  ...('hashes' in entry && { hashes: readHashes(entry) }),
})

function readHashes(entry: JsonObject): Readonly<Record<string, string>> {
  const hashes = shape.object(entry, 'hashes')
  const names = Object.keys(hashes)
  if (names.length === 0) throw new FormatError('hashes is empty')
  return Object.fromEntries(names.map((name) => [name, shape.string(hashes, name)]))
}

function readTarget(entry: JsonObject, path: string, role: string): TargetFile {
  const hashes = readHashes(entry)
  return {
    path,
    role,
    length: shape.integer(entry, 'length', 0),
    sha256: (hashes.sha256 ?? '').toLowerCase(),
    hashes,
    ...('custom' in entry && { custom: shape.object(entry, 'custom') }),
  }
}

function readDelegations(entry: JsonObject): readonly Delegation[] {
  const keys = readKeys(entry)
  const delegations = shape.objects(entry, 'roles').map((role) => readDelegation(role, keys))
  // TUF 4.5: "ROLENAME MUST be unique in the delegations object".
  shape.refuseRepeated(delegations.map((d) => d.role), 'role')
  return delegations
}

function readDelegation(entry: JsonObject, keys: ReadonlyMap<string, Key>): Delegation {
  const role = shape.string(entry, 'name')
  if (isReservedName(role)) throw new FormatError(`name of a delegated role cannot be "${role}"`)
  if ('paths' in entry && 'path_hash_prefixes' in entry) {
    throw new FormatError(`role "${role}" has both paths and path_hash_prefixes`)
  }
  return {
    ...readAuthority(role, entry, keys),
    terminating: shape.flag(entry, 'terminating'),
    ...('paths' in entry && { paths: shape.strings(entry, 'paths') }),
    ...('path_hash_prefixes' in entry && { pathHashPrefixes: shape.strings(entry, 'path_hash_prefixes') }),
  }
}

/** Names whose file would pass for that of a top-level role, or of a root of the kept chain. */
const isReservedName = (role: string): boolean => /^((\d+\.)?root|timestamp|snapshot|targets)?$/.test(role)
