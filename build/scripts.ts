import { transform as lower } from '@swc/core'
import { rolldown } from 'rolldown'
import type { OutputChunk } from 'rolldown'
import { minify } from 'terser'
import { polyfills } from './polyfills.ts'

/** One classic script that runs in the page as it is. */
export interface Script {
  readonly code: string
  /** The files that went into it, as absolute paths. */
  readonly modules: readonly string[]
}

/**
 * Lightning takes the names of states, and of components in its Router, from
 * `class.name`: minification must leave the names of classes alone.
 */
const classNames = /^[A-Z]/

/**
 * The bundle for engines of today: classic script, syntax of ES2019.
 * @throws {Error} what rolldown found wrong, with file and line
 */
export async function modernScript(entry: string): Promise<Script> {
  const keepNames = { class: true, function: false }
  return await bundled(entry, {
    target: 'es2019',
    minify: { compress: { keepNames }, mangle: { keepNames }, codegen: true },
  })
}

/**
 * The bundle for old engines: one classic ES5 script with polyfills before it.
 * @throws {Error} what rolldown, swc or terser found wrong
 */
export async function es5Script(entry: string): Promise<Script> {
  const before = await bundled(virtual, { target: 'es2015', minify: false })
  const app = await bundled(entry, { target: 'es2019', minify: false })
  const [first, second] = await Promise.all([es5Syntax(before.code), es5Syntax(app.code)])
  // In one pass: terser shortens best when it sees everything that it may rename.
  const result = await minify(`${first}\n;${second}`, {
    ecma: 5,
    module: false,
    keep_classnames: classNames,
    keep_fnames: classNames,
    compress: { passes: 1 },
    format: { comments: false, ascii_only: false },
  })
  return { code: `${result.code ?? ''}\n`, modules: [...before.modules, ...app.modules] }
}

/**
 * A page for the computer on which content is made: any browser of today, not minified.
 * @throws {Error} what rolldown found wrong, with file and line
 */
export async function pageScript(entry: string): Promise<Script> {
  return await bundled(entry, { target: 'es2022', minify: false })
}

/**
 * A service worker: syntax of ES2017, which every engine with service workers has.
 * @param values what names in it stand for, as JavaScript
 * @throws {Error} what rolldown found wrong, with file and line
 */
export async function workerScript(entry: string, values: Readonly<Record<string, string>>): Promise<Script> {
  return await bundled(entry, { target: 'es2017', minify: true, define: { 'process.env.NODE_ENV': '"production"', ...values } })
}

const virtual = '\0polyfills'

interface Ways {
  readonly target: string
  readonly define?: Readonly<Record<string, string>>
  readonly minify: Exclude<NonNullable<Parameters<Awaited<ReturnType<typeof rolldown>>['generate']>[0]>['minify'], undefined>
}

async function bundled(entry: string, ways: Ways): Promise<Script> {
  const bundle = await rolldown({
    input: entry,
    platform: 'browser',
    // Decides as tsconfig.json does; Lightning's constructor sets what class fields would reset.
    transform: { target: ways.target, define: { ...ways.define }, assumptions: { setPublicClassFields: true } },
    logLevel: 'warn',
    onwarn(warning) {
      // The SDK's announcer and others import their own index: harmless, and not ours to change.
      if (warning.code !== 'CIRCULAR_DEPENDENCY') console.warn(warning.message)
    },
    plugins: [
      {
        name: 'polyfills',
        resolveId: (id) => (id === virtual ? id : null),
        load: (id) => (id === virtual ? polyfills.map((name) => `import '${name}'`).join('\n') : null),
      },
    ],
  })
  try {
    const { output } = await bundle.generate({
      format: 'iife',
      codeSplitting: false,
      minify: ways.minify,
      comments: false,
    })
    const chunk = output.find((o): o is OutputChunk => o.type === 'chunk')
    if (!chunk) throw new Error(`rolldown made nothing of ${entry}`)
    return { code: chunk.code, modules: chunk.moduleIds.filter((id) => !id.startsWith('\0')) }
  } finally {
    await bundle.close()
  }
}

/** Lowers syntax to ES5. Not loose: `[...set]` would come out as an array of one. */
async function es5Syntax(code: string): Promise<string> {
  const result = await lower(code, {
    configFile: false,
    swcrc: false,
    isModule: false,
    sourceMaps: false,
    env: {
      targets: { ie: '11' },
      // core-js's own Symbol must see the real typeof; elsewhere the helper only costs time.
      exclude: ['transform-typeof-symbol'],
    },
  })
  return result.code
}
