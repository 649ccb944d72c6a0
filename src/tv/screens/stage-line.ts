import { size } from '../theme/tokens.ts'
import type { Drawing, Rect } from '../widgets/drawing.ts'
import { drawLabel } from '../widgets/paragraph.ts'
import { stages } from '../../feed/stages.ts'
import type { Stage } from '../../feed/stages.ts'
import type { Context } from './screen.ts'

/** Height of the stage line, px. */
export const stageLineHeight = 237

/**
 * The seven steps as a line of stations: done ones filled, the present one large and
 * named 现在, later ones hollow. Shape tells them apart, not only colour.
 */
export function drawStageLine(drawing: Drawing, rect: Rect, stage: Stage, context: Context): void {
  const { t } = context.language
  const present = stages.indexOf(stage)
  const pitch = rect.width / stages.length
  const y = rect.y + 84
  const centre = (i: number): number => rect.x + pitch * (i + 0.5)
  drawing.fill({ x: centre(0), y: y - 3, width: pitch * (stages.length - 1), height: 6 }, 'edge')
  if (present > 0) drawing.fill({ x: centre(0), y: y - 3, width: pitch * present, height: 6 }, 'good')
  stages.forEach((name, i) => {
    const x = centre(i)
    if (i < present) drawing.disc(x, y, 21, 'good')
    else if (i === present) {
      drawing.disc(x, y, 36, 'accent')
      drawing.text(x, y + 13, String(i + 1), { size: size.label, bold: true, ink: 'onMark', align: 'center' })
      drawing.text(x, rect.y + 36, t('decision.now'), { size: size.small, bold: true, ink: 'accent', align: 'center' })
    } else {
      drawing.disc(x, y, 21, 'edge')
      drawing.disc(x, y, 15, 'ground')
    }
    const ink = i === present ? 'accent' : i < present ? 'text' : 'quiet'
    const style = { size: size.small, width: pitch, align: 'center', maxLines: 2, bold: i === present, ink } as const
    drawLabel(drawing, x - pitch / 2, y + 78, t(`stage.${name}`), style, context.measure)
  })
}
