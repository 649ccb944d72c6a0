/**
 * The service worker: keeps the app's own files, so that the app starts without a network
 * also where the operator's server holds it.
 *
 * - Installing fetches every file of a version, past the HTTP cache and held against its
 *   hash. One that fails, or is of another version, fails the whole, and the version
 *   before stays: workbox keeps files by revision, side by side.
 * - There is no skipWaiting and no claim: a new version waits until the app was closed, and
 *   a page lives its whole life with the version that it started with.
 * - Nothing else is answered. What has no route, above all the feed, goes to the network
 *   untouched: the store keeps and verifies that.
 */
import { PrecacheController } from 'workbox-precaching/PrecacheController.js'
import { Route } from 'workbox-routing/Route.js'
import { Router } from 'workbox-routing/Router.js'
import { isPage, pageFile, shellOf } from './shell.ts'
import type { ShellFile } from './shell.ts'

/** The files of this version; the build puts them here. */
declare const SHELL_FILES: readonly ShellFile[]

const controller = new PrecacheController()
controller.precache(shellOf(SHELL_FILES, location.search))

const folder = new URL('.', location.href).href
const keptPage = controller.createHandlerBoundToURL(pageFile)
const router = new Router()
router.registerRoute(new Route(({ request, url }) => request.mode === 'navigate' && isPage(url, folder), keptPage))
router.registerRoute(
  new Route(
    ({ request, url }) => request.mode !== 'navigate' && controller.getCacheKeyForURL(url.href) !== undefined,
    (asked) => {
      const cacheKey = controller.getCacheKeyForURL(asked.url.href)
      return controller.strategy.handle(Object.assign(asked, { params: { cacheKey } }))
    },
  ),
)
router.addFetchListener()
