import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** Makes an empty folder that is deleted after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'publisher-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files below a folder, by their path in it. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}

/**
 * A folder of real regulations to test on: as the environment says, else `corpus/regulations`
 * in any folder beside the project. Tests that need it do not run where it is not.
 */
export const corpus = process.env.REGULATIONS ?? besideProject('corpus/regulations')

function besideProject(name: string): string {
  const parent = path.resolve(import.meta.dirname, '../../../..')
  const found = readdirSync(parent)
    .map((folder) => path.join(parent, folder, name))
    .find((folder) => existsSync(folder))
  return found ?? path.join(parent, name)
}
