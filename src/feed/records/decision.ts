import * as v from 'valibot'
import { stages } from '../stages.ts'
import { commonEntries, isoDate, line, prose, recordId } from './common.ts'

/** The five classes of art. 3 of the same regulation. */
export const decisionClasses = ['public-services', 'planning', 'resources', 'projects', 'other'] as const

/** Ways to respond to a consultation. */
export const responseChannels = ['post', 'email', 'phone', 'web', 'visit', 'fax'] as const

/** Ways of taking part, art. 14: 座谈会、听证会、实地走访、书面征求意见、公开征求意见、问卷调查、民意调查. */
export const participationMethods = [
  'meeting',
  'hearing',
  'field-visit',
  'written',
  'open-call',
  'questionnaire',
  'poll',
] as const

const hearing = v.strictObject({
  /** As announced, `2025年7月11日9:00—12:00`. */
  heldAt: line,
  place: line,
  /** Seats by class of participant. */
  seats: v.optional(v.array(line)),
  signUp: v.optional(line),
  signUpUntil: v.optional(isoDate),
  eligibility: v.optional(line),
  observers: v.optional(line),
})

const consultation = v.strictObject({
  opensOn: isoDate,
  /** Last day on which a response is accepted. */
  closesOn: isoDate,
  /** 缩短期限理由: required when the period is under 30 days (art. 15). */
  shortPeriodReason: v.optional(prose),
  methods: v.optional(v.array(v.picklist(participationMethods))),
  respondBy: v.pipe(
    v.array(v.strictObject({ channel: v.picklist(responseChannels), address: line, note: v.optional(line) })),
    v.minLength(1),
  ),
  hearing: v.optional(hearing),
})

const outcome = v.strictObject({
  decidedOn: v.optional(isoDate),
  /** What was decided, in a sentence. */
  decision: v.optional(prose),
  /** 采纳情况: what was said and what became of it. */
  opinions: v.optional(prose),
  received: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  adopted: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** The policy that came of it. */
  policy: v.optional(recordId),
})

/** 决策: a major administrative decision, from its start to its publication. */
export const decision = v.strictObject({
  kind: v.literal('decision'),
  ...commonEntries,
  decisionClass: v.picklist(decisionClasses),
  decisionMaker: line,
  undertaker: v.optional(line),
  stage: v.picklist(stages),
  /** Set when the decision was stopped (中止): why. */
  suspended: v.optional(prose),
  consultation: v.optional(consultation),
  outcome: v.optional(outcome),
})

export type Decision = v.InferOutput<typeof decision>
export type { Stage } from '../stages.ts'
