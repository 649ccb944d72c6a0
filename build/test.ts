/**
 * `npm test [-- STAGE …]`: lint, types, unit tests, whole-product tests; all of them, or
 * the stages that are named. The last line says how many tests passed and failed.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser, findChromium64, findWpe, installBrowser, installChromium64 } from './browsers.ts'
import { projectRoot } from './bundle.ts'

interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface Stage {
  readonly title: string
  run(): Promise<Tally>
}

const stages: Record<string, Stage> = {
  lint: {
    title: '代码检查 Lint',
    run: () => check('eslint/bin/eslint.js', ['-c', 'build/eslint.config.mjs', '.']),
  },
  types: {
    title: '类型检查 Type check',
    run: () => check('typescript/bin/tsc', ['--project', '.', '--noEmit']),
  },
  unit: { title: '单元测试 Unit tests', run: () => vitest('unit') },
  product: {
    title: '整机测试 Whole-product tests, in real browsers',
    run: async () => {
      if (!findBrowser()) installBrowser()
      await installChromium64()
      return vitest('product')
    },
  },
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in stages))
if (unknown.length > 0) {
  console.error(`没有 ${unknown.join('、')} 这一步，可用：${Object.keys(stages).join(' ')}`)
  process.exit(2)
}

const chosen = Object.keys(stages).filter((name) => wanted.length === 0 || wanted.includes(name))
let total: Tally = { passed: 0, failed: 0, skipped: 0 }
const bad: string[] = []
for (const [index, name] of chosen.entries()) {
  const stage = stages[name]
  if (!stage) continue
  console.log(`\n━━ ${String(index + 1)}/${String(chosen.length)} ${stage.title} ━━`)
  const started = Date.now()
  const tally = await stage.run()
  if (tally.failed > 0) bad.push(stage.title)
  console.log(`   ${tally.failed > 0 ? '✗ 未通过 failed' : '✓ 通过 passed'}，${String(Math.round((Date.now() - started) / 1000))} s`)
  total = {
    passed: total.passed + tally.passed,
    failed: total.failed + tally.failed,
    skipped: total.skipped + tally.skipped,
  }
}

const notRun = chosen.includes('product') ? missingEngines() : []
if (chosen.includes('product')) console.log(`\n测试过的内核 Engines run: ${enginesRun().join('；')}`)
if (bad.length > 0) console.log(`\n未通过 Failed: ${bad.join('；')}`)
for (const engine of notRun) console.log(`\n!!!!!!!! NOT RUN 未测试: ${engine} !!!!!!!!`)
const required = process.env['REQUIRE_ENGINES'] === 'all'
if (required && notRun.length > 0) console.log('REQUIRE_ENGINES=all: 缺少浏览器内核，按失败处理。 An engine is missing, which counts as a failure.')
const failed = total.failed + (required ? notRun.length : 0)
console.log(
  `\n${String(total.passed)} passed, ${String(failed)} failed${total.skipped > 0 ? `, ${String(total.skipped)} skipped` : ''}`,
)
process.exit(failed > 0 ? 1 : 0)

/** Engines that the whole-product tests ran on, by the programs that were found. */
function enginesRun(): string[] {
  const browser = findBrowser()
  const found: (readonly [unknown, string])[] = [
    [browser, `Chromium (WebGL), Chromium (canvas): ${browser ?? ''}`],
    [findChromium64(), 'Chromium 64'],
    [findWpe(), 'WPE WebKit'],
  ]
  return found.flatMap(([there, name]) => (there ? [name] : []))
}

/** Engines that the whole-product tests could not run on, and how to get them. */
function missingEngines(): string[] {
  return [
    ...(findBrowser() ? [] : ['Chromium (install Chrome, Chromium or Edge, or set CHROME_PATH)']),
    ...(findChromium64() ? [] : ['Chromium 64 (comes from npm; Linux on x86-64 only)']),
    ...(findWpe() ? [] : ['WPE WebKit (install cog wpewebkit-driver)']),
  ]
}

/** Runs a checking tool of node_modules; its complaint counts as one failure. */
async function check(tool: string, args: readonly string[]): Promise<Tally> {
  const code = await runTool(tool, args)
  return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

async function vitest(project: string): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'test-'))
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const code = await runTool('vitest/vitest.mjs', ['run', '--config', 'build/vitest.config.ts', '--project', project, ...reporters])
    const result = await readReport(report)
    // A file that cannot even be loaded has no test that fails.
    const failed = Math.max(result.failed, code === 0 ? 0 : 1)
    return { ...result, failed: result.passed === 0 ? Math.max(failed, 1) : failed }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readReport(file: string): Promise<Tally> {
  try {
    const report = JSON.parse(await readFile(file, 'utf8')) as Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests', number>
    return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function runTool(tool: string, args: readonly string[]): Promise<number> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(projectRoot, 'node_modules', tool), ...args], {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.on('error', (error) => {
      console.error(error.message)
      done(1)
    })
    child.on('exit', (code) => done(code ?? 1))
  })
}
