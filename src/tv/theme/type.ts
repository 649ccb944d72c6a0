import { pageStyle } from '../typesetting/index.ts'
import type { PageStyle } from '../typesetting/index.ts'

/** How a text area of this size is set at this body size; every other number follows from the two. */
export function readingStyle(width: number, height: number, bodySize: number): PageStyle {
  return pageStyle({ width, height, size: bodySize })
}
