import type { Service, TimeLimit } from '../../feed/records/index.ts'
import type { Language } from '../language/language.ts'
import type { Block } from '../typesetting/index.ts'
import type { Fact } from '../widgets/facts.ts'

/** A span of time in words: `15 个工作日`, or that it is done on the spot. */
export function timeWords(limit: TimeLimit, { t }: Language): string {
  return limit.value === 0 ? t('service.onTheSpot') : t(`measure.${limit.measure}`, { n: limit.value })
}

/** The one answer to "how long", the promised limit before the statutory one, and what to know about it. */
export function howLong(service: Service, language: Language): { answer: string; notes: string[] } {
  const { t } = language
  const { promisedLimit, statutoryLimit } = service
  const first = promisedLimit ?? statutoryLimit
  if (!first) return { answer: t('service.noLimit'), notes: [] }
  const notes: string[] = []
  if (promisedLimit && statutoryLimit) notes.push(t('service.statutory', { limit: timeWords(statutoryLimit, language) }))
  if (first.note) notes.push(first.note)
  return { answer: timeWords(first, language), notes }
}

/** The one answer to "how much". */
export function howMuch(service: Service, { t }: Language): { answer: string; notes: string[] } {
  if (!service.charged) return { answer: t('service.free'), notes: [] }
  const fees = service.fees ?? []
  const only = fees.length === 1 ? fees[0] : undefined
  if (only) return { answer: only.standard, notes: [only.name] }
  return { answer: t('service.charged'), notes: fees.map((fee) => `${fee.name} ${fee.standard}`) }
}

/** What to bring: one table in the order of the guide, then what else it says of each thing. */
export function materialBlocks(service: Service, language: Language): Block[] {
  const { t } = language
  const materials = service.materials ?? []
  if (materials.length === 0) return [{ type: 'paragraph', text: [t('service.materials.none')] }]
  const rows = materials.map((m, i) => [
    `${i + 1}. ${m.name}`,
    m.necessity === 'optional' ? t('service.optional') : m.necessity === 'later' ? t('service.later') : t('service.required'),
    [m.materialType && t(`material.${m.materialType}`), m.form, m.copies && t('service.copies', { n: m.copies })]
      .filter((word) => Boolean(word))
      .join(t('list.separator')),
    m.sourceChannel ?? '',
  ])
  const blocks: Block[] = [
    { type: 'table', head: [t('service.material'), t('service.need'), t('service.form'), t('service.from')], rows },
  ]
  materials.forEach((m, i) => {
    const more = [m.specification, m.fillingNotes, m.criterion, m.basisText, m.blankForm, m.sample, m.remark]
    const said = language.join(more, 'semicolon')
    if (said !== '') blocks.push({ type: 'paragraph', text: [{ strong: `${i + 1}. ${m.name}` }, `　${said}`] })
  })
  return blocks
}

/** Who may apply, on what conditions, and where it is written. */
export function conditionFacts(service: Service, language: Language): Fact[] {
  const { t } = language
  const facts: Fact[] = []
  const separator = t('list.separator')
  if (service.serviceObjects) {
    facts.push({ label: t('service.objects'), text: service.serviceObjects.map((o) => t(`serviceObject.${o}`)).join(separator) })
  }
  if (service.conditions && service.conditions.length > 0) {
    facts.push({ text: t('service.conditions'), heading: true })
    facts.push(...service.conditions.map((text, i) => ({ text: `${i + 1}. ${text}` })))
  }
  if (service.specialProcedure) facts.push({ label: t('service.note'), text: service.specialProcedure })
  return facts
}

/** Where to go, when, and whom to call. */
export function placeFacts(service: Service, language: Language): Fact[] {
  const { t } = language
  const facts: Fact[] = []
  for (const place of service.places ?? []) {
    facts.push({ text: place.name, heading: true })
    if (place.address) facts.push({ label: t('service.address'), text: place.address })
    if (place.counter) facts.push({ label: t('service.counter'), text: place.counter })
    if (place.hours) facts.push({ label: t('service.hours'), text: place.hours })
    if (place.phone) facts.push({ label: t('service.phone'), text: place.phone })
  }
  if (service.channels) {
    facts.push({ label: t('service.channels'), text: service.channels.map((c) => t(`serviceChannel.${c}`)).join(t('list.separator')) })
  }
  if (service.coverage) facts.push({ label: t('service.coverage'), text: service.coverage })
  if (service.visits !== undefined) {
    const visits = service.visits === 0 ? t('service.visits.none') : t('service.visits', { n: service.visits })
    facts.push({ label: t('service.visitsLabel'), text: language.join([visits, service.visitReason], 'stop') })
  }
  const { consultPhone, complaintPhone, onlineUrl, mobileUrl } = service
  if (consultPhone ?? complaintPhone ?? onlineUrl ?? mobileUrl) facts.push({ text: t('service.call'), heading: true })
  if (consultPhone) facts.push({ label: t('service.consultLabel'), text: consultPhone })
  if (complaintPhone) facts.push({ label: t('service.complainLabel'), text: complaintPhone })
  if (onlineUrl) facts.push({ label: t('service.onlineLabel'), text: onlineUrl })
  if (mobileUrl) facts.push({ label: t('service.mobileLabel'), text: mobileUrl })
  return facts
}

/** What it costs, what one gets, and on what law it rests. */
export function moneyFacts(service: Service, language: Language): Fact[] {
  const { t } = language
  const facts: Fact[] = []
  if (!service.charged) facts.push({ label: t('service.howMuch'), text: t('service.free') })
  for (const fee of service.fees ?? []) {
    const text = language.join([fee.standard, fee.basisText, fee.reductionBasis, fee.remark], 'semicolon')
    facts.push({ label: fee.name, text })
  }
  if (service.promisedLimit) facts.push({ label: t('service.promisedLabel'), text: limitText(service.promisedLimit, language) })
  if (service.statutoryLimit) facts.push({ label: t('service.statutoryLabel'), text: limitText(service.statutoryLimit, language) })
  if (service.result) {
    const { name, resultType, validFor, delivery } = service.result
    const said = [name, resultType, validFor ? t('service.validFor', { time: validFor }) : undefined, delivery]
    facts.push({ label: t('service.result'), text: language.join(said, 'semicolon') })
  }
  facts.push({ label: t('service.type'), text: t(`serviceType.${service.serviceType}`) })
  facts.push({ label: t('service.implementer'), text: service.implementer })
  if (service.handling) facts.push({ label: t('service.handling'), text: t(`handling.${service.handling}`) })
  if (service.basis && service.basis.length > 0) {
    facts.push({ text: t('service.basis'), heading: true })
    for (const { name, documentNumber, article, text } of service.basis) {
      const title = t('mark.title', { text: name.replace(/^《|》$/g, '') })
      const number = documentNumber ? t('mark.brackets', { text: documentNumber }) : ''
      const where = `${title}${number}${article ?? ''}`
      facts.push({ text: text ? language.labelled(where, text) : where })
    }
  }
  return facts
}

/** Questions as people ask them, each with its answer. */
export function questionBlocks(service: Service): Block[] {
  return (service.questions ?? []).flatMap(({ question, answer }): Block[] => [
    { type: 'heading', level: 3, text: [question] },
    ...answer.split('\n').filter((line) => line.trim() !== '').map((line): Block => ({ type: 'paragraph', text: [line.trim()] })),
  ])
}

function limitText(limit: TimeLimit, language: Language): string {
  return language.join([timeWords(limit, language), limit.note], 'semicolon')
}
