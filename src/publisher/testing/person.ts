import { runCommand } from '../cli.ts'
import type { Terminal } from '../terminal.ts'

/** The passphrase that a person at a test's terminal types. */
export const typedPassphrase = '一条很长很长的测试用口令'

export interface Run {
  readonly code: number
  /** All that was printed, errors too. */
  readonly said: string
}

/** Runs a command as a person does who sits in a folder, types the passphrase, and agrees to sign. */
export async function publisher(
  args: readonly string[],
  folder: string,
  now: Date,
  more: Partial<Terminal> = {},
): Promise<Run> {
  const said: string[] = []
  const code = await runCommand(args, {
    print: (text) => said.push(text),
    printError: (text) => said.push(text),
    progress: () => ({ report: () => undefined, stop: () => undefined }),
    ask: (_question, how) => Promise.resolve(how === 'secret' ? typedPassphrase : '是'),
    // Real scrypt, with little work.
    keyCost: { n: 1024, r: 8, p: 1 },
    folder,
    environment: {},
    now: () => now,
    ...more,
  })
  return { code, said: said.join('\n') }
}
