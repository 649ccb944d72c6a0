import { asOfField } from '../layout.ts'
import { TufError } from './errors.ts'
import * as shape from './shape.ts'
import { canonicalBytes } from './canonical-json.ts'
import { FormatError, parseStrictJson, type Json, type JsonObject } from './strict-json.ts'
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

export const topLevelRoles = ['root', 'timestamp', 'snapshot', 'targets'] as const
export type TopLevelRole = (typeof topLevelRoles)[number]

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
  read: (signed: JsonObject, common: Common) => T,
): Envelope<T> {
  if (bytes.length > maxLength) {
    throw new TufError('length', role, '', `metadata of ${bytes.length} bytes is longer than ${maxLength}`)
  }
  try {
    const file = shape.object(parseStrictJson(bytes), 'metadata')
    const signatures = readSignatures(file.signatures)
    const signed = shape.object(file.signed, 'signed')
    return { role, bytes, message: canonicalBytes(signed), signatures, signed: read(signed, readCommon(signed, type)) }
  } catch (error) {
    if (error instanceof FormatError) throw new TufError('format', role, '4', error.message)
    throw error
  }
}

/** TUF 4.2.1: no keyid twice. The signature itself may be any text: one that is none simply does not count. */
function readSignatures(value: Json | undefined): ReadonlyMap<string, string> {
  const signatures = new Map<string, string>()
  shape.list(value, 'signatures').forEach((item, i) => {
    const where = `signatures[${i}]`
    const entry = shape.object(item, where)
    const keyid = shape.string(entry.keyid, `${where}.keyid`)
    if (signatures.has(keyid)) throw new FormatError(`signatures name the key ${keyid} twice`)
    signatures.set(keyid, shape.string(entry.sig, `${where}.sig`))
  })
  return signatures
}

function readCommon(signed: JsonObject, type: TopLevelRole): Common {
  if (signed._type !== type) {
    throw new FormatError(`signed._type is ${JSON.stringify(signed._type)}, expected "${type}"`)
  }
  const specification = shape.string(signed.spec_version, 'signed.spec_version')
  if (!/^1\.\d+(\.\d+)?([-+][0-9A-Za-z.+-]+)?$/.test(specification)) {
    throw new FormatError(`signed.spec_version is ${JSON.stringify(specification)}, this client knows 1.x`)
  }
  return {
    version: shape.integer(signed.version, 'signed.version', 1),
    expires: shape.string(signed.expires, 'signed.expires'),
    expiresAt: shape.dateTime(signed.expires, 'signed.expires'),
  }
}

/** Reads root metadata. @throws {TufError} */
export const parseRoot = (bytes: Uint8Array, maxLength: number): Envelope<Root> =>
  parse(bytes, 'root', 'root', maxLength, (signed, common) => {
    const keys = readKeys(signed.keys, 'signed.keys')
    const roles = shape.object(signed.roles, 'signed.roles')
    const authority = (role: TopLevelRole): Authority => readAuthority(role, roles[role], keys, `signed.roles.${role}`)
    return {
      ...common,
      consistentSnapshot:
        'consistent_snapshot' in signed ? shape.boolean(signed.consistent_snapshot, 'signed.consistent_snapshot') : false,
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
  parse(bytes, 'timestamp', 'timestamp', maxLength, (signed, common) => {
    const meta = shape.object(signed.meta, 'signed.meta')
    const asOf = signed[asOfField]
    return {
      ...common,
      snapshot: readFileMeta(meta['snapshot.json'], 'signed.meta["snapshot.json"]'),
      asOf: typeof asOf === 'string' && shape.parseDateTime(asOf) !== undefined ? asOf : '',
    }
  })

/** Reads snapshot metadata. @throws {TufError} */
export const parseSnapshot = (bytes: Uint8Array, maxLength: number): Envelope<Snapshot> =>
  parse(bytes, 'snapshot', 'snapshot', maxLength, (signed, common) => {
    const files = shape.object(signed.meta, 'signed.meta')
    const meta = new Map<string, FileMeta>()
    for (const name of Object.keys(files)) meta.set(name, readFileMeta(files[name], `signed.meta["${name}"]`))
    return { ...common, meta }
  })

/** Reads metadata of the targets role or of a delegated one. @throws {TufError} */
export const parseTargets = (bytes: Uint8Array, role: string, maxLength: number): Envelope<Targets> =>
  parse(bytes, role, 'targets', maxLength, (signed, common) => {
    const files = shape.object(signed.targets, 'signed.targets')
    const targets = new Map<string, TargetFile>()
    for (const path of Object.keys(files)) targets.set(path, readTarget(path, role, files[path]))
    return {
      ...common,
      targets,
      delegations: 'delegations' in signed ? readDelegations(signed.delegations) : [],
    }
  })

function readKeys(value: Json | undefined, where: string): ReadonlyMap<string, Key> {
  const keys = new Map<string, Key>()
  const object = shape.object(value, where)
  for (const keyid of Object.keys(object)) {
    const place = `${where}["${keyid}"]`
    const key = shape.object(object[keyid], place)
    const keyval = shape.object(key.keyval, `${place}.keyval`)
    keys.set(keyid, {
      keytype: shape.string(key.keytype, `${place}.keytype`),
      scheme: shape.string(key.scheme, `${place}.scheme`),
      public: shape.string(keyval.public, `${place}.keyval.public`),
    })
  }
  return keys
}

function readAuthority(
  role: string,
  value: Json | undefined,
  keys: ReadonlyMap<string, Key>,
  where: string,
): Authority {
  const entry = shape.object(value, where)
  return {
    role,
    keyids: shape.distinctStrings(entry.keyids, `${where}.keyids`),
    threshold: shape.integer(entry.threshold, `${where}.threshold`, 1),
    keys,
  }
}

function readFileMeta(value: Json | undefined, where: string): FileMeta {
  const entry = shape.object(value, where)
  return {
    version: shape.integer(entry.version, `${where}.version`, 1),
    ...('length' in entry && { length: shape.integer(entry.length, `${where}.length`, 0) }),
    ...('hashes' in entry && { hashes: readHashes(entry.hashes, `${where}.hashes`) }),
  }
}

function readHashes(value: Json | undefined, where: string): Readonly<Record<string, string>> {
  const entry = shape.object(value, where)
  const names = Object.keys(entry)
  if (names.length === 0) throw new FormatError(`${where} is empty`)
  const hashes = Object.create(null) as Record<string, string>
  for (const name of names) hashes[name] = shape.string(entry[name], `${where}["${name}"]`)
  return hashes
}

function readTarget(path: string, role: string, value: Json | undefined): TargetFile {
  const where = `signed.targets["${path}"]`
  const entry = shape.object(value, where)
  const hashes = readHashes(entry.hashes, `${where}.hashes`)
  return {
    path,
    role,
    length: shape.integer(entry.length, `${where}.length`, 0),
    sha256: (hashes.sha256 ?? '').toLowerCase(),
    hashes,
    ...('custom' in entry && { custom: shape.object(entry.custom, `${where}.custom`) }),
  }
}

function readDelegations(value: Json | undefined): readonly Delegation[] {
  const where = 'signed.delegations'
  const object = shape.object(value, where)
  const keys = readKeys(object.keys, `${where}.keys`)
  const delegations = shape
    .list(object.roles, `${where}.roles`)
    .map((item, i) => readDelegation(item, keys, `${where}.roles[${i}]`))
  // TUF 4.5: "ROLENAME MUST be unique in the delegations object".
  if (new Set(delegations.map((d) => d.role)).size !== delegations.length) {
    throw new FormatError(`${where}.roles names a role twice`)
  }
  return delegations
}

function readDelegation(value: Json, keys: ReadonlyMap<string, Key>, where: string): Delegation {
  const entry = shape.object(value, where)
  const role = shape.string(entry.name, `${where}.name`)
  if (isReservedName(role)) throw new FormatError(`${where}.name cannot be ${JSON.stringify(role)}`)
  if ('paths' in entry && 'path_hash_prefixes' in entry) {
    throw new FormatError(`${where} has both paths and path_hash_prefixes`)
  }
  return {
    ...readAuthority(role, value, keys, where),
    terminating: 'terminating' in entry ? shape.boolean(entry.terminating, `${where}.terminating`) : false,
    ...('paths' in entry && { paths: readStrings(entry.paths, `${where}.paths`) }),
    ...('path_hash_prefixes' in entry && {
      pathHashPrefixes: readStrings(entry.path_hash_prefixes, `${where}.path_hash_prefixes`),
    }),
  }
}

const readStrings = (value: Json | undefined, where: string): readonly string[] =>
  shape.list(value, where).map((item, i) => shape.string(item, `${where}[${i}]`))

/** Names whose file would pass for that of a top-level role, or of a root of the kept chain. */
const isReservedName = (role: string): boolean =>
  role === '' || (topLevelRoles as readonly string[]).indexOf(role) >= 0 || /^\d+\.root$/.test(role)
