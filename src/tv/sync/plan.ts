import type { Entry } from '../../feed/catalogue.ts'
import { cataloguePath, partOf } from '../../feed/layout.ts'
import type { TargetFile } from '../../feed/tuf/index.ts'

/** Which of these files are lists: they come first, and are kept more carefully. */
export function catalogues(files: readonly TargetFile[], roles: readonly string[]): readonly TargetFile[] {
  const paths = new Set(roles.map(cataloguePath))
  return files.filter(({ path }) => paths.has(path) || partOf(path)?.part === 'catalog')
}

/**
 * Files in the order in which they are worth fetching: the packs of the newest entries
 * first, then what no entry names, such as pictures.
 * @param entries newest first
 */
export function worthFirst(files: readonly TargetFile[], entries: readonly Entry[]): readonly TargetFile[] {
  const places = new Map<string, number>()
  for (const { pack } of entries) if (!places.has(pack)) places.set(pack, places.size)
  const place = (file: TargetFile) => places.get(file.path) ?? places.size
  return files
    .map((file, i) => ({ file, i }))
    .sort((a, b) => place(a.file) - place(b.file) || a.i - b.i)
    .map(({ file }) => file)
}

export const bytesOf = (files: readonly TargetFile[]): number => files.reduce((sum, file) => sum + file.length, 0)
