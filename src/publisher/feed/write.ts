import path from 'node:path'
import { hashedPath } from '../../feed/layout.ts'
import { sameBytes } from '../../feed/tuf/hash.ts'
import type { TargetBytes } from '../compile/role.ts'
import { readIfThere, writeWhole } from '../files.ts'
import type { Keyring } from '../signing/keyring.ts'
import { versionedName } from './previous.ts'
import type { SignedEdition } from './sign-edition.ts'

const rootName = (version: number): string => versionedName('root.json', version)

/**
 * Writes an edition so that whoever reads in between sees the one before: what is
 * named before what names it, and timestamp, which alone changes in place, last.
 * @returns the files that were not there already
 */
export async function writeEdition(
  out: string,
  keyring: Keyring,
  targets: readonly (readonly [string, Pick<TargetBytes, 'sha256' | 'bytes'>])[],
  edition: SignedEdition,
): Promise<string[]> {
  const files = [
    ...targets.map(([target, { sha256, bytes }]) => ({ name: `targets/${hashedPath(target, sha256)}`, bytes })),
    ...[...keyring.roots].map(([version, bytes]) => ({ name: `metadata/${rootName(version)}`, bytes })),
    ...[...edition.files].map(([name, bytes]) => ({ name: `metadata/${name}`, bytes })),
    { name: 'metadata/timestamp.json', bytes: edition.timestamp },
  ]
  const written: string[] = []
  for (const { name, bytes } of files) {
    const file = path.join(out, name)
    const there = await readIfThere(file)
    if (there && sameBytes(there, bytes)) continue
    await writeWhole(file, bytes)
    written.push(name)
  }
  return written
}
