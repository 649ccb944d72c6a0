import type { Decision } from '../../feed/records/index.ts'
import { daysBetween } from '../../feed/standing.ts'
import type { Language } from '../language/language.ts'
import type { Fact } from '../widgets/facts.ts'

/** What the header shows of a title at its smallest size; a longer one is read in full here. */
const headerCharacters = 30

/** Where the decision stands: who decides, and whether one can speak now. */
export function progressFacts(decision: Decision, language: Language, today: string): Fact[] {
  const { t } = language
  const facts: Fact[] = decision.title.length > headerCharacters ? [{ text: decision.title, heading: true }] : []
  if (decision.suspended) facts.push({ label: t('decision.suspended'), text: decision.suspended })
  const { consultation } = decision
  if (consultation) facts.push({ label: t('decision.period'), text: periodWords(consultation, language, today) })
  facts.push({ label: t('decision.maker'), text: decision.decisionMaker })
  if (decision.undertaker) facts.push({ label: t('decision.undertaker'), text: decision.undertaker })
  facts.push({ label: t('decision.class'), text: t(`decisionClass.${decision.decisionClass}`) })
  if (decision.summary) facts.push({ label: t('decision.about'), text: decision.summary })
  facts.push({ label: t('meta.published'), text: language.date(decision.published) })
  return facts
}

/** How to take part: until when, to whom, and the hearing. */
export function takePartFacts(decision: Decision, language: Language, today: string): Fact[] {
  const { t } = language
  const { consultation } = decision
  if (!consultation) return [{ text: t('decision.noConsultation') }]
  const { opensOn, closesOn, shortPeriodReason, methods, respondBy, hearing } = consultation
  const period = t('decision.period.value', { from: language.date(opensOn), to: language.date(closesOn) })
  const facts: Fact[] = [{ label: t('decision.period'), text: language.join([period, periodWords(consultation, language, today)], 'stop') }]
  if (shortPeriodReason) facts.push({ label: t('decision.short'), text: shortPeriodReason })
  if (methods) facts.push({ label: t('decision.methods'), text: methods.map((m) => t(`method.${m}`)).join(t('list.separator')) })
  facts.push({ text: t('decision.respond'), heading: true })
  for (const { channel, address, note } of respondBy) {
    facts.push({ label: t(`channel.${channel}`), text: note ? `${address}${t('mark.brackets', { text: note })}` : address })
  }
  if (hearing) {
    facts.push({ text: t('decision.hearing'), heading: true })
    facts.push({ label: t('hearing.heldAt'), text: hearing.heldAt }, { label: t('hearing.place'), text: hearing.place })
    if (hearing.seats) facts.push({ label: t('hearing.seats'), text: hearing.seats.join(t('list.separator')) })
    if (hearing.signUp) facts.push({ label: t('hearing.signUp'), text: hearing.signUp })
    if (hearing.signUpUntil) facts.push({ label: t('hearing.signUpUntil'), text: language.date(hearing.signUpUntil) })
    if (hearing.eligibility) facts.push({ label: t('hearing.eligibility'), text: hearing.eligibility })
    if (hearing.observers) facts.push({ label: t('hearing.observers'), text: hearing.observers })
  }
  return facts
}

/** What came of it, and what became of the opinions. */
export function outcomeFacts(decision: Decision, language: Language): Fact[] {
  const { t } = language
  const { outcome } = decision
  if (!outcome) return [{ text: t('decision.noOutcome') }]
  const facts: Fact[] = []
  if (outcome.decidedOn) facts.push({ label: t('decision.decidedOn'), text: language.date(outcome.decidedOn) })
  if (outcome.decision) facts.push({ label: t('decision.decided'), text: outcome.decision })
  const { received, adopted } = outcome
  if (received !== undefined) {
    const text = adopted === undefined ? t('decision.receivedOnly', { received }) : t('decision.received', { received, adopted })
    facts.push({ label: t('decision.opinions'), text: outcome.opinions ? `${text}${outcome.opinions}` : text })
  } else if (outcome.opinions) facts.push({ label: t('decision.opinions'), text: outcome.opinions })
  return facts
}

function periodWords(consultation: { opensOn: string; closesOn: string }, language: Language, today: string): string {
  const { t } = language
  const { opensOn, closesOn } = consultation
  if (today < opensOn) return t('decision.opensOn', { date: language.date(opensOn) })
  if (today > closesOn) return t('decision.closedSince', { date: language.date(closesOn) })
  if (today === closesOn) return t('decision.openToday')
  return t('decision.openUntil', { date: language.date(closesOn), n: daysBetween(today, closesOn) + 1 })
}
