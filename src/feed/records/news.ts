import * as v from 'valibot'
import { commonEntries } from './common.ts'

/** 资讯: the latest government affairs. */
export const news = v.strictObject({
  kind: v.literal('news'),
  ...commonEntries,
})

export type News = v.InferOutput<typeof news>
