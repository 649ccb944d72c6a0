import { inTime, waitFor } from './processes.ts'
import type { Page } from './wpe.ts'

/** Keys that WebDriver names by code points of its own (W3C WebDriver, 17.4.2). */
const namedKeys: Readonly<Record<number, string>> = {
  8: '\uE003',
  13: '\uE007',
  27: '\uE00C',
  33: '\uE00E',
  34: '\uE00F',
  36: '\uE011',
  37: '\uE012',
  38: '\uE013',
  39: '\uE014',
  40: '\uE015',
}

/** A new session of WPE WebKit's WebDriver, which listens, or will in a moment, on this port. */
export async function openSession(port: number, cog: string, args: readonly string[], problems: string[]): Promise<Page> {
  const server = `http://127.0.0.1:${String(port)}`

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await inTime(
      `the answer to ${method} ${path}`,
      fetch(server + path, {
        method,
        headers: { 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      60,
    )
    const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } }
    if (!answer.ok) throw new Error(`${path}: ${value.error ?? String(answer.status)} ${value.message ?? ''}`)
    return value
  }

  await waitFor('WPEWebDriver', () => fetch(`${server}/status`).then(() => true, () => undefined))
  const { sessionId } = await call<{ sessionId: string }>('POST', '/session', {
    capabilities: { alwaysMatch: { 'wpe:browserOptions': { binary: cog, args } } },
  })
  const session = `/session/${sessionId}`
  await call('POST', `${session}/timeouts`, { script: 60_000, pageLoad: 60_000 })

  return {
    problems,
    async goto(url) {
      await call('POST', `${session}/url`, { url })
    },
    async sendKey(type, code) {
      const value = namedKeys[code] ?? (code >= 48 && code <= 57 ? String.fromCharCode(code) : undefined)
      if (value === undefined) return false
      const actions = [{ type: type === 'keydown' ? 'keyDown' : 'keyUp', value }]
      await call('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'remote', actions }] })
      return true
    },
    async evaluate<T>(expression: string) {
      // Written into the script itself: the app's content policy forbids eval.
      const script =
        'var done = arguments[0], fail = function (e) { done({ error: String(e) }) }\n' +
        `try { Promise.resolve(${expression}\n).then(function (v) { done({ value: v === undefined ? null : v }) }, fail) } ` +
        'catch (e) { fail(e) }'
      const answer = await call<{ value?: T; error?: string }>('POST', `${session}/execute/async`, { script, args: [] })
      if (answer.error !== undefined) throw new Error(`WPE WebKit: ${answer.error} in ${expression}`)
      return answer.value as T
    },
    async screenshot() {
      return Buffer.from(await call<string>('GET', `${session}/screenshot`), 'base64')
    },
    async end() {
      await call('DELETE', session)
    },
  }
}
