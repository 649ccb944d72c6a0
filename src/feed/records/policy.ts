import * as v from 'valibot'
import { commonEntries, isoDate, line, recordId } from './common.ts'

/** 效力状态 as government document pages print it. */
export const validities = ['in-force', 'not-yet', 'amended', 'repealed', 'expired'] as const

/**
 * 政策: a regulation or normative document. Fields after the document pages of
 * Guangzhou, Guangdong and Yinchuan (政府信息公开条例 art. 20 and 24).
 */
export const policy = v.strictObject({
  kind: v.literal('policy'),
  ...commonEntries,
  /** 索引号 */
  indexNumber: v.optional(line),
  /** 发文机关; several for a joint document. */
  issuers: v.pipe(v.array(line), v.minLength(1)),
  /** 发文字号, `国务院令第711号`. */
  documentNumber: v.optional(line),
  /** 统一编号 of a normative document. */
  unifiedNumber: v.optional(line),
  /** 成文日期 */
  writtenOn: v.optional(isoDate),
  /** 实施日期 */
  effectiveOn: v.optional(isoDate),
  /** 失效日期: the last day on which it applied. */
  expiresOn: v.optional(isoDate),
  validity: v.picklist(validities),
  /** 公开方式, mostly 主动公开. */
  disclosure: v.optional(line),
  /** 公开时限, mostly 长期公开. */
  disclosureTerm: v.optional(line),
  /** 修订沿革: one line for each publication and revision, oldest first. */
  history: v.optional(v.array(line)),
  /** The policies that this text explains (解读). */
  interprets: v.optional(v.array(recordId)),
  /** The record that took its place. A box never shows the old text without it. */
  supersededBy: v.optional(recordId),
  /** The records whose place it took. */
  supersedes: v.optional(v.array(recordId)),
})

export type Policy = v.InferOutput<typeof policy>
export type Validity = (typeof validities)[number]
