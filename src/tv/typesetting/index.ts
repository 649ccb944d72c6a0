/** Chinese line breaking, justification and pagination: measured text in, lines and pages out. */
export type {
  Block, HeadingBlock, ImageBlock, ListBlock, NoteBlock, ParagraphBlock, TableBlock,
} from './block.ts'
export type { Chapter, FillMark, ImageMark, Mark, Page, RuleMark, TextMark, TextRole } from './page.ts'
export { Paginator } from './paginator.ts'
export { breakParagraph, gridWidth } from './paragraph.ts'
export { pageStyle, snap } from './style.ts'
export type { PageStyle, TextSize } from './style.ts'
export type { Face, Line, Measure, ParagraphStyle, Run, Span } from './text.ts'
