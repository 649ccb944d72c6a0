/** What other programs may call of the publisher: the development server, and tests of the whole product. */
export { buildFeed, renewFeed, type BuildOptions, type BuildReport } from './feed/build.ts'
export { checkContent } from './content/load.ts'
export { ContentError, formatProblem, type Problem } from './content/problems.ts'
export { CommandError } from './errors.ts'
export { importRegulations, type ImportOptions, type ImportReport } from './import/import.ts'
export { keysForContent } from './keys-for-content.ts'
export { editionTime } from './time.ts'
