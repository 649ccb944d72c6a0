/**
 * What the operator decides, as `settings.json` says it. Checked when the app is
 * packaged (`build/settings`), so that the box can take it as it is.
 */
export interface Settings {
  readonly feed: {
    /** Addresses of the feed, tried in order; relative ones count from the app's page. */
    readonly bases: readonly string[]
  }
  /** Division code of the household's district, GB/T 2260, until the household chooses. */
  readonly region: string
  readonly locale: 'zh-CN' | 'en'
  readonly screen: {
    /** `auto` looks whether WebGL works; the others insist. */
    readonly renderer: 'auto' | 'webgl' | 'canvas'
    /** `auto` takes the box's own Chinese font where it has one, and else the packaged one. */
    readonly font: 'auto' | 'system' | 'packaged'
  }
  readonly sync: {
    readonly periodMinutes: number
    readonly bootSpreadMinutes: number
    readonly retryFirstSeconds: number
    readonly retryMostMinutes: number
    /** After a key press, background work waits this long. */
    readonly pauseAfterKeyMilliseconds: number
    readonly requestTimeoutSeconds: number
  }
}

/** What the packaging step puts beside the app, before any script of ours runs. */
export interface Installation {
  readonly settings: Settings
  /** The trusted root metadata, as text: the only thing that the box believes unseen. */
  readonly root: string
  readonly appVersion: string
  /** ISO time at which the app was built: the clock cannot be earlier. */
  readonly builtAt: string
  /** True in the preview page's installation only: the page address may override settings. */
  readonly preview?: boolean
  /** True where a service worker keeps the app's own files; never while developing. */
  readonly worker?: boolean
}

declare global {
  interface Window {
    /** Set by `installation.js`, which the packaging step writes. */
    installation?: Installation
  }
}
