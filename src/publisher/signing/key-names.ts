import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { CommandError } from '../errors.ts'
import { isMissing, readTextIfThere } from '../files.ts'
import { parsePublicKey, readPublicKey } from './key-file.ts'

/** Enough of a key id to tell keys apart. */
export const shortId = (keyid: string): string => keyid.slice(0, 12)

/** Who holds which key, by key id. */
export type Owners = ReadonlyMap<string, string>

/** The owners that the key files of some folders name; files that are none are passed over. */
export async function ownersIn(...folders: readonly string[]): Promise<Owners> {
  const owners = new Map<string, string>()
  for (const folder of folders) {
    for (const name of (await list(folder)).filter((n) => /\.(?:key|pub)\.json$/u.test(n))) {
      const text = await readTextIfThere(path.join(folder, name))
      const { keyid, owner } = text === undefined ? {} : parsedOrNothing(text)
      if (keyid !== undefined && owner !== undefined) owners.set(keyid, owner)
    }
  }
  return owners
}

/** `张三（1a2b3c4d5e6f）` */
export function keyLabel(keyid: string, owners: Owners): string {
  const owner = owners.get(keyid)
  return owner === undefined ? shortId(keyid) : `${owner}（${shortId(keyid)}）`
}

/**
 * The key id that a user means: written in full, its first eight or more digits, or a key file.
 * @param known the key ids that it can be
 * @throws {CommandError}
 */
export async function meantKeyid(typed: string, file: string, known: readonly string[]): Promise<string> {
  const wanted = /^[0-9a-f]{8,64}$/u.test(typed) ? typed : (await readPublicKey(file)).keyid
  const found = known.filter((keyid) => keyid.startsWith(wanted))
  const [keyid] = found
  if (keyid !== undefined && found.length === 1) return keyid
  throw new CommandError(
    `名单里没有密钥 ${typed}。现有的是：${known.map(shortId).join('、')}。`,
    `No such key is listed: ${typed}. There are: ${known.map(shortId).join(', ')}.`,
  )
}

function parsedOrNothing(text: string): { keyid?: string; owner?: string | undefined } {
  try {
    return parsePublicKey(text)
  } catch {
    // Not ours to judge here: whoever signs with it reads it again.
    return {}
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
