import * as v from 'valibot'
import { commonEntries, isoDate, line, phone, prose } from './common.ts'

/** 事项类型. Only the items done on application; numbers differ by region, so names are used. */
export const serviceTypes = ['permit', 'benefit', 'confirmation', 'award', 'ruling', 'other-power', 'public-service'] as const
/** 服务对象 */
export const serviceObjects = ['person', 'enterprise', 'institution', 'association', 'unincorporated', 'agency', 'other'] as const
/** 办件类型: 即办件, 承诺件 */
export const handlings = ['immediate', 'promised'] as const
/** 办理形式 */
export const serviceChannels = ['window', 'online', 'post', 'terminal'] as const
/** 计时单位. 日 in 行政许可法 means working days (art. 82); say which is meant. */
export const timeMeasures = ['working-day', 'day', 'hour', 'minute', 'month', 'year'] as const
/** 材料类型 */
export const materialTypes = ['original', 'copy', 'original-and-copy', 'electronic', 'form'] as const
/** 必要性: 必要, 非必要, 容缺后补 */
export const necessities = ['required', 'optional', 'later'] as const

const flag = v.boolean()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A span of time with its unit: `{ value: 15, measure: 'working-day' }`. `value` 0 means on the spot. */
const timeLimit = v.strictObject({
  value: v.pipe(v.number(), v.minValue(0)),
  measure: v.picklist(timeMeasures),
  note: v.optional(line),
})

const legalBasis = v.strictObject({
  name: line,
  documentNumber: v.optional(line),
  article: v.optional(line),
  text: v.optional(prose),
})

const material = v.strictObject({
  name: line,
  materialType: v.optional(v.picklist(materialTypes)),
  /** 材料形式: 纸质, 电子 … as the guide says. */
  form: v.optional(line),
  necessity: v.optional(v.picklist(necessities)),
  /** 来源渠道: who issues it. */
  sourceChannel: v.optional(line),
  copies: v.optional(count),
  specification: v.optional(line),
  fillingNotes: v.optional(prose),
  criterion: v.optional(prose),
  basisText: v.optional(line),
  blankForm: v.optional(line),
  sample: v.optional(line),
  remark: v.optional(line),
})

const step = v.strictObject({
  name: line,
  /** 办理人员: who does it. */
  handler: v.optional(line),
  limit: v.optional(timeLimit),
  criterion: v.optional(prose),
  stepResult: v.optional(line),
})

const fee = v.strictObject({
  name: line,
  standard: line,
  basisText: v.optional(line),
  reducible: v.optional(flag),
  reductionBasis: v.optional(line),
  remark: v.optional(line),
})

const place = v.strictObject({
  name: line,
  address: v.optional(line),
  counter: v.optional(line),
  hours: v.optional(line),
  phone: v.optional(phone),
})

const result = v.strictObject({
  name: line,
  resultType: v.optional(line),
  validFor: v.optional(line),
  delivery: v.optional(line),
})

/** 办事: one item that a citizen or a business applies for, with the fields of the national service platform. */
export const service = v.strictObject({
  kind: v.literal('service'),
  ...commonEntries,
  catalogCode: v.optional(line),
  taskCode: v.optional(line),
  localCatalogCode: v.optional(line),
  localTaskCode: v.optional(line),
  businessCode: v.optional(line),
  serviceType: v.picklist(serviceTypes),
  basis: v.optional(v.array(legalBasis)),
  implementer: line,
  implementerCode: v.optional(line),
  implementerNature: v.optional(line),
  delegatedBy: v.optional(line),
  powerSource: v.optional(line),
  level: v.optional(line),
  itemStatus: v.optional(line),
  itemVersion: v.optional(line),
  plannedFrom: v.optional(isoDate),
  plannedUntil: v.optional(isoDate),
  serviceObjects: v.optional(v.array(v.picklist(serviceObjects))),
  handling: v.optional(v.picklist(handlings)),
  channels: v.optional(v.array(v.picklist(serviceChannels))),
  conditions: v.optional(v.array(prose)),
  materials: v.optional(v.array(material)),
  steps: v.optional(v.array(step)),
  specialProcedure: v.optional(prose),
  statutoryLimit: v.optional(timeLimit),
  promisedLimit: v.optional(timeLimit),
  visits: v.optional(count),
  visitReason: v.optional(prose),
  charged: v.boolean(),
  fees: v.optional(v.array(fee)),
  places: v.optional(v.array(place)),
  consultPhone: v.optional(phone),
  complaintPhone: v.optional(phone),
  onlineUrl: v.optional(line),
  mobileUrl: v.optional(line),
  onlineDepth: v.optional(line),
  result: v.optional(result),
  quantityLimit: v.optional(line),
  coverage: v.optional(line),
  inHall: v.optional(flag),
  express: v.optional(flag),
  onlinePayment: v.optional(flag),
  reservation: v.optional(flag),
  jointAgencies: v.optional(v.array(line)),
  intermediary: v.optional(line),
  questions: v.optional(v.array(v.strictObject({ question: line, answer: prose }))),
})

export type Service = v.InferOutput<typeof service>
export type TimeLimit = v.InferOutput<typeof timeLimit>
export type TimeMeasure = (typeof timeMeasures)[number]
