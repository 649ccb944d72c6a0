import { CommandError } from './errors.ts'

/** A day, or a day and a time with its zone. */
const isoTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?$/u

/**
 * The time of an edition: as given, else SOURCE_DATE_EPOCH (seconds since 1970, the
 * reproducible-builds.org convention), else now, to the minute.
 * @param given an ISO 8601 time, `2025-07-01T08:00:00Z`
 * @throws {CommandError} when what is given is not a time
 */
export function editionTime(given: string | undefined, epoch: string | undefined, now: Date): Date {
  if (given !== undefined) {
    return valid(isoTime.test(given) ? Date.parse(given) : NaN, `--at ${given}`)
  }
  if (epoch !== undefined && epoch !== '') {
    return valid(/^\d+$/u.test(epoch) ? Number(epoch) * 1000 : NaN, `SOURCE_DATE_EPOCH ${epoch}`)
  }
  return new Date(Math.floor(now.getTime() / 60_000) * 60_000)
}

/** The day in China at a time, `YYYY-MM-DD`: there is one time zone, UTC+8. */
export const chinaDay = (time: Date): string => new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

function valid(time: number, what: string): Date {
  const date = new Date(time)
  if (!Number.isNaN(date.getTime())) return date
  throw new CommandError(
    `「${what}」不是时间，写成 2025-07-01T08:00:00Z 或 2025-07-01T16:00:00+08:00。`,
    `${what} is not a time; write 2025-07-01T08:00:00Z.`,
  )
}
