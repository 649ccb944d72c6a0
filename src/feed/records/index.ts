import * as v from 'valibot'
import { policy } from './policy.ts'
import { decision } from './decision.ts'
import { service } from './service.ts'
import { news } from './news.ts'
import type { Kind } from '../kinds.ts'


/** Any record, as a pack carries it. */
export const record = v.variant('kind', [policy, decision, service, news])
export type Rec = v.InferOutput<typeof record>
export type RecOf<K extends Kind> = Extract<Rec, { kind: K }>

/** The schema of one kind. */
export const schemas = { policy, decision, service, news }

export type { Policy, Validity } from './policy.ts'
export type { Decision, Stage } from './decision.ts'
export type { Service, TimeLimit, TimeMeasure } from './service.ts'
export type { News } from './news.ts'
export type { Block, BlockOf, Span } from './blocks.ts'
export type { IsoDate, RecordId } from './common.ts'
