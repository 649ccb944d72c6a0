/** What the header of a picture file says. */
export interface PictureInfo {
  readonly type: 'png' | 'jpeg'
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** Reads type and size from the first bytes of a PNG or JPEG file; null for anything else. */
export function pictureInfo(bytes: Uint8Array): PictureInfo | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return png(view) ?? jpeg(view)
}

/** PNG (ISO/IEC 15948): eight signature bytes, then the IHDR chunk with width and height. */
function png(view: DataView): PictureInfo | null {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return null
  return { type: 'png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** JPEG (ITU-T T.81): a chain of marked segments; a start-of-frame segment holds the size. */
function jpeg(view: DataView): PictureInfo | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1 // fill byte
      continue
    }
    // SOF0–SOF15, without DHT (C4), JPG (C8) and DAC (CC), which share the range.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { type: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}
