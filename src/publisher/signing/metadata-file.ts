import path from 'node:path'
import {
  parseRoot,
  parseSnapshot,
  parseTargets,
  parseTimestamp,
  type Envelope,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from '../../feed/tuf/metadata.ts'
import { parseStrictJson, type JsonObject } from '../../feed/tuf/strict-json.ts'
import { CommandError } from '../errors.ts'
import { readIfThere } from '../files.ts'
import { worldField, type World } from '../world.ts'
import { encodeMetadata } from './metadata.ts'

/** Metadata of any role, read but not judged. */
export type AnyMetadata =
  | { readonly type: 'root'; readonly envelope: Envelope<Root> }
  | { readonly type: 'targets'; readonly envelope: Envelope<Targets> }
  | { readonly type: 'snapshot'; readonly envelope: Envelope<Snapshot> }
  | { readonly type: 'timestamp'; readonly envelope: Envelope<Timestamp> }

/** Our own files: much more than any of them has. */
const maxBytes = 64_000_000

/** The role that a metadata file is named after: `3.city.json` and `city.json` are of `city`. */
export const roleOfName = (file: string): string =>
  path.basename(file).replace(/\.json$/u, '').replace(/^\d+\./u, '')

/**
 * Reads metadata of any role.
 * @param name of the file: the metadata of publishing roles does not say itself which role it is of
 * @throws {Error} when it is none
 */
export function parseMetadata(bytes: Uint8Array, name: string): AnyMetadata {
  switch (signedPart(bytes)._type) {
    case 'root':
      return { type: 'root', envelope: parseRoot(bytes, maxBytes) }
    case 'snapshot':
      return { type: 'snapshot', envelope: parseSnapshot(bytes, maxBytes) }
    case 'timestamp':
      return { type: 'timestamp', envelope: parseTimestamp(bytes, maxBytes) }
    default:
      return { type: 'targets', envelope: parseTargets(bytes, roleOfName(name), maxBytes) }
  }
}

/** Reads a metadata file. @throws {CommandError} when it is not there, or none */
export async function readMetadata(file: string): Promise<AnyMetadata> {
  const bytes = await readIfThere(file)
  if (!bytes) throw new CommandError(`没有文件 ${file}。`, `There is no file ${file}.`)
  try {
    return parseMetadata(bytes, file)
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error))
  }
}

/** Reads root metadata. @throws {CommandError} */
export async function readRoot(file: string): Promise<Envelope<Root>> {
  const metadata = await readMetadata(file)
  if (metadata.type !== 'root') throw unreadable(file, 'it is not root metadata')
  return metadata.envelope
}

/** Reads metadata of the targets role or a publishing role. @throws {CommandError} */
export async function readTargets(file: string): Promise<Envelope<Targets>> {
  const metadata = await readMetadata(file)
  if (metadata.type !== 'targets') throw unreadable(file, 'it is not targets metadata')
  return metadata.envelope
}

const unreadable = (file: string, reason: string): CommandError =>
  new CommandError(
    `${file} 不是能用的元数据文件：${reason}。检查是否拿错了文件，或重新拷贝一份。`,
    `${file} is no usable metadata file: ${reason}. Check that it is the right file, or copy it again.`,
  )

/** The part that is signed, as it stands in the file. @throws {Error} when there is none */
export function signedPart(bytes: Uint8Array): JsonObject {
  const file = parseStrictJson(bytes)
  if (!isObject(file) || !isObject(file.signed)) throw new Error('it has no signed part')
  return file.signed
}

/** The same file with one more signature; one that the key made before is replaced. */
export function withSignature(envelope: Envelope<unknown>, keyid: string, signature: string): Uint8Array {
  return encodeMetadata(signedPart(envelope.bytes), new Map([...envelope.signatures, [keyid, signature]]))
}

/** Which world a root is the root of. */
export const worldOf = (root: Envelope<Root>): World =>
  signedPart(root.bytes)[worldField] === 'production' ? 'production' : 'preview'

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
