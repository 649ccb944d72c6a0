import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The trusted metadata in a folder: `root.json`, `timestamp.json`, … and `<role>.json`, as it came. */
export class KeptMetadata {
  constructor(private readonly folder: string) {}

  /** @throws {Error} when `init` has not been run */
  root(): Promise<Uint8Array> {
    return readFile(join(this.folder, 'root.json'))
  }

  /** All but the root, by file name. */
  async others(): Promise<Map<string, Uint8Array>> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.json') && name !== 'root.json')
    const read = async (name: string) => [name, await readFile(join(this.folder, name))] as const
    return new Map(await Promise.all(names.map(read)))
  }

  /** @param bytes null to forget the file */
  async write(name: string, bytes: Uint8Array | null): Promise<void> {
    if (bytes) await replace(this.folder, name, bytes)
    else await rm(join(this.folder, name), { force: true })
  }
}

/** Downloaded targets in a folder, each in one file without folders of its own. */
export class KeptTargets {
  constructor(private readonly folder: string) {}

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.folder, fileName(path)))
    } catch {
      return undefined
    }
  }

  write(path: string, bytes: Uint8Array): Promise<void> {
    return replace(this.folder, fileName(path), bytes)
  }
}

/** A target's path as the name of a file: no slash, and neither `.` nor `..`, so that it leads nowhere else. */
const fileName = (path: string): string => encodeURIComponent(path).replace(/^\./, '%2E')

/** Writes a file whole or not at all. */
async function replace(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  const part = join(folder, `${name}.part`)
  await writeFile(part, bytes)
  await rename(part, join(folder, name))
}
