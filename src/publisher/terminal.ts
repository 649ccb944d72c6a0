import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Presets, SingleBar } from 'cli-progress'
import type { OnProgress } from './content/load.ts'
import { CommandError } from './errors.ts'
import type { ScryptCost } from './signing/encryption.ts'

/** Where a command writes and what it needs of its surroundings. */
export interface Terminal {
  readonly print: (text: string) => void
  readonly printError: (text: string) => void
  /** Shows how far a long step is; silent where nobody watches. */
  readonly progress: (label: string) => Progress
  /** Folder that relative paths start from. */
  readonly folder: string
  /** Asks whoever sits there, and does not show the answer where it is secret; absent where nobody does. */
  readonly ask?: (question: string, how: 'shown' | 'secret') => Promise<string>
  /** What each guess at the passphrase of a new key costs; the usual when left out. */
  readonly keyCost?: ScryptCost
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
}

export interface Progress {
  readonly report: OnProgress
  readonly stop: () => void
}

/** A command of the command line. */
export interface Command {
  readonly name: string
  /** Arguments as the help prints them. */
  readonly usage: string
  /** One line each. */
  readonly chinese: string
  readonly english: string
  /** @returns the exit code: 0 done, 1 the content has problems */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    print: (text) => process.stdout.write(`${text}\n`),
    printError: (text) => process.stderr.write(`${text}\n`),
    progress: bar,
    ...(process.stdin.isTTY ? { ask } : {}),
    // npm starts scripts in the project's folder; this is where the user typed.
    folder: process.env.INIT_CWD ?? process.cwd(),
    environment: process.env,
    now: () => new Date(),
  }
}

function bar(label: string): Progress {
  if (!process.stderr.isTTY) return { report: () => undefined, stop: () => undefined }
  const format = `${label} {bar} {percentage}%  {value}/{total}`
  const single = new SingleBar({ format, stream: process.stderr, clearOnComplete: true }, Presets.shades_classic)
  let started = false
  return {
    report: (done, total) => {
      if (!started) single.start(total, done)
      else single.update(done)
      started = true
    },
    stop: () => {
      single.stop()
    },
  }
}

/** Asks on standard error, so that standard output stays clean. */
async function ask(question: string, how: 'shown' | 'secret'): Promise<string> {
  let quiet = false
  const output = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      if (!quiet) process.stderr.write(chunk)
      done()
    },
  })
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  const answer = lines.question(question)
  quiet = how === 'secret'
  try {
    return await answer
  } finally {
    lines.close()
    if (quiet) process.stderr.write('\n')
  }
}

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Reads the arguments of a command.
 * @param positionals what the arguments without `--` are, in order, each as the help names it
 * @throws {CommandError} for an unknown option, a missing or a superfluous argument
 */
export function readArguments<O extends Options>(
  command: Pick<Command, 'name' | 'usage'>,
  args: readonly string[],
  options: O,
  positionals: readonly string[],
): { values: ReturnType<typeof parseArgs<{ options: O }>>['values']; positionals: string[] } {
  const usage = `npm run publisher -- ${command.name} ${command.usage}`
  let parsed
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandError(`参数不对。用法：${usage}`, `${reason}\nUsage: ${usage}`)
  }
  const missing = positionals[parsed.positionals.length]
  if (missing !== undefined) throw new CommandError(`缺少 ${missing}。用法：${usage}`, `Missing ${missing}. Usage: ${usage}`)
  const surplus = parsed.positionals[positionals.length]
  if (surplus !== undefined) {
    throw new CommandError(`多了「${surplus}」。用法：${usage}`, `Unexpected argument ${surplus}. Usage: ${usage}`)
  }
  return { values: parsed.values, positionals: parsed.positionals }
}

/** A required option. @throws {CommandError} */
export function required(command: Pick<Command, 'name' | 'usage'>, name: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value
  const usage = `npm run publisher -- ${command.name} ${command.usage}`
  throw new CommandError(`缺少 --${name}。用法：${usage}`, `Missing --${name}. Usage: ${usage}`)
}

/** An absolute path of one that the user typed. */
export const resolvePath = (terminal: Terminal, typed: string): string => path.resolve(terminal.folder, typed)

/** Writes out an option that takes several values, `--add a b`, as `--add a --add b`. */
export function spreadLists(args: readonly string[], names: readonly string[]): string[] {
  const spread: string[] = []
  let open: string | undefined
  let first = false
  for (const arg of args) {
    if (arg.startsWith('--')) {
      open = names.includes(arg.slice(2)) ? arg : undefined
      first = true
      spread.push(arg)
    } else {
      if (open !== undefined && !first) spread.push(open)
      first = false
      spread.push(arg)
    }
  }
  return spread
}

/** An option that must be a whole number of at least 1. @throws {CommandError} */
export function count(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^[1-9]\d{0,5}$/u.test(value)) return Number(value)
  throw new CommandError(`--${name} 要写一个正整数，不是「${value}」。`, `--${name} must be a whole number, not ${value}.`)
}
