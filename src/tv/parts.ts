import type { Observable } from 'rxjs'
import type { Language } from './language/language.ts'
import type { Route } from './screens/route.ts'
import type { Context } from './screens/screen.ts'
import type { Edition, Library } from './store/edition.ts'
import type { SyncStatus } from './sync/status.ts'
import type { Measure } from './typesetting/index.ts'
import type { TextWidth } from './widgets/drawing.ts'
import type { PaintOptions } from './widgets/painter.ts'

/** What the app is made of; put together in boot/start.ts. */
export interface Parts {
  readonly library: Library
  readonly language: Language
  readonly region: string
  readonly edition$: Observable<Edition | null>
  readonly status$: Observable<SyncStatus>
  readonly paint: PaintOptions
  readonly measure: Measure
  readonly widthOf: TextWidth
  readonly imageOf: Context['imageOf']
  /** The most trustworthy time there is. */
  now(): Date
  /** Looks for news at once. */
  checkNow(): void
  /** Hands the screen back to the box. */
  leave(): void
  /** Told where the household went. */
  visited(route: Route): void
  /** Where to begin, under home. */
  readonly first: Route | null
}
