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
  constructor(
    readonly items: readonly SideItem<T>[],
    private readonly measure: Measure,
  ) {}

  /** Position of the first item that is shown when this one is chosen. */
  firstShown(at: number): number {
    return Math.floor(at / itemsShown) * itemsShown
  }

  /** Where the ring is when this item has the focus. */
  focusRect(at: number): Rect {
    return itemRect(at - this.firstShown(at))
  }

  /** Draws the items, the chosen one marked by a bar, so that it is known also when the focus is elsewhere. */
  draw(drawing: Drawing, at: number): void {
    const first = this.firstShown(at)
    this.items.slice(first, first + itemsShown).forEach((item, i) => {
      this.drawItem(drawing, itemRect(i), item, first + i === at)
    })
    const more = this.items.length > first + itemsShown
    if (more) drawing.arrow(safe.left + side.width / 2, content.bottom - 3, 21, 'down', 'quiet')
  }

  private drawItem(drawing: Drawing, rect: Rect, item: SideItem<T>, chosen: boolean): void {
    const left = rect.x + (item.nested ? 54 : 30)
    if (chosen) drawing.fill({ x: rect.x, y: rect.y + 18, width: 9, height: rect.height - 36 }, 'accent')
    const noteWidth = item.note ? drawing.width(item.note, size.small) + 24 : 0
    const width = rect.x + rect.width - 18 - noteWidth - left
    const ink = item.urgent ? 'accent' : 'text'
    const fitting = [size.label, size.small].find((px) => drawing.width(item.label, px, true) <= width)
    if (fitting !== undefined) drawing.text(left, rect.y + 60, item.label, { size: fitting, bold: chosen, ink })
    else {
      const style = { size: size.small, lineHeight: 45, width, bold: chosen, ink, maxLines: 2 } as const
      drawLabel(drawing, left, rect.y + 39, item.label, style, this.measure)
    }
    if (item.note) {
      drawing.text(rect.x + rect.width - 18, rect.y + 60, item.note, { size: size.small, ink: 'quiet', align: 'end' })
    }
  }

  /** The items in words; `chosen` is one of them, and has the focus or not. */
  outline(label: string, chosen: number, focused: boolean): OutlineNode {
    const first = this.firstShown(chosen)
    return {
      role: 'list',
      label,
      options: this.items.slice(first, first + itemsShown).map((item, i) => ({
        text: item.note ? `${item.label} ${item.note}` : item.label,
        chosen: first + i === chosen,
        focused: focused && first + i === chosen,
        position: first + i + 1,
        of: this.items.length,
      })),
    }
  }
}

function itemRect(at: number): Rect {
  return { x: safe.left, y: content.top + at * itemHeight, width: side.width, height: itemHeight }
}
