/** How the network between feed and box is made to behave, by the server of the preview. */
export type FaultMode = 'none' | 'offline' | 'forged' | 'slow'

export const faultModes = ['none', 'offline', 'forged', 'slow'] as const

/** Whether this is what the server answers about its faults. */
function modeOf(answer: unknown): FaultMode | null {
  if (typeof answer !== 'object' || answer === null || !('mode' in answer)) return null
  return faultModes.find((mode) => mode === answer.mode) ?? null
}

/**
 * The mode that holds; another window may have switched it.
 * @throws {Error} when the server does not answer, or not with a mode
 */
export async function presentFault(): Promise<FaultMode> {
  return await askFaults({ cache: 'no-store' })
}

/** Switches the mode, and says which holds now. @throws {Error} as `presentFault` */
export async function switchFault(mode: FaultMode): Promise<FaultMode> {
  const headers = { 'Content-Type': 'application/json' }
  return await askFaults({ method: 'POST', headers, body: JSON.stringify({ mode }) })
}

async function askFaults(init: RequestInit): Promise<FaultMode> {
  const response = await fetch('/faults', init)
  const mode = response.ok ? modeOf(await response.json()) : null
  if (mode === null) throw new Error(`/faults: status ${response.status}`)
  return mode
}

export interface ServerEvents {
  /** The app was made anew. */
  app(): void
  /** There is a new edition in the feed. */
  feed(): void
  /** The server is there, or has gone. */
  connected(is: boolean): void
}

/** Listens to what the server says, for as long as the page is open. */
export function listen(events: ServerEvents): void {
  const source = new EventSource('/events')
  let lost = false
  source.addEventListener('open', () => {
    events.connected(true)
    // What was made while nobody listened must not be missed.
    if (lost) events.app()
    lost = false
  })
  source.addEventListener('error', () => {
    lost = true
    events.connected(false)
  })
  source.addEventListener('app', () => {
    events.app()
  })
  source.addEventListener('feed', () => {
    events.feed()
  })
}
