import path from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Presets, SingleBar } from 'cli-progress'
import type { OnProgress } from './content/load.ts'
import { CommandError } from './errors.ts'

/** Where a command writes and what it needs of its surroundings. */
export interface Terminal {
  readonly print: (text: string) => void
  readonly printError: (text: string) => void
  /** Shows how far a long step is; silent where nobody watches. */
  readonly progress: (label: string) => Progress
  /** Folder that relative paths start from. */
  readonly folder: string
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
