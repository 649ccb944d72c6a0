import type { Decision } from '../../feed/records/index.ts'
import { stages } from '../../feed/stages.ts'
import type { TextKey } from '../language/language.ts'
import { size } from '../theme/tokens.ts'
import { readingStyle } from '../theme/type.ts'
import { FactsPanel } from '../widgets/facts.ts'
import type { Fact } from '../widgets/facts.ts'
import { DrawnPanel } from '../widgets/panel.ts'
import type { Panel } from '../widgets/panel.ts'
import { Reader } from '../widgets/reader.ts'
import { outcomeFacts, progressFacts, takePartFacts } from './decision-facts.ts'
import { relatedParts } from './links.ts'
import type { Link } from './links.ts'
import { panelRect, PartsScreen } from './parts.ts'
import type { Heading } from './parts.ts'
import type { Part } from './place.ts'
import type { SideItem } from './side-menu.ts'
import { drawStageLine, stageLineHeight } from './stage-line.ts'

/** A decision: the stage line, the dates, how to take part, what came of it, and the draft. */
export class DecisionScreen extends PartsScreen {
  readonly screenName = 'decision'
  record!: Decision

  protected override readonly firstPane = 'parts'

  protected override get recordKey(): string {
    return this.record.id
  }

  protected override recall(memory: unknown): void {
    this.setParts(this.parts(), memory)
  }

  private parts(): SideItem<Part>[] {
    const { record, context } = this
    const { language, measure } = context
    const { t } = language
    const today = context.today()
    const rect = panelRect(this.heading().bar !== null)
    const facts = (list: readonly Fact[]): Panel => new FactsPanel(list, rect.width, rect.height, measure)
    const items: SideItem<Part>[] = []
    const add = (key: TextKey, panel: Panel): void => {
      items.push({ label: t(key), value: { key, panel, page: 0 } })
    }
    add('decision.progress', this.progress())
    add('decision.takePart', facts(takePartFacts(record, language, today)))
    add('decision.outcome', facts(outcomeFacts(record, language)))
    if (record.body.length > 0) {
      const style = readingStyle(rect.width, rect.height, size.body)
      add('decision.text', new Reader(record.body, style, measure, (target) => context.imageOf(target)))
    }
    const links: Link[] = (record.related ?? []).map((id) => ({ id, label: 'document.related' }))
    if (record.outcome?.policy) links.unshift({ id: record.outcome.policy, label: 'decision.document' })
    return [...items, ...relatedParts(links, rect, context)]
  }

  /** The stage line above the facts; facts that do not fit go on over further pages. */
  private progress(): Panel {
    const { record, context } = this
    const { language, measure } = context
    const rect = panelRect(this.heading().bar !== null)
    const list = progressFacts(record, language, context.today())
    const facts = new FactsPanel(list, rect.width, rect.height - stageLineHeight, measure)
    const stage = language.t('decision.stage.of', { n: stages.indexOf(record.stage) + 1 })
    return new DrawnPanel(
      facts.pages,
      (drawing, page, area) => {
        drawStageLine(drawing, area, record.stage, context)
        facts.draw(drawing, page, { ...area, y: area.y + stageLineHeight, height: area.height - stageLineHeight })
      },
      (page) => `${language.labelled(stage, language.t(`stage.${record.stage}`))}\n${facts.text(page)}`,
    )
  }

  protected heading(): Heading {
    const { record } = this
    const { t } = this.context.language
    return {
      title: record.title,
      demonstration: record.demonstration === true,
      bar: record.suspended ? t('decision.suspended') : null,
    }
  }
}
