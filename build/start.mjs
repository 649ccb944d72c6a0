/** `npm start`: the demonstration feed, the app and the preview page on this machine. */
import { join } from 'node:path'
import { prepare, projectRoot, runTypeScript } from './install.mjs'

await prepare()
await runTypeScript(join(projectRoot, 'build', 'dev.ts'), process.argv.slice(2))
