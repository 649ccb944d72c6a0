import type { Service } from '../../feed/records/index.ts'
import type { TextKey } from '../language/language.ts'
import { size } from '../theme/tokens.ts'
import { readingStyle } from '../theme/type.ts'
import type { Block } from '../typesetting/index.ts'
import { FactsPanel } from '../widgets/facts.ts'
import type { Fact } from '../widgets/facts.ts'
import type { Panel } from '../widgets/panel.ts'
import { Reader } from '../widgets/reader.ts'
import { flowPanel } from './flow.ts'
import { relatedParts } from './links.ts'
import { panelRect, PartsScreen } from './parts.ts'
import type { Heading } from './parts.ts'
import type { Part } from './place.ts'
import { conditionFacts, materialBlocks, moneyFacts, placeFacts, questionBlocks } from './service-facts.ts'
import { overviewPanel } from './service-overview.ts'
import type { SideItem } from './side-menu.ts'

/** A service item, by the questions that a person asks: what to bring, how long, how much, where, whom to call. */
export class ServiceScreen extends PartsScreen {
  readonly screenName = 'service'
  record!: Service

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
    const rect = panelRect(false)
    const style = readingStyle(rect.width, rect.height, size.body)
    const reader = (blocks: readonly Block[]): Panel => new Reader(blocks, style, measure, (target) => context.imageOf(target))
    const facts = (list: readonly Fact[]): Panel => new FactsPanel(list, rect.width, rect.height, measure)
    const items: SideItem<Part>[] = []
    const add = (key: TextKey, panel: Panel): void => {
      items.push({ label: t(key), value: { key, panel, page: 0 } })
    }
    add('service.overview', overviewPanel(record, context))
    const conditions = conditionFacts(record, language)
    if (conditions.length > 0) add('service.eligibility', facts(conditions))
    add('service.materials', reader(materialBlocks(record, language)))
    if (record.steps && record.steps.length > 0) add('service.flow', flowPanel(record.steps, record.result?.name, context))
    add('service.places', facts(placeFacts(record, language)))
    add('service.money', facts(moneyFacts(record, language)))
    const questions = questionBlocks(record)
    if (questions.length > 0) add('service.questions', reader(questions))
    if (record.body.length > 0) add('service.more', reader(record.body))
    const links = (record.related ?? []).map((id) => ({ id, label: 'document.related' }) as const)
    return [...items, ...relatedParts(links, rect, context)]
  }

  protected heading(): Heading {
    return { title: this.record.title, demonstration: this.record.demonstration === true, bar: null }
  }
}
