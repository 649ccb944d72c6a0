/** Something that happened in a sync, for the diagnostics screen and the operator's log. */
export interface LogEvent {
  /** ISO 8601 UTC, by the box's own clock. */
  readonly at: string
  /** One word: `check`, `fetched`, `switched`, `refused` … */
  readonly what: string
  readonly reason: string
}

/** The last events, oldest first. */
export interface EventLog {
  add(what: string, reason?: string): void
  readonly events: readonly LogEvent[]
}

/** @param most how many events are remembered */
export function eventLog(now: () => number, most = 50): EventLog {
  let events: readonly LogEvent[] = []
  return {
    add(what, reason = '') {
      events = [...events, { at: new Date(now()).toISOString(), what, reason }].slice(-most)
    },
    get events() {
      return events
    },
  }
}
