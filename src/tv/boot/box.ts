import { fromEvent } from 'rxjs'
import { followedRoles } from '../../feed/layout.ts'
import type { Installation, Settings } from '../settings.ts'
import type { BoxLibrary, LibraryReport } from '../store/library.ts'
import { openLibrary } from '../store/library.ts'
import { openKeeping } from '../store/open.ts'
import { openValues } from '../store/values.ts'
import { believedTime } from '../sync/clock.ts'
import { eventLog } from '../sync/log.ts'
import { createSync } from '../sync/sync.ts'
import type { Sync } from '../sync/sync.ts'

/** What the box keeps, and how it stays up to date. */
export interface Box {
  readonly library: BoxLibrary
  readonly sync: Sync
  /** The most trustworthy time there is: never before what was signed or built. */
  now(): Date
}

/** Opens what the box has kept and verifies it. Never rejects for a fault of storage. */
export async function openBox(installation: Installation, settings: Settings): Promise<Box> {
  const log = eventLog(() => Date.now())
  const keeping = await openKeeping({
    onFault: (fault) => {
      log.add('storage', fault.message)
    },
  })
  const tuf = { trustedRoot: new TextEncoder().encode(installation.root) }
  const onReport = (report: LibraryReport): void => {
    log.add(report.what, report.reason)
  }
  const [library, values] = await Promise.all([openLibrary({ keeping, onReport, ...tuf }), openValues(keeping)])
  const sync = createSync({
    settings,
    tuf,
    library,
    keeping,
    values,
    log,
    roles: () => followedRoles(settings.region),
    page: location.href,
    builtAt: installation.builtAt,
    keys$: fromEvent(window, 'keydown'),
  })
  const now = (): Date =>
    believedTime({ box: Date.now(), signedAt: library.edition?.asOf ?? '', builtAt: installation.builtAt }).now
  return { library, sync, now }
}
