import { body, drawFrame } from './frame.ts'
import { size } from '../theme/tokens.ts'
import type { OutlineNode } from '../widgets/outline.ts'
import { drawLabel } from '../widgets/paragraph.ts'
import type { View } from '../widgets/surface.ts'
import type { Rect } from '../widgets/drawing.ts'
import { Screen } from './screen.ts'

const button = { width: 360, height: 96, gap: 36 } as const

/** One thing that can be done from a message. */
export interface Choice {
  readonly label: string
  readonly act: () => void
}

export interface Message {
  readonly title: string
  readonly text: string
  readonly choices: readonly Choice[]
}

/** Says one thing in plain words and offers what can be done about it: errors, questions, progress. */
export class MessageScreen extends Screen {
  readonly screenName: string = 'message'
  message: Message = { title: '', text: '', choices: [] }
  private at = 0

  override _handleLeft(): void {
    this.at = Math.max(0, this.at - 1)
    this.refresh()
  }

  override _handleRight(): void {
    this.at = Math.min(this.message.choices.length - 1, this.at + 1)
    this.refresh()
  }

  override _handleEnter(): void {
    this.message.choices[this.at]?.act()
  }

  protected view(): View {
    const { t } = this.context.language
    return {
      key: `message ${this.message.title} ${this.message.text}`,
      draw: () => {
        const drawing = this.drawing()
        drawFrame(drawing, { title: t('app.title'), hints: this.message.choices.length > 0 ? [t('hint.ok'), t('hint.back')] : [t('hint.back')] })
        const x = body.x + 150
        const width = body.width - 300
        const next = drawLabel(drawing, x, body.y + 186, this.message.title, { size: size.title, bold: true, width }, this.context.measure)
        drawLabel(drawing, x, next + 24, this.message.text, { size: size.body, ink: 'quiet', width, maxLines: 4 }, this.context.measure)
        this.message.choices.forEach((choice, i) => {
          const rect = buttonRect(i)
          drawing.frame(rect, 'edge', 3)
          drawing.text(rect.x + rect.width / 2, rect.y + 63, choice.label, { size: size.body, bold: true, align: 'center' })
        })
        return drawing
      },
      focus: this.message.choices.length > 0 ? buttonRect(this.at) : null,
      outline: () => this.outline(),
    }
  }

  private outline(): OutlineNode[] {
    const options = this.message.choices.map((choice, i) => ({ text: choice.label, focused: i === this.at }))
    const nodes: OutlineNode[] = [
      { role: 'heading', text: this.message.title },
      { role: 'status', text: this.message.text },
    ]
    return options.length > 0 ? [...nodes, { role: 'list', label: this.message.title, options }] : nodes
  }
}

function buttonRect(at: number): Rect {
  return { x: body.x + 150 + at * (button.width + button.gap), y: body.y + 540, width: button.width, height: button.height }
}
