import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Fault, Faults } from './faults.ts'

/** What the preview page can do to the network between feed and box. */
const modes: Readonly<Record<string, Fault | null>> = {
  none: null,
  offline: { kind: 'offline' },
  forged: { kind: 'alter' },
  slow: { kind: 'slow', bytesPerSecond: 20_000 },
}

const everything = '/feed/*'
const mostBytes = 1000

/**
 * Answers `/faults`: GET tells the mode, POST `{"mode": "offline"}` switches it. Only
 * our own page may: a page of another origin cannot send JSON here unasked, and none
 * can by a name of its own that leads to this machine.
 */
export function answerFaultSwitch(request: IncomingMessage, response: ServerResponse, faults: Faults): void {
  const tell = (status: number, body: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    response.end(JSON.stringify(body))
  }
  const fault = faults.get(everything)
  const mode = Object.keys(modes).find((name) => modes[name]?.kind === fault?.kind) ?? 'none'
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
    tell(403, { error: 'only by the address of this machine' })
  } else if (request.method === 'GET') {
    tell(200, { mode })
  } else if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json') {
    tell(405, { error: 'GET, or POST of JSON' })
  } else {
    let text = ''
    request.on('data', (part: Buffer) => {
      text += part.toString()
      if (text.length > mostBytes) request.destroy()
    })
    request.on('end', () => {
      const wanted = modeIn(text)
      const next = wanted === undefined ? undefined : modes[wanted]
      if (next === undefined) {
        tell(400, { error: `mode must be one of ${Object.keys(modes).join(', ')}` })
        return
      }
      if (next) faults.set(everything, next)
      else faults.delete(everything)
      tell(200, { mode: wanted })
    })
  }
}

function modeIn(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as unknown
    const mode = typeof value === 'object' && value !== null && 'mode' in value ? value.mode : undefined
    return typeof mode === 'string' && Object.hasOwn(modes, mode) ? mode : undefined
  } catch {
    return undefined
  }
}
