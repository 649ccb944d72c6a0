import WebSocket from 'ws'
import { inTime, waitFor } from './processes.ts'
import type { Page } from './wpe.ts'

/** An answer or event of the WebKit inspector protocol. */
interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Record<string, unknown>
  readonly result?: Record<string, unknown>
  readonly error?: { readonly message: string }
}

interface RemoteValue {
  readonly result: { readonly value?: unknown; readonly objectId?: string; readonly description?: string }
  readonly wasThrown?: boolean
}

/**
 * Drives the page of a plain WPE WebKit by its remote inspector, which listens, or
 * will in a moment, on this port. Unlike a WebDriver session, such a browser keeps
 * what pages store. The inspector has no keys.
 */
export async function connectInspector(port: number, problems: string[]): Promise<Page> {
  const server = `127.0.0.1:${String(port)}`
  const path = await waitFor('the inspector of WPE WebKit', async () => {
    const list = await fetch(`http://${server}/`).then((answer) => answer.text(), () => '')
    return /\/socket\/\d+\/\d+\/WebPage/.exec(list)?.[0]
  })
  const socket = new WebSocket(`ws://${server}${path}`)
  const waiting = new Map<number, (message: Message) => void>()
  let lastId = 0
  /** The page's process; another one may take over with each site that is opened. */
  let target = ''

  const listen = (): void => {
    void ask('Console.enable')
  }

  socket.on('message', (data: Buffer) => {
    const outer = JSON.parse(data.toString()) as Message
    const params = outer.params ?? {}
    if (outer.method === 'Target.targetCreated') {
      const info = params['targetInfo'] as { targetId: string; isProvisional?: boolean }
      if (!info.isProvisional) {
        target = info.targetId
        listen()
      }
    } else if (outer.method === 'Target.didCommitProvisionalTarget') {
      target = params['newTargetId'] as string
      listen()
    } else if (outer.method === 'Target.dispatchMessageFromTarget') {
      take(JSON.parse(params['message'] as string) as Message)
    } else if (outer.error) {
      take(outer)
    }
  })

  function take(message: Message): void {
    if (message.id !== undefined) {
      waiting.get(message.id)?.(message)
      waiting.delete(message.id)
    } else if (message.method === 'Console.messageAdded') {
      const { level, text } = message.params?.['message'] as { level: string; text: string }
      if (level === 'error') problems.push(text)
    }
  }

  async function ask<T>(method: string, params: Record<string, unknown> = {}): Promise<T> {
    const id = ++lastId
    const answer = new Promise<Message>((done) => waiting.set(id, done))
    const message = JSON.stringify({ id, method, params })
    socket.send(JSON.stringify({ id, method: 'Target.sendMessageToTarget', params: { targetId: target, message } }))
    const { result, error } = await inTime(`the answer to ${method}`, answer).finally(() => waiting.delete(id))
    if (error) throw new Error(`${method}: ${error.message}`)
    return result as T
  }

  async function evaluate<T>(expression: string): Promise<T> {
    const promise = await ask<RemoteValue>('Runtime.evaluate', { expression: `Promise.resolve(${expression}\n)` })
    const { objectId, description } = promise.result
    if (promise.wasThrown || objectId === undefined) throw new Error(`WPE WebKit: ${String(description)} in ${expression}`)
    const awaited = { promiseObjectId: objectId, returnByValue: true }
    const settled = await ask<RemoteValue>('Runtime.awaitPromise', awaited)
    if (settled.wasThrown) throw new Error(`WPE WebKit: ${String(settled.result.description)} in ${expression}`)
    return (settled.result.value ?? null) as T
  }

  socket.on('error', (error) => problems.push(error.message))
  await waitFor('the page of WPE WebKit', () => target || undefined)

  return {
    problems,
    async goto(url) {
      const wanted = new URL(url).href
      const from = await evaluate<string>('window.wasHere = location.href')
      const sameDocument = wanted.includes('#') && from !== wanted && from.split('#')[0] === wanted.split('#')[0]
      await ask('Page.navigate', { url })
      const arrived = `location.href === ${JSON.stringify(wanted)} && document.readyState === 'complete'`
      const ready = sameDocument ? arrived : `!window.wasHere && ${arrived}`
      // While processes change hands, an answer may never come, or be an error.
      await waitFor(`the end of loading ${url}`, () =>
        inTime('an answer', evaluate<boolean>(ready), 2).then((is) => is || undefined, () => undefined),
      )
    },
    sendKey: () => Promise.resolve(false),
    evaluate,
    async screenshot() {
      const size = await evaluate<{ width: number; height: number }>('({ width: innerWidth, height: innerHeight })')
      const { dataURL } = await ask<{ dataURL: string }>('Page.snapshotRect', { x: 0, y: 0, ...size, coordinateSystem: 'Viewport' })
      return Buffer.from(dataURL.slice(dataURL.indexOf(',') + 1), 'base64')
    },
    end() {
      socket.terminate()
      return Promise.resolve()
    },
  }
}
