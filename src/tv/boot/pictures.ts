import type { Library } from '../store/edition.ts'

/** Decoded pictures that stay in memory. */
const keptPictures = 16

/**
 * Pictures of records, from verified bytes only. `of` returns a picture that is
 * ready, or asks for it and calls `arrived` when it is.
 */
export function pictures(library: Library, arrived: () => void): { of(target: string): CanvasImageSource | undefined } {
  const ready = new Map<string, HTMLImageElement>()
  const asked = new Set<string>()

  async function load(target: string): Promise<void> {
    const bytes = await library.image(target)
    const type = /\.png$/i.test(target) ? 'image/png' : 'image/jpeg'
    const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }))
    const image = new Image()
    await new Promise<void>((resolve, reject) => {
      image.onload = () => {
        resolve()
      }
      image.onerror = () => {
        reject(new Error(`${target} is not a picture that this engine can decode`))
      }
      image.src = address
    }).finally(() => {
      URL.revokeObjectURL(address)
    })
    if (ready.size >= keptPictures) {
      const oldest = ready.keys().next().value
      if (oldest !== undefined) ready.delete(oldest)
    }
    ready.set(target, image)
  }

  return {
    of(target) {
      const image = ready.get(target)
      if (image) {
        // The last one used is the last one to go.
        ready.delete(target)
        ready.set(target, image)
        return image
      }
      if (!asked.has(target)) {
        asked.add(target)
        load(target)
          .then(arrived)
          .catch(() => {
            // The frame in its place stays, with the text that says what it shows.
          })
          .finally(() => asked.delete(target))
      }
      return undefined
    },
  }
}
