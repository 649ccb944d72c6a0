import { build } from './commands/build.ts'
import { check } from './commands/check.ts'
import { importCommand } from './commands/import.ts'
import { keys } from './commands/keys.ts'
import { keysNew } from './commands/keys-new.ts'
import { keysPassphrase } from './commands/keys-passphrase.ts'
import { keysRotate } from './commands/keys-rotate.ts'
import { keysShow } from './commands/keys-show.ts'
import { publish } from './commands/publish.ts'
import { renew } from './commands/renew.ts'
import { rootInit } from './commands/root-init.ts'
import { rootRotate } from './commands/root-rotate.ts'
import { rootVerify } from './commands/root-verify.ts'
import { schema } from './commands/schema.ts'
import { sign } from './commands/sign.ts'
import { ContentError, formatProblem } from './content/problems.ts'
import { nearest } from './content/vocabulary.ts'
import { CommandError } from './errors.ts'
import type { Command, Terminal } from './terminal.ts'

/** In the order in which a content team needs them. */
const commands: readonly Command[] = [
  importCommand,
  check,
  keys,
  build,
  renew,
  keysNew,
  keysShow,
  keysPassphrase,
  rootInit,
  rootVerify,
  rootRotate,
  sign,
  publish,
  keysRotate,
  schema,
]

/** Runs the command line. @returns the exit code: 0 done, 1 the content has problems, 2 wrongly called */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.print(helpText())
    return name === undefined ? 2 : 0
  }
  // `keys new` before `keys`.
  const longer = commands.find((candidate) => candidate.name === `${name} ${rest[0] ?? ''}`)
  if (longer) return run(longer, rest.slice(1), terminal)
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) {
    const near = nearest(name, commands.map((candidate) => candidate.name))
    terminal.printError(
      `没有命令「${name}」。${near === undefined ? '' : `是否想用「${near}」？`}\nNo such command: ${name}.\n\n${helpText()}`,
    )
    return 2
  }
  return run(command, rest, terminal)
}

async function run(command: Command, rest: readonly string[], terminal: Terminal): Promise<number> {
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.print(`${line(command)}\n\n  npm run publisher -- ${command.name} ${command.usage}`)
    return 0
  }
  try {
    return await command.run(rest, terminal)
  } catch (error) {
    return explain(error, terminal)
  }
}

function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof ContentError) {
    error.problems.forEach((problem) => {
      terminal.printError(formatProblem(problem))
    })
    terminal.printError(error.message)
    return 1
  }
  if (error instanceof CommandError) {
    terminal.printError(error.message)
    return 2
  }
  throw error
}

const column = 2 + Math.max(...commands.map(({ name }) => name.length))
const indent = ' '.repeat(column)

const line = ({ name, chinese, english }: Command): string => `${name.padEnd(column)}${chinese}\n${indent}${english}`

function helpText(): string {
  return [
    '内容发布工具  npm run publisher -- <命令>',
    'The content team’s command line',
    '',
    ...commands.map((command) => `${line(command)}\n${indent}${command.name} ${command.usage}`),
    '',
    '内容怎样写，见 src/publisher/README.md。 How to write content: src/publisher/README.md',
    '正式密钥和发布，见 src/publisher/RUNBOOK.md。 Production keys and publishing: src/publisher/RUNBOOK.md',
  ].join('\n')
}
