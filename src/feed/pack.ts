import type { Rec } from './records/index.ts'

/** The text of a pack file: record bodies, in the order of their `index`. */
export function encodePack(records: readonly Rec[]): string {
  return JSON.stringify({ format: 1, records })
}

/**
 * Reads a pack that has already been verified.
 * @throws {Error} when the file is of another format than this app knows.
 */
export function decodePack(text: string): readonly Rec[] {
  const file = JSON.parse(text) as { format: number; records: readonly Rec[] }
  if (file.format !== 1) throw new Error(`pack format ${String(file.format)} is newer than this app (1)`)
  return file.records
}
