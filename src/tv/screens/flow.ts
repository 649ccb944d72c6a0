import type { Service } from '../../feed/records/index.ts'
import { size } from '../theme/tokens.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'
import { DrawnPanel } from '../widgets/panel.ts'
import type { Panel } from '../widgets/panel.ts'
import { drawLabel } from '../widgets/paragraph.ts'
import type { Context } from './screen.ts'
import { timeWords } from './service-facts.ts'

type Step = NonNullable<Service['steps']>[number]

const columns = 3
const box = { height: 285, gap: 63 } as const
const rowsAPage = 2
const perPage = columns * rowsAPage

/** The steps as boxes with arrows from one to the next, and at the end what one takes home. */
export function flowPanel(steps: readonly Step[], result: string | undefined, context: Context): Panel {
  const pages = Math.ceil(steps.length / perPage)
  const words = (page: number): string => {
    const shown = steps.slice(page * perPage, (page + 1) * perPage)
    const lines = shown.map((step, i) => stepWords(step, page * perPage + i, context))
    if (result !== undefined && page === pages - 1) lines.push(context.language.labelled(context.language.t('service.result'), result))
    return lines.join('\n')
  }
  return new DrawnPanel(
    pages,
    (drawing, page, rect) => {
      const first = page * perPage
      steps.slice(first, first + perPage).forEach((step, i) => {
        const area = boxRect(rect, i)
        drawStep(drawing, area, step, first + i, context)
        if (first + i + 1 < steps.length) drawWay(drawing, rect, i, first + i + 1 < first + perPage)
      })
      if (result !== undefined && page === pages - 1) {
        const baseline = rect.y + rowsAPage * (box.height + box.gap) + 9
        const label = drawing.text(rect.x, baseline, context.language.labelled(context.language.t('service.result'), ''), { size: size.label, ink: 'quiet' })
        drawing.text(rect.x + label, baseline, result, { size: size.body, bold: true, ink: 'accent', within: rect.width - label })
      }
    },
    words,
  )
}

function stepWords(step: Step, index: number, { language }: Context): string {
  const parts = [
    `${language.t('service.step', { n: index + 1 })} ${step.name}`,
    step.handler,
    step.limit ? timeWords(step.limit, language) : undefined,
    step.stepResult,
  ]
  return language.join(parts, 'comma')
}

function boxRect(rect: Rect, i: number): Rect {
  const width = (rect.width - (columns - 1) * box.gap) / columns
  const x = rect.x + (i % columns) * (width + box.gap)
  return { x, y: rect.y + Math.floor(i / columns) * (box.height + box.gap), width, height: box.height }
}

function drawStep(drawing: Drawing, rect: Rect, step: Step, index: number, context: Context): void {
  const { language, measure } = context
  drawing.fill(rect, 'panel', 6)
  drawing.disc(rect.x + 48, rect.y + 51, 30, 'accent')
  drawing.text(rect.x + 48, rect.y + 64, String(index + 1), { size: size.label, bold: true, ink: 'onMark', align: 'center' })
  if (step.limit) {
    const words = timeWords(step.limit, language)
    drawing.text(rect.x + rect.width - 24, rect.y + 63, words, { size: size.label, ink: 'accent', bold: true, align: 'end', within: rect.width - 114 })
  }
  const width = rect.width - 48
  const x = rect.x + 24
  const next = drawLabel(drawing, x, rect.y + 132, step.name, { size: size.body, bold: true, width, maxLines: 2 }, measure)
  const who = step.handler && language.labelled(language.t('flow.who'), step.handler)
  const gets = step.stepResult && language.labelled(language.t('flow.gets'), step.stepResult)
  const notes = [who, gets].filter(Boolean).join('\n')
  const room = Math.floor((rect.y + rect.height - next) / 49.5) + 1
  if (notes !== '' && room > 0) {
    drawLabel(drawing, x, next - 9, notes, { size: size.small, ink: 'quiet', width, maxLines: room }, measure)
  }
}

/** The way to the next box: an arrow to the right, or at a row's end round to the start of the next row. */
function drawWay(drawing: Drawing, rect: Rect, i: number, nextOnPage: boolean): void {
  const from = boxRect(rect, i)
  const line = 6
  if (i % columns < columns - 1) {
    const y = from.y + from.height / 2
    const start = from.x + from.width + 6
    drawing.fill({ x: start, y: y - line / 2, width: box.gap - 30, height: line }, 'quiet')
    drawing.arrow(start + box.gap - 24, y, 27, 'right', 'quiet')
    return
  }
  const x = from.x + from.width / 2
  if (!nextOnPage) {
    drawing.arrow(x, from.y + from.height + box.gap / 2, 30, 'down', 'quiet')
    return
  }
  const to = boxRect(rect, i + 1)
  const target = to.x + to.width / 2
  const middle = from.y + from.height + box.gap / 2
  drawing.fill({ x: x - line / 2, y: from.y + from.height + 6, width: line, height: box.gap / 2 - 6 }, 'quiet')
  drawing.fill({ x: target - line / 2, y: middle - line / 2, width: x - target + line, height: line }, 'quiet')
  drawing.arrow(target, middle + box.gap / 2 - 15, 27, 'down', 'quiet')
}
