/** `node build/run.mjs FILE.ts [arguments]`: runs a TypeScript file of the project. */
import { prepare, runTypeScript } from './install.mjs'

const [file, ...args] = process.argv.slice(2)
if (!file) {
  console.error('Which file? node build/run.mjs FILE.ts [arguments]')
  process.exit(2)
}
await prepare()
await runTypeScript(file, args)
