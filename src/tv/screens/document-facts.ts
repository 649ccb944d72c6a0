import type { Entry } from '../../feed/catalogue.ts'
import type { News, Policy } from '../../feed/records/index.ts'
import { standingOf } from '../../feed/standing.ts'
import type { TextKey } from '../language/language.ts'
import type { Fact } from '../widgets/facts.ts'
import { unitName } from './entry-rows.ts'
import { standingMark } from './frame.ts'
import type { Context } from './screen.ts'

/** The data sheet of a document, in the order in which government pages print it. */
export function documentFacts(record: Policy | News, entry: Entry | undefined, context: Context): Fact[] {
  const { language, library } = context
  const { t } = language
  const facts: Fact[] = []
  const say = (label: TextKey, text: string | undefined): void => {
    if (text !== undefined && text !== '') facts.push({ label: t(label), text })
  }
  const day = (label: TextKey, value: string | undefined): void => {
    say(label, value === undefined ? undefined : language.date(value))
  }
  const several = (values: readonly string[] | undefined): string | undefined => values?.join(t('list.separator'))

  if (record.kind === 'policy') {
    say('meta.validity', entry ? standingMark(standingOf(entry, context.today()), language)?.text : undefined)
    const replacement = record.supersededBy ? library.edition?.byId.get(record.supersededBy) : undefined
    say('meta.supersededBy', replacement?.title)
    say('meta.indexNumber', record.indexNumber)
    say('meta.issuers', several(record.issuers))
    say('meta.documentNumber', record.documentNumber)
    say('meta.unifiedNumber', record.unifiedNumber)
    day('meta.writtenOn', record.writtenOn)
  }
  say('meta.unit', entry ? unitName(context, entry) : undefined)
  day('meta.published', record.published)
  if (record.kind === 'policy') {
    day('meta.effectiveOn', record.effectiveOn)
    day('meta.expiresOn', record.expiresOn)
    say('meta.disclosure', record.disclosure)
    say('meta.disclosureTerm', record.disclosureTerm)
  }
  say('meta.topics', several(record.topics))
  say('meta.audiences', several(record.audiences))
  say('meta.keywords', several(record.keywords))
  say('meta.source', record.source)
  if (record.kind === 'policy' && record.history) {
    facts.push({ text: t('meta.history'), heading: true }, ...record.history.map((text) => ({ text })))
  }
  return facts
}
