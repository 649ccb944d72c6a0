import { asOfField, rolePaths } from '../../feed/layout.ts'
import { canonicalBytes } from '../../feed/tuf/canonical-json.ts'
import type { Json, JsonObject } from '../../feed/tuf/strict-json.ts'
import type { PublicKey, SigningKey } from './key.ts'
import { worldField, type World } from '../world.ts'
import { metadataTime } from './periods.ts'

/** The version of the specification that this metadata follows. */
const specVersion = '1.0.31'

/** What every metadata file says of itself. */
export interface Issue {
  readonly version: number
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly expires: string
}

/** A file as the metadata above it names it. */
export interface FileMeta {
  readonly version: number
  readonly length: number
  readonly sha256: string
}

/** A target as its role signs for it. */
export interface TargetMeta {
  readonly length: number
  readonly sha256: string
  readonly custom?: JsonObject
}

/** Keys and the number of them that must sign. */
export interface Authority {
  readonly keys: readonly { readonly keyid: string; readonly key: PublicKey }[]
  readonly threshold: number
}

const common = (type: string, issue: Issue): JsonObject => ({
  _type: type,
  spec_version: specVersion,
  version: issue.version,
  expires: issue.expires,
})

/** The signed part of root metadata (TUF 4.3), and which world it is the root of. */
export function rootMetadata(
  issue: Issue,
  roles: Readonly<Record<'root' | 'targets' | 'snapshot' | 'timestamp', Authority>>,
  world: World,
): JsonObject {
  return {
    ...common('root', issue),
    [worldField]: world,
    consistent_snapshot: true,
    keys: keyTable(Object.values(roles)),
    roles: Object.fromEntries(Object.entries(roles).map(([role, authority]) => [role, keyids(authority)])),
  }
}

/**
 * The signed part of the top-level targets metadata (TUF 4.5): no targets of its own, a
 * terminating delegation for each role.
 */
export function delegatingMetadata(issue: Issue, roles: ReadonlyMap<string, Authority>): JsonObject {
  return {
    ...common('targets', issue),
    targets: {},
    delegations: {
      keys: keyTable([...roles.values()]),
      roles: [...roles].map(([name, authority]) => ({
        name,
        ...keyids(authority),
        paths: rolePaths(name),
        terminating: true,
      })),
    },
  }
}

/** The signed part of a publishing role's metadata. */
export function targetsMetadata(issue: Issue, targets: ReadonlyMap<string, TargetMeta>): JsonObject {
  const entries = [...targets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, target]): [string, Json] => [
    path,
    {
      length: target.length,
      hashes: { sha256: target.sha256 },
      ...(target.custom ? { custom: target.custom } : {}),
    },
  ])
  return { ...common('targets', issue), targets: Object.fromEntries(entries) }
}

/** The signed part of snapshot metadata (TUF 4.4). */
export function snapshotMetadata(issue: Issue, files: ReadonlyMap<string, FileMeta>): JsonObject {
  return { ...common('snapshot', issue), meta: fileTable(files) }
}

/** The signed part of timestamp metadata (TUF 4.6), with the time of this edition. */
export function timestampMetadata(issue: Issue, snapshot: FileMeta, asOf: Date): JsonObject {
  return {
    ...common('timestamp', issue),
    [asOfField]: metadataTime(asOf),
    meta: fileTable(new Map([['snapshot.json', snapshot]])),
  }
}

/** A metadata file: the signed part with the signatures of all keys, always the same bytes. */
export function signMetadata(signed: JsonObject, keys: readonly SigningKey[]): Uint8Array {
  const message = canonicalBytes(signed)
  return encodeMetadata(signed, new Map(keys.map((key) => [key.keyid, key.sign(message)])))
}

/** A metadata file of a signed part and its signatures by keyid, none at all before anyone has signed. */
export function encodeMetadata(signed: JsonObject, signatures: ReadonlyMap<string, string>): Uint8Array {
  const list = [...signatures].sort(([a], [b]) => (a < b ? -1 : 1)).map(([keyid, sig]) => ({ keyid, sig }))
  return new TextEncoder().encode(JSON.stringify({ signatures: list, signed }))
}

const keyTable = (authorities: readonly Authority[]): JsonObject =>
  Object.fromEntries(
    authorities.flatMap(({ keys }) =>
      keys.map(({ keyid, key }) => [
        keyid,
        { keytype: key.keytype, scheme: key.scheme, keyval: { public: key.keyval.public } },
      ]),
    ),
  )

const keyids = (authority: Authority): JsonObject => ({
  keyids: authority.keys.map(({ keyid }) => keyid),
  threshold: authority.threshold,
})

const fileTable = (files: ReadonlyMap<string, FileMeta>): JsonObject =>
  Object.fromEntries(
    [...files].map(([name, { version, length, sha256 }]) => [name, { version, length, hashes: { sha256 } }]),
  )
