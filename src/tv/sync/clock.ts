/** Boxes come up in 1970 or in a factory's year, and have no battery: what the clock says is one witness of three. */
export interface Witnesses {
  /** The box's clock, ms since 1970. */
  readonly box: number
  /** Signed issue time of the newest edition that was verified, ISO 8601; '' when there is none. */
  readonly signedAt: string
  /** Time at which the app was built, ISO 8601. */
  readonly builtAt: string
}

export interface BelievedTime {
  readonly now: Date
  /** False when the box's clock is not to be believed: it is behind what is signed, or absurdly far ahead. */
  readonly reliable: boolean
}

const day = 86_400_000

/** A box's clock further than this after the build of its app is wrong: no app lives so long. */
const farAhead = 15 * 365 * day

/** A clock behind the signed time by no more than this is merely slow. */
const tolerance = day

const timeOf = (iso: string): number => {
  const time = Date.parse(iso)
  return isNaN(time) ? 0 : time
}

/** The latest of the plausible witnesses: none of them can be earlier than the truth, except a wrong clock. */
export function believedTime({ box, signedAt, builtAt }: Witnesses): BelievedTime {
  const atLeast = Math.max(timeOf(signedAt), timeOf(builtAt))
  const plausible = box <= timeOf(builtAt) + farAhead
  const now = plausible ? Math.max(box, atLeast) : atLeast
  return { now: new Date(now), reliable: plausible && box >= atLeast - tolerance }
}
