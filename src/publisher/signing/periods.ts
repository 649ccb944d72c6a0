/** Days for which a signature of a role is good. Boxes refuse what is older (TUF 5.3.10, 5.4.4, 5.5.6, 5.6.6). */
export const validDays = {
  root: 365,
  targets: 90,
  publishing: 90,
  snapshot: 14,
  timestamp: 3,
} as const

export const dayMilliseconds = 86_400_000

/** A time as metadata writes it, ISO 8601 UTC to the second (TUF 4.2.3). */
export const metadataTime = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`

/** The end of a period that begins now, as metadata writes it. */
export const expiry = (now: Date, days: number): string =>
  metadataTime(new Date(now.getTime() + days * dayMilliseconds))

/** Whether more than half of a period is left: then an unchanged file need not be signed again. */
export const isFresh = (expiresAt: number, now: Date, days: number): boolean =>
  expiresAt - now.getTime() > (days * dayMilliseconds) / 2
