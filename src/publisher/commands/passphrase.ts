import { CommandError } from '../errors.ts'
import { readTextIfThere } from '../files.ts'
import { minimumPassphrase } from '../signing/encryption.ts'
import { resolvePath, type Terminal } from '../terminal.ts'

/**
 * The passphrase of a key: from a file, else from PUBLISHER_PASSPHRASE, else from whoever sits there.
 * @param typed value of `--passphrase-file`
 * @param question `city-1.key.json 的口令：`
 * @throws {CommandError} when there is nobody to ask
 */
export async function passphrase(terminal: Terminal, typed: string | undefined, question: string): Promise<string> {
  if (typed !== undefined) return fromFile(resolvePath(terminal, typed))
  const { PUBLISHER_PASSPHRASE: given } = terminal.environment
  if (given !== undefined && given !== '') return given
  if (terminal.ask) return terminal.ask(question, 'secret')
  throw new CommandError(
    '需要口令，但这里没有人可以问。用 --passphrase-file 指定口令文件，或设置环境变量 PUBLISHER_PASSPHRASE。',
    'A passphrase is needed and there is nobody to ask. Use --passphrase-file or PUBLISHER_PASSPHRASE.',
  )
}

/** Asks for the passphrases of key files: `KeyringOptions.passphrase`. */
export const passphraseAsker =
  (terminal: Terminal, typed: string | undefined) =>
  (file: string): Promise<string> =>
    passphrase(terminal, typed, `${file} 的口令：`)

/** A new passphrase, asked for twice. @throws {CommandError} when it is too short, or the two differ */
export async function newPassphrase(terminal: Terminal, typed: string | undefined): Promise<string> {
  const first = await passphrase(terminal, typed, `新口令（至少 ${String(minimumPassphrase)} 个字符）：`)
  if (Array.from(first.normalize('NFC')).length < minimumPassphrase) {
    throw new CommandError(
      `口令太短，至少 ${String(minimumPassphrase)} 个字符。可以用几个不相干的词连起来。`,
      `The passphrase is too short: at least ${String(minimumPassphrase)} characters.`,
    )
  }
  const asked = typed === undefined && (terminal.environment.PUBLISHER_PASSPHRASE ?? '') === ''
  if (asked && (await terminal.ask?.('再输入一次：', 'secret')) !== first) {
    throw new CommandError('两次输入的口令不一样，没有保存。', 'The two passphrases differ; nothing was saved.')
  }
  return first
}

/** The first line of a file. */
async function fromFile(file: string): Promise<string> {
  const text = await readTextIfThere(file)
  if (text === undefined) throw new CommandError(`没有口令文件 ${file}。`, `There is no passphrase file ${file}.`)
  return text.split(/\r?\n/u)[0] ?? ''
}
