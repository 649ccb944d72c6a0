/**
 * One way to drive every browser engine that boxes have. A test is written once
 * and runs on all of them.
 */
export interface Engine {
  readonly name: EngineName
  /** What this engine, driven this way, can do beyond the rest. */
  readonly can: Abilities
  /** Uncaught exceptions and errors of the console since the last `goto`, where the engine tells. */
  readonly problems: readonly string[]
  /** Opens an address and waits until the page has loaded. */
  goto(url: string): Promise<void>
  /** Presses and releases a key of the remote, by name or by key code. */
  key(key: Key): Promise<void>
  /** Presses a key and holds it; `repeats` more keydown events follow. */
  keyDown(key: Key, repeats?: number): Promise<void>
  keyUp(key: Key): Promise<void>
  /**
   * Gives the value of an expression in the page, a JSON value; waits for promises.
   * @throws {Error} what the page threw
   */
  evaluate<T>(expression: string): Promise<T>
  /** The picture on the screen as a PNG: 1280×720 of it unless launched larger. */
  screenshot(): Promise<Buffer>
  /** Slows the processor down: 6 is a sixth of the speed. @throws {Error} where it cannot */
  throttle(rate: number): Promise<void>
  /** Takes the network away, or gives it back. @throws {Error} where it cannot */
  offline(on: boolean): Promise<void>
  /** Ends the browser as a power cut does, and starts it again with what it had stored. */
  restart(): Promise<void>
  /** Ends the browser and everything that it left behind. */
  close(): Promise<void>
}

export interface Abilities {
  readonly throttle: boolean
  readonly offline: boolean
  /** `restart` finds what was stored before. */
  readonly persistence: boolean
  /** Keys come from the engine's own input, not from a script; so `isTrusted`. */
  readonly realKeys: boolean
}

/** The engines, by the names of test reports. */
export const engineNames = {
  chromium: 'Chromium, WebGL',
  'chromium-canvas': 'Chromium, canvas',
  'chromium-64': 'Chromium 64',
  wpe: 'WPE WebKit',
} as const
export type EngineName = keyof typeof engineNames

export interface LaunchOptions {
  /** Size of the picture in pixels; 1280×720 where not given. */
  readonly width?: number
  readonly height?: number
  /**
   * WPE WebKit only: keep what is stored over `restart`. Its WebDriver sessions forget
   * everything, so it is then driven by its inspector instead, and keys are synthetic.
   */
  readonly persistent?: boolean
}

/** A key of the remote by name, digits as text (`'5'`), or any key code as a number. */
export type Key = Extract<`${keyof typeof keyCodes}`, string> | number

/** Key codes as keyboards, HbbTV and IPTV boxes send them. */
export const keyCodes = {
  Up: 38,
  Down: 40,
  Left: 37,
  Right: 39,
  OK: 13,
  Back: 8,
  Escape: 27,
  PageUp: 33,
  PageDown: 34,
  Home: 36,
  Info: 457,
  Red: 403,
  Green: 404,
  Yellow: 405,
  Blue: 406,
  0: 48,
  1: 49,
  2: 50,
  3: 51,
  4: 52,
  5: 53,
  6: 54,
  7: 55,
  8: 56,
  9: 57,
} as const

/** `KeyboardEvent.key` of codes that have one on a keyboard. */
const keyValues: Readonly<Record<number, string>> = {
  8: 'Backspace',
  13: 'Enter',
  27: 'Escape',
  33: 'PageUp',
  34: 'PageDown',
  36: 'Home',
  37: 'ArrowLeft',
  38: 'ArrowUp',
  39: 'ArrowRight',
  40: 'ArrowDown',
}

/** The key code of a key. A number is a code, never a digit: the digit 5 is 53. */
export const codeOf = (key: Key): number => (typeof key === 'number' ? key : keyCodes[key])

/** `KeyboardEvent.key` of a key code. */
export function valueOf(code: number): string {
  return keyValues[code] ?? (code >= 48 && code <= 57 ? String.fromCharCode(code) : 'Unidentified')
}

/** An expression that makes a key event in the page, where the engine cannot send the key. */
export function syntheticKey(type: 'keydown' | 'keyup', code: number, repeat = false): string {
  const init = JSON.stringify({ keyCode: code, which: code, key: valueOf(code), repeat, bubbles: true, cancelable: true })
  return `void (document.activeElement || document.body || document).dispatchEvent(new KeyboardEvent('${type}', ${init}))`
}

/**
 * Waits until an expression in the page is true; gives its value.
 * @param seconds how long at most
 * @throws {Error} names the expression, and its last value
 */
export async function until<T>(engine: Engine, expression: string, seconds = 20): Promise<T> {
  const end = Date.now() + seconds * 1000
  let last: T | undefined
  while (Date.now() < end) {
    last = await engine.evaluate<T>(expression)
    if (last) return last
    await new Promise((done) => setTimeout(done, 50))
  }
  const told = engine.problems.length > 0 ? `; the page said: ${engine.problems.join(' | ')}` : ''
  throw new Error(`${engineNames[engine.name]}: after ${String(seconds)} s, ${expression} is still ${String(last)}${told}`)
}
