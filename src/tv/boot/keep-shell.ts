import { delay, filter, take } from 'rxjs'
import type { Observable } from 'rxjs'
import type { Installation } from '../settings.ts'
import type { SyncStatus } from '../sync/status.ts'
import { workerAddress } from '../worker/shell.ts'
import type { Bundle } from '../worker/shell.ts'

/** The household goes first: so long, ms, after a check that found everything here. */
const restAfter = 1000

/**
 * Has the service worker keep the app's own files, where the installation wants it and the
 * engine can: not from a file of the box, nor from a plain-http origin. Waits until an
 * edition was fetched once, so that it never competes with the first one.
 * @param fonts whether this box draws with the packaged fonts
 */
export function keepShell(installation: Installation, fonts: boolean, status$: Observable<SyncStatus>): void {
  if (!installation.worker || !/^https?:$/.test(location.protocol) || !window.isSecureContext) return
  if (!('serviceWorker' in navigator)) return
  status$
    .pipe(
      filter(({ phase, lastSuccess }) => phase === 'idle' && lastSuccess !== null),
      take(1),
      delay(restAfter),
    )
    .subscribe(() => {
      // Without a worker everything works as it did before: it is fetched from the server at each start.
      navigator.serviceWorker.register(workerAddress(loadedBundle(), fonts)).catch(() => undefined)
    })
}

/** The script that boot.js chose. */
function loadedBundle(): Bundle {
  return document.querySelector('script[src^="app.es5."]') ? 'es5' : 'modern'
}
