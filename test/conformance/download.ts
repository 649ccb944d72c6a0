/** How long one file may take, milliseconds. */
const patience = 60_000

/**
 * Fetches a file; stops reading once it is longer than it may be.
 * @param maxLength bytes; of a longer file a little more comes back, for the caller to refuse
 * @returns null when the server has no such file
 * @throws {Error} when the server cannot be reached, or answers with anything else
 */
export async function download(url: string, maxLength: number): Promise<Uint8Array | null> {
  const headers = { 'accept-encoding': 'identity', 'user-agent': 'tuf-client' }
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(patience) })
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    if (response.status === 404 || response.status === 403) return null
    throw new Error(`${url}: the server answers ${response.status}`)
  }
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = response.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value)
    length += part.value.length
    if (length > maxLength) {
      await reader.cancel()
      break
    }
  }
  return Buffer.concat(chunks)
}
