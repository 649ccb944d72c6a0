import { gunzipSync, gzipSync } from 'fflate'

/** Effort of compression: the greatest, which costs no more than a middling one here. */
const level = 9

/**
 * Compresses a file. The same content always gives the same bytes: no time in the header.
 * @param before the file as it was compressed before, if it was; used again when its content is the same
 */
export function gzip(content: Uint8Array, before: Uint8Array | undefined): Uint8Array {
  if (before && holds(before, content)) return before
  return gzipSync(content, { level, mtime: 0 })
}

function holds(compressed: Uint8Array, content: Uint8Array): boolean {
  // RFC 1952: the last four bytes are the length. fflate would fill the given buffer and stop.
  const trailer = compressed.slice(-4)
  if (trailer.length < 4 || new DataView(trailer.buffer).getUint32(0, true) !== content.length) return false
  try {
    return Buffer.compare(gunzipSync(compressed, { out: new Uint8Array(content.length) }), content) === 0
  } catch {
    // Damaged: make it anew.
    return false
  }
}
