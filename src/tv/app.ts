import { Lightning } from '@lightningjs/sdk'
import { dayInChina } from '../feed/standing.ts'
import type { Rec } from '../feed/records/index.ts'
import type { TextKey } from './language/language.ts'
import type { Parts } from './parts.ts'
import { commonKeys } from './remote/keys.ts'
import { BootScreen } from './screens/boot.ts'
import { DecisionScreen } from './screens/decision.ts'
import { DocumentScreen } from './screens/document.ts'
import { corners } from './screens/frame.ts'
import { HomeScreen } from './screens/home.ts'
import { Journey } from './screens/journey.ts'
import { MessageScreen } from './screens/message.ts'
import type { Choice } from './screens/message.ts'
import type { Route } from './screens/route.ts'
import type { Context, Screen } from './screens/screen.ts'
import { SectionScreen } from './screens/section.ts'
import { ServiceScreen } from './screens/service.ts'
import { StatusBar } from './screens/status-bar.ts'
import { OpenError } from './store/edition.ts'
import type { Edition } from './store/edition.ts'
import type { SyncStatus } from './sync/status.ts'
import { OutlineMirror } from './widgets/outline.ts'
import { Surface } from './widgets/surface.ts'

interface AppSpec extends Lightning.Component.TemplateSpec {
  Surface: typeof Surface
  Screens: object
}

/** A record is waited for this long, ms, before the screen says so. */
const patience = 600

/** The app: one screen at a time on one surface, and the way back through the screens before it. */
export abstract class App extends Lightning.Component<AppSpec> implements Lightning.Component.ImplementTemplateSpec<AppSpec> {
  protected abstract readonly parts: Parts
  private context!: Context
  private readonly journey = new Journey()
  private first: Route | null = null
  private screen: Screen | undefined
  /** Counts ways taken, so that a record that arrives late does not drag the household back. */
  private steps = 0
  private bar!: StatusBar
  private lastStatus: SyncStatus | null = null

  static override _template(): Lightning.Component.Template<AppSpec> {
    return { Surface: { type: Surface }, Screens: {} }
  }

  override _setup(): void {
    const { parts } = this
    const surface = this.tag('Surface') as Surface
    surface.prepare(parts.paint, corners)
    this.context = {
      library: parts.library,
      language: parts.language,
      surface,
      mirror: new OutlineMirror(document),
      region: parts.region,
      today: () => dayInChina(parts.now()),
      measure: parts.measure,
      widthOf: parts.widthOf,
      imageOf: parts.imageOf,
      go: (route) => {
        this.go(route)
      },
      back: () => {
        this.back()
      },
      retry: () => {
        parts.checkNow()
      },
    }
    this.first = parts.first
    this.bar = new StatusBar(this.context, () => {
      this.dayChanged()
    })
    this.begin()
    parts.edition$.subscribe((edition) => {
      this.editionArrived(edition)
    })
    parts.status$.subscribe((status) => {
      this.statusChanged(status)
    })
    this.bar.runClock(() => parts.now())
  }

  override _getFocused(): Lightning.Component | undefined {
    return this.screen
  }

  /** Home with what is kept, or on an empty box what it is fetching. */
  private begin(): void {
    const { edition } = this.context.library
    this.journey.begin(edition !== null)
    if (!edition) {
      const boot = this.put(BootScreen, null)
      if (this.lastStatus) boot.show(this.lastStatus)
      return
    }
    const { first } = this
    this.first = null
    if (first) this.go(first)
    else this.show()
  }

  private editionArrived(edition: Edition | null): void {
    if (!edition) return
    if (this.screen instanceof BootScreen) this.begin()
    else this.readAgain()
    if (this.lastStatus) this.bar.say(edition.asOf, this.lastStatus)
  }

  /** After a new edition: the record that is open is shown as it now is, at the same place. */
  private readAgain(): void {
    this.keepPlace()
    if (this.journey.last?.route.to === 'record') this.show()
    else this.screen?.editionChanged()
  }

  private statusChanged(status: SyncStatus): void {
    this.lastStatus = status
    if (this.screen instanceof BootScreen) this.screen.show(status)
    this.bar.say(this.context.library.edition?.asOf ?? null, status)
  }

  private go(route: Route): void {
    this.keepPlace()
    this.journey.go(route)
    this.show()
  }

  private keepPlace(): void {
    if (this.screen && !(this.screen instanceof MessageScreen)) this.journey.keep(this.screen.remember())
  }

  private back(): void {
    if (this.journey.back()) this.show()
    else if (this.journey.last?.route.to === 'home') this.go({ to: 'leave' })
    else this.begin()
  }

  private show(): void {
    const { last } = this.journey
    if (!last) return
    const step = ++this.steps
    const { route, memory } = last
    switch (route.to) {
      case 'home':
        this.put(HomeScreen, memory)
        break
      case 'section':
        this.put(SectionScreen, memory, (screen) => {
          screen.kind = route.kind
        })
        break
      case 'leave':
        this.askToLeave()
        break
      case 'record':
        this.openRecord(route.id, memory, step)
    }
    this.parts.visited(route)
  }

  /** Opens a record. The screen before stays until it is there; only when that takes long, it is said. */
  private openRecord(id: string, memory: unknown, step: number): void {
    const waiting = setTimeout(() => {
      if (step === this.steps) this.say('opening', 'opening.text')
    }, patience)
    const arrived = (then: () => void): void => {
      clearTimeout(waiting)
      if (step === this.steps) then()
    }
    this.context.library
      .open(id)
      .then(
        (record) => {
          arrived(() => {
            this.showRecord(record, memory)
          })
        },
        (error: unknown) => {
          arrived(() => {
            this.sayWhyNot(error)
          })
        },
      )
      // A record that cannot be shown: a fault of the app, not of the household.
      .catch(() => {
        this.sayTrouble()
      })
  }

  private showRecord(record: Rec, memory: unknown): void {
    if (record.kind === 'service') {
      this.put(ServiceScreen, memory, (screen) => {
        screen.record = record
      })
    } else if (record.kind === 'decision') {
      this.put(DecisionScreen, memory, (screen) => {
        screen.record = record
      })
    } else {
      this.put(DocumentScreen, memory, (screen) => {
        screen.record = record
      })
    }
  }

  private sayWhyNot(error: unknown): void {
    const { t } = this.parts.language
    const failure = error instanceof OpenError ? error.failure : 'damaged'
    const again = { label: t('error.retry'), act: () => { this.show() } }
    const choices = failure === 'not-here-yet' || failure === 'damaged' ? [again] : []
    this.say(`error.${failure}`, `error.${failure}.do`, choices)
  }

  private askToLeave(): void {
    const { t } = this.parts.language
    const stay = { label: t('exit.stay'), act: () => { this.back() } }
    const leave = { label: t('exit.leave'), act: () => { this.parts.leave() } }
    this.say('exit.ask', 'exit.kept', [stay, leave])
  }

  /** Says that something went wrong inside the app, and offers the way home. */
  sayTrouble(): void {
    const { t } = this.parts.language
    this.steps++
    const home = (): void => {
      if (this.context.library.edition) this.go({ to: 'home' })
      else this.begin()
    }
    this.say('error.app', 'error.app.do', [{ label: t('error.home'), act: home }])
  }

  /** Says one thing on the whole screen. */
  private say(title: TextKey, text: TextKey, choices: readonly Choice[] = []): void {
    const { t } = this.parts.language
    this.put(MessageScreen, null, (screen) => {
      screen.message = { title: t(title), text: t(text), choices }
    })
  }

  /** The set lines on the screen, where it shows running text. */
  lines(): readonly string[] {
    return this.screen?.lines() ?? []
  }

  /** Paints the present screen anew: a picture of it arrived. */
  redraw(): void {
    this.context.surface.forget()
    this.screen?.refresh()
  }

  /** Puts a new screen in the place of the present one. */
  private put<S extends Screen>(type: new (stage: Lightning.Stage) => S, memory: unknown, fill?: (screen: S) => void): S {
    const screens = this.tag('Screens') as unknown as Lightning.Element
    screens.childList.clear()
    const screen = new type(this.stage)
    fill?.(screen)
    screens.childList.add(screen)
    this.screen = screen
    this.journey.arrived()
    screen.open(this.context, memory)
    this._refocus()
    screen.refresh()
    return screen
  }

  /** At midnight: what is in force, and how many days are left. */
  private dayChanged(): void {
    if (this.context.library.edition) this.readAgain()
  }

  /** OK and Back count once a press: a held key must not walk through screens. */
  override _captureKey(event: KeyboardEvent): boolean {
    const name = commonKeys[event.keyCode]
    return event.repeat && (name === 'Enter' || name === 'Back')
  }

  _handleHome(): void {
    if (this.context.library.edition) this.go({ to: 'home' })
  }

  override _handleExit(): void {
    this.parts.leave()
  }
}
