import type { Service } from '../../feed/records/index.ts'
import { size } from '../theme/tokens.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'
import { DrawnPanel } from '../widgets/panel.ts'
import type { Panel } from '../widgets/panel.ts'
import { drawLabel } from '../widgets/paragraph.ts'
import type { Context } from './screen.ts'
import { howLong, howMuch } from './service-facts.ts'

const card = { gap: 24, height: 222 } as const

interface Answer {
  readonly question: string
  readonly answer: string
  readonly notes: readonly string[]
}

/** The item at a glance: five questions, five answers, on one screen. */
export function overviewPanel(service: Service, context: Context): Panel {
  const answers = answersOf(service, context)
  const bring = bringOf(service, context)
  const { language } = context
  const say = (a: Answer): string => language.labelled(a.question, language.join([a.answer, ...a.notes], 'semicolon'))
  const words = [...answers, bring].map(say).join('\n')
  return new DrawnPanel(
    1,
    (drawing, _, rect) => {
      const width = (rect.width - card.gap) / 2
      answers.forEach((answer, i) => {
        const x = rect.x + (i % 2) * (width + card.gap)
        const y = rect.y + Math.floor(i / 2) * (card.height + card.gap)
        drawCard(drawing, { x, y, width, height: card.height }, answer, context)
      })
      const top = rect.y + 2 * (card.height + card.gap)
      drawCard(drawing, { x: rect.x, y: top, width: rect.width, height: rect.y + rect.height - top }, bring, context)
    },
    () => words,
  )
}

function answersOf(service: Service, context: Context): Answer[] {
  const { language } = context
  const { t } = language
  const place = service.places?.[0]
  const where = [place?.address, place?.hours].filter((word) => word !== undefined)
  return [
    { question: t('service.howLong'), ...howLong(service, language) },
    { question: t('service.howMuch'), ...howMuch(service, language) },
    { question: t('service.where'), answer: place?.name ?? service.implementer, notes: where },
    { question: t('service.call'), answer: service.consultPhone ?? place?.phone ?? t('service.noPhone'), notes: [] },
  ]
}

function bringOf(service: Service, context: Context): Answer {
  const { t } = context.language
  const materials = service.materials ?? []
  if (materials.length === 0) return { question: t('service.bring'), answer: t('service.materials.none'), notes: [] }
  return {
    question: t('service.bring'),
    answer: t('service.materials.count', { n: materials.length }),
    notes: [materials.map((m) => m.name).join(t('list.separator'))],
  }
}

function drawCard(drawing: Drawing, rect: Rect, { question, answer, notes }: Answer, context: Context): void {
  drawing.fill(rect, 'panel', 6)
  const x = rect.x + 30
  const width = rect.width - 60
  drawing.text(x, rect.y + 45, question, { size: size.small, ink: 'quiet' })
  const short = drawing.width(answer, size.lead, true) <= width
  const style = { size: short ? size.lead : size.label, width, bold: true, ink: 'accent', maxLines: short ? 1 : 2 } as const
  const next = drawLabel(drawing, x, rect.y + (short ? 102 : 93), answer, style, context.measure)
  const room = Math.floor((rect.y + rect.height - 12 - (next - 18)) / (size.small * 1.5)) + 1
  if (notes.length === 0 || room < 1) return
  drawLabel(drawing, x, next - 18, context.language.join(notes, 'semicolon'), { size: size.small, width, maxLines: room }, context.measure)
}
