import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot, writeShell } from '../build/bundle.ts'
import { startServer } from '../build/server.ts'
import type { RunningServer } from '../build/server.ts'
import { readSettings } from '../build/settings.ts'
import { availableEngines, until } from './engines/index.ts'
import type { Engine } from './engines/index.ts'

const trouble = 'document.getElementById("trouble") ? document.getElementById("trouble").textContent : ""'

for (const { name, title, launch } of availableEngines()) {
  describe(`The page of the app, ${title}`, () => {
    let folder = ''
    let server: RunningServer
    let engine: Engine

    beforeAll(async () => {
      engine = await launch()
    })
    afterAll(() => engine.close())
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'shell-'))
      const settings = readSettings(join(projectRoot, 'settings.json'))
      await writeShell(folder, { settings, root: '{}', appVersion: '0', builtAt: '2026-01-01T00:00:00Z' })
      for (const bundle of ['modern', 'es5']) {
        await writeFile(join(folder, `app.${bundle}.js`), `window.bundle = '${bundle}'`)
      }
      server = await startServer({ feedDir: folder, appDir: folder })
    })
    afterEach(async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    })

    const own = name === 'chromium-64' ? 'es5' : 'modern'

    it('runs the bundle that this engine can run', async () => {
      await engine.goto(`${server.url}tv/`)
      expect(await until(engine, 'window.bundle')).toBe(own)
      expect(await engine.evaluate('installation.builtAt')).toBe('2026-01-01T00:00:00Z')
      expect(await engine.evaluate(trouble)).toBe('')
      expect(engine.problems).toEqual([])
    })

    it('runs from a folder of the box, without any server', async () => {
      await engine.goto(pathToFileURL(join(folder, 'index.html')).href)
      expect(await until(engine, 'window.bundle')).toBe(own)
      expect(await engine.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(0, 0, 0)')
    })

    it('lets no script run that is not its own', async () => {
      await engine.goto(`${server.url}tv/`)
      await until(engine, 'window.bundle')
      const inline =
        '(function () { var s = document.createElement("script"); s.textContent = "window.intruder = 1"; ' +
        'document.body.appendChild(s) })()'
      await engine.evaluate(inline)
      expect(await engine.evaluate('typeof window.intruder')).toBe('undefined')
    })

    it.each(['installation.js', `app.${own}.js`])('says so when %s is missing, and tries again on OK', async (file) => {
      server.faults.set(`/tv/${file}`, { kind: 'status', status: 404 })
      await engine.goto(`${server.url}tv/`)
      expect(await until(engine, trouble)).toContain(`请按遥控器的“确认”键重试`)
      expect(await engine.evaluate(trouble)).toContain(file)
      server.faults.clear()
      await engine.key('OK')
      expect(await until(engine, 'window.bundle')).toBe(own)
    })

    it('says so when the bundle fails at once', async () => {
      await writeFile(join(folder, `app.${own}.js`), 'nothing.there()')
      await engine.goto(`${server.url}tv/`)
      expect(await until(engine, trouble)).toContain(`app.${own}.js`)
    })
  })
}
