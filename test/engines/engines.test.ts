import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { availableEngines, until } from './index.ts'
import type { Engine, LaunchOptions } from './index.ts'

/** As strict as the app's own page: a driver that needs eval would fail here. */
const page = `<!DOCTYPE html><meta charset="utf-8"><title>t</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'">
<link rel="stylesheet" href="page.css"><body><div></div><script src="page.js"></script>`

const script = `
window.keys = []
;['keydown', 'keyup'].forEach(function (type) {
  addEventListener(type, function (e) { keys.push([type, e.keyCode, e.repeat, e.isTrusted]) })
})
function withStore(mode, work) {
  return new Promise(function (done, fail) {
    var opening = indexedDB.open('kept', 1)
    opening.onupgradeneeded = function () { opening.result.createObjectStore('s') }
    opening.onerror = function () { fail(opening.error) }
    opening.onsuccess = function () {
      var transaction = opening.result.transaction('s', mode)
      var request = work(transaction.objectStore('s'))
      transaction.oncomplete = function () { opening.result.close(); done(request.result) }
    }
  })
}
window.write = function (value) { return withStore('readwrite', function (s) { return s.put(value, 'k') }) }
window.read = function () { return withStore('readonly', function (s) { return s.get('k') }) }
`

let server: Server
let address = ''

beforeAll(async () => {
  const files: Record<string, readonly [string, string]> = {
    '/': ['text/html', page],
    '/page.js': ['text/javascript', script],
    '/page.css': ['text/css', 'body{margin:0;background:#000}div{width:640px;height:360px;background:#f00}'],
  }
  server = createServer((request, response) => {
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', '']
    response.writeHead(body ? 200 : 404, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

for (const { name, title, launch } of availableEngines()) {
  describe(title, () => {
    let engine: Engine | undefined
    const start = async (options?: LaunchOptions): Promise<Engine> => {
      engine = await launch(options)
      await engine.goto(address)
      return engine
    }
    afterEach(async () => {
      await engine?.close()
      engine = undefined
    })

    it('sends keys: pressed, held, released, and colour keys by code', async () => {
      const { key, keyDown, keyUp, evaluate, can } = await start()
      for (const each of ['Up', 'OK', 'Back', '5', 'Red', 461] as const) await key(each)
      await keyDown('Down', 2)
      await keyUp('Down')
      const keys = await evaluate<[string, number, boolean, boolean][]>('keys')
      const both = (code: number) => [['keydown', code, false], ['keyup', code, false]]
      expect(keys.map((k) => k.slice(0, 3))).toEqual([
        ...[38, 13, 8, 53, 403, 461].flatMap(both),
        ['keydown', 40, false],
        ['keydown', 40, true],
        ['keydown', 40, true],
        ['keyup', 40, false],
      ])
      if (can.realKeys) expect(keys[0]?.[3]).toBe(true)
    })

    it('gives the values of expressions, and what the page throws', async () => {
      const { evaluate } = await start()
      expect(await evaluate('1 + 1')).toBe(2)
      expect(await evaluate('({ a: [1, "二"] })')).toEqual({ a: [1, '二'] })
      expect(await evaluate('new Promise(function (done) { setTimeout(done, 20, "late") })')).toBe('late')
      await expect(evaluate('nothing.there')).rejects.toThrow('nothing')
      await expect(evaluate('Promise.reject(new Error("no"))')).rejects.toThrow('no')
    })

    it('has a window for a picture of 1280×720, and takes it', async () => {
      const { evaluate, screenshot } = await start()
      expect(await evaluate<number>('innerWidth')).toBe(1280)
      expect(await evaluate<number>('innerHeight')).toBeGreaterThanOrEqual(720)
      const png = await screenshot()
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      if (name !== 'wpe') expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 720])
    })

    it('keeps what is stored over a restart', async () => {
      const kept = await start({ persistent: true })
      await kept.evaluate('write("第一条")')
      await new Promise((done) => setTimeout(done, 500))
      await kept.restart()
      await kept.goto(address)
      expect(await kept.evaluate('read()')).toBe('第一条')
      await kept.key('OK')
      expect(await kept.evaluate('keys.length')).toBe(2)
    })

    it('starts with nothing stored', async () => {
      const { evaluate } = await start()
      expect(await evaluate('read()')).toBeFalsy()
    })

    it('opens pages again, and parts of them', async () => {
      const { evaluate, goto } = await start()
      await evaluate('window.mark = 1')
      await goto(address)
      expect(await evaluate('typeof mark')).toBe('undefined')
      await goto(`${address}#there`)
      expect(await evaluate('location.hash')).toBe('#there')
    })

    it('goes offline and is slowed down, where it can', async () => {
      const running = await start()
      if (running.can.offline) {
        await running.offline(true)
        expect(await running.evaluate('fetch("/").then(function () { return "on" }, function () { return "off" })')).toBe('off')
        await running.offline(false)
        expect(await running.evaluate('fetch("/").then(function () { return "on" }, function () { return "off" })')).toBe('on')
      } else {
        await expect(running.offline(true)).rejects.toThrow('cannot')
      }
      if (running.can.throttle) {
        await running.throttle(6)
        await running.throttle(1)
      } else {
        await expect(running.throttle(6)).rejects.toThrow('cannot')
      }
      expect(await until(running, '3 > 2')).toBe(true)
    })
  })
}
