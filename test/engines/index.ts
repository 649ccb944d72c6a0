import { findBrowser, findChromium64, findWpe } from '../../build/browsers.ts'
import { launchChromium } from './chromium.ts'
import { engineNames } from './engine.ts'
import type { Engine, EngineName, LaunchOptions } from './engine.ts'
import { launchWpe } from './wpe.ts'

export { engineNames, until } from './engine.ts'
export type { Engine, EngineName, Key, LaunchOptions } from './engine.ts'

/** An engine that is installed on this machine. */
export interface AvailableEngine {
  readonly name: EngineName
  /** How test reports call it. */
  readonly title: string
  /** Starts it with nothing stored. Close it when done. */
  launch(options?: LaunchOptions): Promise<Engine>
}

/** The engines that can be run here, in the order of `engineNames`. */
export function availableEngines(): AvailableEngine[] {
  const found: AvailableEngine[] = []
  const add = (name: EngineName, launch: AvailableEngine['launch']): void => {
    found.push({ name, title: engineNames[name], launch })
  }
  const browser = findBrowser()
  if (browser) {
    add('chromium', (options) => launchChromium('chromium', browser, options))
    add('chromium-canvas', (options) => launchChromium('chromium-canvas', browser, options))
  }
  const old = findChromium64()
  if (old) add('chromium-64', (options) => launchChromium('chromium-64', old, options))
  const wpe = findWpe()
  if (wpe) add('wpe', (options) => launchWpe(wpe, options))
  return found
}
