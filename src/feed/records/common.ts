import * as v from 'valibot'
import { blocks } from './blocks.ts'

/** A calendar day in the publishing region's own time zone, `YYYY-MM-DD`. */
export const isoDate = v.pipe(v.string(), v.isoDate())

/** Text that says something: not empty, no control characters, no line breaks. */
export const line = v.pipe(v.string(), v.trim(), v.minLength(1), v.regex(/^[^\u0000-\u001f\u007f]*$/u))

/** Text that may run over several lines. */
export const prose = v.pipe(v.string(), v.trim(), v.minLength(1))

/**
 * An identifier that never changes: the record keeps it through every edit,
 * and links, bookmarks and recalls name the record by it.
 */
export const recordId = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/u), v.maxLength(80))

/** Where a record can be reached by telephone, as printed: `0771-3221288`, `12345`. */
export const phone = line

/** The fields that every kind of record has. */
export const commonEntries = {
  id: recordId,
  title: v.pipe(line, v.maxLength(120)),
  unit: recordId,
  /** 发布日期: the day on which the unit made it public. */
  published: isoDate,
  /** 主题分类: the service topics and classes under which citizens look for it. */
  topics: v.optional(v.array(line)),
  /** 面向人群: the channels and green lanes it belongs to. */
  audiences: v.optional(v.array(line)),
  /** 主题词, 政府信息公开条例 art. 24: index terms chosen by an editor. */
  keywords: v.optional(v.array(line)),
  summary: v.optional(prose),
  /** 信息来源: where the text was taken from. */
  source: v.optional(line),
  related: v.optional(v.array(recordId)),
  /** True for sample content: the screen marks it 演示数据. */
  demonstration: v.optional(v.boolean()),
  body: blocks,
}

export type IsoDate = v.InferOutput<typeof isoDate>
export type RecordId = v.InferOutput<typeof recordId>
