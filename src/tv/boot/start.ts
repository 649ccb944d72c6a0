import { Launch } from '@lightningjs/sdk'
import { App } from '../app.ts'
import type { Parts } from '../parts.ts'
import { languageOf } from '../language/language.ts'
import { commonKeys } from '../remote/keys.ts'
import { hashOfRoute, routeFromHash } from '../screens/route.ts'
import { argb, night } from '../theme/palette.ts'
import { screenHeight, screenWidth } from '../theme/tokens.ts'
import { chineseFamily, needsPackaged } from './fonts.ts'
import { openBox } from './box.ts'
import { keepShell } from './keep-shell.ts'
import { pictures } from './pictures.ts'
import type { LogEvent } from '../sync/log.ts'
import { glassFor } from './renderer.ts'
import { canvasMeasure, rememberedWidth } from './text-width.ts'
import { wishesOf } from './wishes.ts'

/** After the GPU dropped everything, the page is loaded anew, ms later. */
const contextPatience = 2000

/** What may be asked of the running app from its own page: the preview and the tests do. */
export interface RunningApp {
  /** The screen as a PNG data address. */
  picture(): string
  /** The set lines of the text on the screen, paragraphs apart. */
  lines(): readonly string[]
  /** Looks for news at once. */
  checkNow(): void
  /** What happened in looking for news, oldest first. */
  readonly events: readonly LogEvent[]
  readonly renderer: 'webgl' | 'canvas'
}

declare global {
  interface Window {
    tv?: RunningApp
  }
}

/**
 * Puts the app on the screen: fonts, what is kept, glass, and then the first screen.
 * @throws {Error} when there is no installation, or nothing to draw on.
 */
export async function start(): Promise<void> {
  const { installation } = window
  if (!installation) throw new Error('installation.js did not run: the folder of the app is not whole')
  const { settings, lines } = wishesOf(installation, location.search, window.innerHeight)
  const scale = lines / screenHeight
  const glass = glassFor(settings.screen.renderer, screenWidth * scale, lines)
  const language = languageOf(settings.locale)
  // What is kept is read and verified while the font is loading.
  const [family, box] = await Promise.all([chineseFamily(settings.screen.font, ''), openBox(installation, settings)])
  const measure = canvasMeasure(family)
  let app: App | undefined
  const images = pictures(box.library, () => {
    app?.redraw()
  })
  const parts: Parts = {
    library: box.library,
    language,
    region: settings.region,
    edition$: box.sync.edition$,
    status$: box.sync.status$,
    paint: { palette: night, family, scale },
    measure,
    widthOf: rememberedWidth(measure),
    imageOf: (target) => images.of(target),
    now: () => box.now(),
    checkNow: () => {
      box.sync.checkNow()
    },
    leave: () => {
      window.close()
    },
    // So that the preview, loaded anew, comes back to the same place. Never `history.back()`: boxes differ.
    visited: (route) => {
      if (installation.preview) history.replaceState(null, '', `${location.pathname}${location.search}${hashOfRoute(route)}`)
    },
    first: routeFromHash(location.hash),
  }

  class TheApp extends App {
    protected readonly parts = parts

    override _construct(): void {
      // eslint-disable-next-line @typescript-eslint/no-this-alias -- Lightning makes the component; this is how it is got hold of.
      app = this
    }
  }

  const launched = Launch(
    TheApp,
    {
      stage: {
        w: screenWidth * scale,
        h: lines,
        precision: scale,
        clearColor: argb(night.ground),
        context: glass.context,
        autostart: false,
        // Pictures come from verified bytes, not from addresses that a worker would fetch.
        useImageWorker: false,
      },
      keys: { ...commonKeys },
      debug: false,
      enablePointer: false,
    },
    {},
    {},
  )
  document.body.appendChild(glass.canvas)
  document.documentElement.lang = settings.locale
  // Boxes drop the context in standby; what was on the GPU is gone, what is kept is not.
  glass.canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault()
    setTimeout(() => {
      location.reload()
    }, contextPatience)
  })
  window.tv = {
    picture: () => {
      launched.stage.forceRenderUpdate()
      launched.stage.drawFrame()
      return glass.canvas.toDataURL('image/png')
    },
    lines: () => app?.lines() ?? [],
    checkNow: parts.checkNow,
    get events() {
      return box.sync.events
    },
    renderer: glass.renderer,
  }
  window.addEventListener('error', () => app?.sayTrouble())
  box.sync.start()
  keepShell(installation, needsPackaged(settings.screen.font), box.sync.status$)
}
