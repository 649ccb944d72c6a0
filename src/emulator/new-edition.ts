import type { Television } from './television.ts'

/** How long after an announcement an open record is opened again, new edition on the screen or not, ms. */
const patience = 3_000

/** Screens that show one record, as it was when it was opened. */
const recordScreens = ['document', 'service', 'decision']

/** What happens on the television when there is a new edition in the feed. */
export class NewEdition {
  /** The edition that was on the screen when a newer one was announced; null while none is awaited. */
  private before: string | null = null

  /** The app was still starting when the edition was announced: it is to look for it as soon as it runs. */
  private toCheck = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly television: Television) {}

  /** As on a household's box, the app fetches and verifies the new edition while it runs. */
  expect(): void {
    this.before = this.shown()
    this.toCheck = true
    clearTimeout(this.timer)
    // Two editions of one minute look the same on the screen.
    this.timer = setTimeout(() => {
      this.showRecordAgain()
    }, patience)
    this.look()
  }

  /** Looks how far the app is; to be called when its screen changed. */
  look(): void {
    const running = this.television.window?.tv
    if (this.toCheck && running) {
      this.toCheck = false
      running.checkNow()
    }
    if (this.before && this.shown() !== '' && this.shown() !== this.before) this.showRecordAgain()
  }

  /** The beginning of the app's status line: as of when its content is, to the minute. */
  private shown(): string {
    return this.television.window?.document.querySelector('#status')?.textContent.split(' · ')[0] ?? ''
  }

  /** Lists take a new edition in by themselves; an open record is opened again, to show what changed in it. */
  private showRecordAgain(): void {
    if (this.before === null) return
    this.before = null
    clearTimeout(this.timer)
    const { television } = this
    const screen = television.window?.document.querySelector('#outline')?.getAttribute('data-screen') ?? ''
    if (recordScreens.includes(screen) && television.place !== '') television.restart()
  }
}
