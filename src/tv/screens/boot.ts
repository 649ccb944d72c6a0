import { size } from '../theme/tokens.ts'
import type { SyncStatus } from '../sync/status.ts'
import type { OutlineNode } from '../widgets/outline.ts'
import { drawLabel } from '../widgets/paragraph.ts'
import type { View } from '../widgets/surface.ts'
import { body, drawFrame } from './frame.ts'
import { Screen } from './screen.ts'

const barTop = body.y + 396
const bar = { width: 1200, height: 36 } as const

/** An empty box: what it is fetching and how far it is, or what is in the way and what to do. */
export class BootScreen extends Screen {
  readonly screenName = 'boot'
  private status: SyncStatus | null = null

  show(status: SyncStatus): void {
    this.status = status
    this.refresh()
  }

  override _handleEnter(): void {
    if (this.status?.problem) this.context.retry()
  }

  protected view(): View {
    const { title, text, share } = this.words()
    const retry = this.status?.problem != null && this.status.phase === 'idle'
    return {
      key: `boot ${title} ${text} ${share === null ? '' : Math.round(share * 100)}`,
      draw: () => {
        const { t } = this.context.language
        const drawing = this.drawing()
        drawFrame(drawing, { title: t('app.title'), hints: [] })
        const x = body.x + 150
        const width = body.width - 300
        drawing.text(x, body.y + 186, title, { size: size.title, bold: true, within: width })
        drawLabel(drawing, x, body.y + 279, text, { size: size.body, ink: 'quiet', width, maxLines: 2 }, this.context.measure)
        if (share !== null) {
          drawing.frame({ x, y: barTop, ...bar }, 'edge', 3)
          drawing.fill({ x: x + 6, y: barTop + 6, width: Math.max(0, (bar.width - 12) * share), height: bar.height - 12 }, 'accent')
        }
        drawLabel(drawing, x, body.y + 540, t('boot.safe'), { size: size.label, ink: 'quiet', width }, this.context.measure)
        if (retry) drawing.text(x + 180, body.y + 663, t('boot.retry'), { size: size.body, bold: true, align: 'center' })
        return drawing
      },
      focus: retry ? { x: body.x + 150, y: body.y + 600, width: 360, height: 96 } : null,
      outline: () => this.outline(title, text, retry),
    }
  }

  private words(): { title: string; text: string; share: number | null } {
    const { t } = this.context.language
    const { status } = this
    const { bytes } = this.context.language
    if (status?.problem && status.phase === 'idle') {
      return { title: t(`boot.${status.problem}`), text: t(`boot.${status.problem}.do`), share: null }
    }
    if (status?.phase === 'fetching' && status.total > 0) {
      const text = t('boot.fetching', { done: bytes(status.done), total: bytes(status.total) })
      return { title: t('boot.welcome'), text, share: Math.min(1, status.done / status.total) }
    }
    return { title: t('boot.welcome'), text: t('boot.checking'), share: 0 }
  }

  private outline(title: string, text: string, retry: boolean): OutlineNode[] {
    const { t } = this.context.language
    const nodes: OutlineNode[] = [
      { role: 'heading', text: title },
      { role: 'status', text },
    ]
    if (retry) nodes.push({ role: 'list', label: title, options: [{ text: t('boot.retry'), focused: true }] })
    return nodes
  }

  override _handleBack(): boolean {
    this.context.go({ to: 'leave' })
    return true
  }
}
