import { join } from 'node:path'
import CDP from 'chrome-remote-interface'
import { codeOf, engineNames, valueOf } from './engine.ts'
import type { Engine, EngineName, Key, LaunchOptions } from './engine.ts'
import { deleteFolder, inTime, startGroup, temporaryFolder, waitFor } from './processes.ts'
import type { Group } from './processes.ts'

const commonFlags = ['--headless', '--no-first-run', '--disable-sync', '--disable-background-networking', '--mute-audio']

const flags: Partial<Record<EngineName, readonly string[]>> = {
  chromium: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  'chromium-canvas': ['--disable-3d-apis'],
  'chromium-64': ['--disable-gpu', '--single-process', '--no-zygote'],
}

const newFlags = ['--disable-quic', '--disable-component-update', '--no-default-browser-check', '--hide-scrollbars']

/** Starts a Chromium of any age; it is driven by the DevTools protocol. */
export async function launchChromium(name: EngineName, program: string, options: LaunchOptions = {}): Promise<Engine> {
  const { width = 1280, height = 720 } = options
  const profile = await temporaryFolder()
  const problems: string[] = []
  let group: Group
  let client: CDP.Client

  async function start(): Promise<void> {
    group = startGroup(program, [
      ...commonFlags,
      ...(name === 'chromium-64' ? [] : newFlags),
      ...(flags[name] ?? []),
      // Root may not use the sandbox; the tests open pages of this project only.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      `--user-data-dir=${join(profile, 'data')}`,
      `--window-size=${String(width)},${String(height)}`,
      'about:blank',
    ])
    try {
      const port = await waitFor(`${engineNames[name]}: its DevTools port`, () => {
        if (group.child.exitCode !== null) throw new Error(`${engineNames[name]} ended at once: ${group.said()}`)
        const found = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(group.said())?.[1]
        return found === undefined ? undefined : Number(found)
      })
      // The very first start of the old one reads every font of the system, for up to half a minute.
      const list = (): Promise<CDP.Target[]> => CDP.List({ host: '127.0.0.1', port }).catch(() => [])
      const page = async (): Promise<CDP.Target | undefined> => (await list()).find((each) => each.type === 'page')
      const target = await waitFor(`${engineNames[name]}: its page`, page, 90)
      // The protocol of today describes the old one too, as far as it is used here.
      client = await CDP({ host: '127.0.0.1', port, target, local: true })
      client.Runtime.exceptionThrown(({ exceptionDetails: { exception, text } }) => {
        problems.push(exception?.description ?? text)
      })
      client.Log.entryAdded(({ entry }) => {
        if (entry.level === 'error') problems.push(entry.text)
      })
      await Promise.all([client.Page.enable(), client.Runtime.enable(), client.Log.enable()])
      await client.Emulation.setDeviceMetricsOverride({ width, height, deviceScaleFactor: 1, mobile: false })
    } catch (error) {
      await group.kill()
      throw error
    }
  }

  async function send(type: 'rawKeyDown' | 'keyUp', code: number, autoRepeat = false): Promise<void> {
    const key = valueOf(code)
    await client.Input.dispatchKeyEvent({ type, windowsVirtualKeyCode: code, nativeVirtualKeyCode: code, key, autoRepeat })
  }

  await start().catch(async (error: unknown) => {
    await deleteFolder(profile)
    throw error
  })
  const engine: Engine = {
    name,
    can: { throttle: true, offline: true, persistence: true, realKeys: true },
    problems,
    async goto(url) {
      problems.length = 0
      const from = await engine.evaluate<string>('location.href')
      const sameDocument = url.includes('#') && from !== url && from.split('#')[0] === url.split('#')[0]
      if (sameDocument) {
        // Chromium 64 never answers a navigation that loads nothing.
        await engine.evaluate(`location.href = ${JSON.stringify(url)}`)
        return
      }
      const loaded = client.Page.loadEventFired()
      const { errorText } = await inTime(`${engineNames[name]}: an answer from ${url}`, client.Page.navigate({ url }))
      if (errorText) throw new Error(`${engineNames[name]} cannot open ${url}: ${errorText}`)
      await inTime(`${engineNames[name]}: the end of loading ${url}`, loaded)
    },
    async key(key: Key) {
      await engine.keyDown(key)
      await engine.keyUp(key)
    },
    async keyDown(key, repeats = 0) {
      await send('rawKeyDown', codeOf(key))
      for (let n = 0; n < repeats; n++) await send('rawKeyDown', codeOf(key), true)
    },
    async keyUp(key) {
      await send('keyUp', codeOf(key))
    },
    async evaluate<T>(expression: string) {
      const answer = await client.Runtime.evaluate({ expression, awaitPromise: true, returnByValue: true })
      if (answer.exceptionDetails) {
        const { exception, text } = answer.exceptionDetails
        throw new Error(`${engineNames[name]}: ${exception?.description ?? text} in ${expression}`)
      }
      return answer.result.value as T
    },
    async screenshot() {
      const { data } = await client.Page.captureScreenshot({ format: 'png' })
      return Buffer.from(data, 'base64')
    },
    async throttle(rate) {
      await client.Emulation.setCPUThrottlingRate({ rate })
    },
    async offline(on) {
      await client.Network.enable({})
      const unlimited = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
      await client.Network.emulateNetworkConditions({ offline: on, ...unlimited })
    },
    async restart() {
      await group.kill()
      await client.close()
      await start()
    },
    async close() {
      await group.kill()
      await client.close()
      await deleteFolder(profile)
    },
  }
  return engine
}
