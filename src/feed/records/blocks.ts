import * as v from 'valibot'

/**
 * Blocks: the paragraph-level pieces of a body. They carry text as data and
 * nothing else; there is no markup to interpret on the box (architecture.md, rule 5).
 */

/** A run of text: plain, or set in bold. */
const span = v.union([v.string(), v.strictObject({ strong: v.string() })])
/** The text of a block, in reading order. */
const spans = v.array(span)

const heading = v.strictObject({
  type: v.literal('heading'),
  /** 1 for 编 and 章 titles, 2 for 节, 3 for anything below. */
  level: v.picklist([1, 2, 3]),
  text: spans,
})

const paragraph = v.strictObject({
  type: v.literal('paragraph'),
  text: spans,
  /** `start` is set with a first-line indent (CLREQ 3.4.1); the others without. */
  align: v.optional(v.picklist(['center', 'end'])),
})

const list = v.strictObject({
  type: v.literal('list'),
  /** Number of the first item of an ordered list; absent for a bulleted one. */
  start: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  items: v.array(spans),
})

const table = v.strictObject({
  type: v.literal('table'),
  caption: v.optional(v.string()),
  head: v.array(v.string()),
  /** Every row has as many cells as `head`. */
  rows: v.array(v.array(v.string())),
})

const image = v.strictObject({
  type: v.literal('image'),
  /** Path of the TUF target that holds the picture (PNG or JPEG), `city/images/map.png`. */
  target: v.string(),
  /** What the picture says, for those who cannot see it. Required. */
  alt: v.pipe(v.string(), v.minLength(1)),
  /** Size in pixels of the file. */
  width: v.number(),
  height: v.number(),
  caption: v.optional(v.string()),
})

const note = v.strictObject({
  type: v.literal('note'),
  text: spans,
})

export const block = v.variant('type', [heading, paragraph, list, table, image, note])
export const blocks = v.array(block)

export type Span = v.InferOutput<typeof span>
export type Block = v.InferOutput<typeof block>
export type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>

/** The text of spans without its styling. */
export function plainText(text: readonly Span[]): string {
  return text.map((s) => (typeof s === 'string' ? s : s.strong)).join('')
}
