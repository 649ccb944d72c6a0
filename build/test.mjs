/** `npm test`: lint, types, unit tests, whole-product tests. */
import { join } from 'node:path'
import { prepare, projectRoot, runTypeScript } from './install.mjs'

await prepare()
await runTypeScript(join(projectRoot, 'build', 'test.ts'), process.argv.slice(2))
