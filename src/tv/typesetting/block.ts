import type { Span } from './text.ts'

/**
 * What the paginator sets: the same shapes as the feed's blocks, so that a record's
 * body can be handed over as it is. Typesetting knows nothing of the feed.
 */
export type Block = HeadingBlock | ParagraphBlock | ListBlock | TableBlock | NoteBlock | ImageBlock

/** 1: 编 and 章 titles; 2: 节; 3: anything below. */
export interface HeadingBlock {
  readonly type: 'heading'
  readonly level: 1 | 2 | 3
  readonly text: readonly Span[]
}

/** Without `align`: justified, with a first-line indent. */
export interface ParagraphBlock {
  readonly type: 'paragraph'
  readonly text: readonly Span[]
  readonly align?: 'center' | 'end' | undefined
}

/** `start`: number of the first item; absent for a bulleted list. */
export interface ListBlock {
  readonly type: 'list'
  readonly start?: number | undefined
  readonly items: readonly (readonly Span[])[]
}

/** Every row has as many cells as `head`. */
export interface TableBlock {
  readonly type: 'table'
  readonly caption?: string | undefined
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface NoteBlock {
  readonly type: 'note'
  readonly text: readonly Span[]
}

/** `width`, `height`: pixels of the file. */
export interface ImageBlock {
  readonly type: 'image'
  readonly target: string
  readonly alt: string
  readonly width: number
  readonly height: number
  readonly caption?: string | undefined
}
