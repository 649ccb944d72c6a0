import { content, safe, side, size } from '../theme/tokens.ts'
import type { Measure } from '../typesetting/index.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'
import { drawLabel } from '../widgets/paragraph.ts'
import type { OutlineNode } from '../widgets/outline.ts'

const itemHeight = 96
const itemsShown = Math.floor(content.height / itemHeight)

export interface SideItem<T> {
  readonly value: T
  readonly label: string
  /** A number or a word at the right. */
  readonly note?: string
  /** Drawn in the accent colour: something the household should not miss. */
  readonly urgent?: boolean
  /** Set a little to the right: a part of what stands above it. */
  readonly nested?: boolean
}

/** The column at the left: one of its items is chosen, and it moves a page at a time when it is long. */
export class SideMenu<T> {
  private at = 0

  constructor(
    readonly items: readonly SideItem<T>[],
    private readonly measure: Measure,
  ) {}

  get value(): T | undefined {
    return this.items[this.at]?.value
  }

  get index(): number {
    return this.at
  }

  /** Position of the first item that is shown. */
  get firstShown(): number {
    return Math.floor(this.at / itemsShown) * itemsShown
  }

  /** Chooses the item of this value, or the first where there is none. */
  choose(value: T): void {
    this.at = Math.max(
      0,
      this.items.findIndex((item) => item.value === value),
    )
  }

  chooseAt(index: number): void {
    this.at = Math.max(0, Math.min(index, this.items.length - 1))
  }

  /** Moves by so many items. False when there is nothing further that way. */
  step(by: number): boolean {
    const next = this.at + by
    if (next < 0 || next >= this.items.length) return false
    this.at = next
    return true
  }

  focusRect(x: number = safe.left): Rect {
    return itemRect(this.at - this.firstShown, x)
  }

  /** Draws the items, the chosen one marked by a bar, so that it is known also when the focus is elsewhere. */
  draw(drawing: Drawing, x: number = safe.left): void {
    const first = this.firstShown
    this.items.slice(first, first + itemsShown).forEach((item, i) => {
      const rect = itemRect(i, x)
      const chosen = first + i === this.at
      const left = rect.x + (item.nested ? 54 : 30)
      if (chosen) drawing.fill({ x: rect.x, y: rect.y + 18, width: 9, height: rect.height - 36 }, 'accent')
      const noteWidth = item.note ? drawing.width(item.note, size.small) + 24 : 0
      const width = rect.x + rect.width - 18 - noteWidth - left
      const ink = item.urgent ? 'accent' : 'text'
      const fitting = [size.label, size.small].find((px) => drawing.width(item.label, px, true) <= width)
      if (fitting !== undefined) drawing.text(left, rect.y + 61, item.label, { size: fitting, bold: chosen, ink })
      else {
        const style = { size: size.small, lineHeight: 42, width, bold: chosen, ink, maxLines: 2 } as const
        drawLabel(drawing, left, rect.y + 41, item.label, style, this.measure)
      }
      if (item.note) {
        drawing.text(rect.x + rect.width - 18, rect.y + 61, item.note, { size: size.small, ink: 'quiet', align: 'end' })
      }
    })
    const more = this.items.length > first + itemsShown
    if (more) drawing.arrow(x + side.width / 2, content.bottom - 3, 21, 'down', 'quiet')
  }

  outline(label: string, focused: boolean): OutlineNode {
    const first = this.firstShown
    return {
      role: 'list',
      label,
      options: this.items.slice(first, first + itemsShown).map((item, i) => ({
        text: item.note ? `${item.label} ${item.note}` : item.label,
        focused: focused && first + i === this.at,
        position: first + i + 1,
        of: this.items.length,
      })),
    }
  }
}

function itemRect(at: number, x: number): Rect {
  return { x, y: content.top + at * itemHeight, width: side.width, height: itemHeight }
}
