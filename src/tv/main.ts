import { start } from './boot/start.ts'

start().catch((error: unknown) => {
  // Nothing could be put on the glass; boot.js shows its plain sentence instead.
  window.dispatchEvent(new CustomEvent('tv-start-failed', { detail: String(error) }))
})
