import { Paginator } from '../typesetting/index.ts'
import type { Block, Chapter, Measure, PageStyle } from '../typesetting/index.ts'
import type { Drawing, Rect } from './drawing.ts'
import type { Panel } from './panel.ts'

/** Characters laid out in one slice between two frames: about 1 ms here, 20 ms on the slowest box. */
const sliceCharacters = 2500

/** Typeset pages of a text. The first page is ready at once; the rest is laid out in slices. */
export class Reader implements Panel {
  private readonly paginator: Paginator

  constructor(
    blocks: readonly Block[],
    style: PageStyle,
    measure: Measure,
    private readonly imageOf: (target: string) => CanvasImageSource | undefined,
  ) {
    this.paginator = new Paginator(blocks, style, measure)
    this.paginator.page(0)
  }

  get pages(): number {
    return Math.max(1, this.paginator.done ? this.paginator.pages.length : this.paginator.estimatedPages)
  }

  get done(): boolean {
    return this.paginator.done
  }

  get chapters(): readonly Chapter[] {
    return this.paginator.chapters
  }

  /** The page's set lines, for the checker of line starts and ends. */
  lines(page: number): readonly string[] {
    return this.paginator.page(page)?.lines ?? []
  }

  has(page: number): boolean {
    return this.paginator.page(page) !== undefined
  }

  step(): void {
    this.paginator.step(sliceCharacters)
  }

  draw(drawing: Drawing, page: number, rect: Rect): void {
    const laidOut = this.paginator.page(page)
    if (laidOut) drawing.page(rect.x, rect.y, laidOut.marks, this.imageOf)
  }

  text(page: number): string {
    return this.paginator.page(page)?.text ?? ''
  }
}
