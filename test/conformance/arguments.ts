/** What the command line is asked to do. Folders and files as given; addresses end with a `/`. */
export type Command = Init | Refresh | Download

export interface Init {
  readonly command: 'init'
  readonly metadataDir: string
  /** File of the root metadata to begin with. */
  readonly root: string
}

export interface Refresh {
  readonly command: 'refresh'
  readonly metadataDir: string
  readonly metadataUrl: string
}

export interface Download {
  readonly command: 'download'
  readonly metadataDir: string
  readonly metadataUrl: string
  /** TUF target paths, at least one, in the order in which they are to be fetched. */
  readonly targetNames: readonly string[]
  readonly targetBaseUrl: string
  readonly targetDir: string
}

export const usage = `usage:
  tuf-client --metadata-dir DIR init ROOT.json
  tuf-client --metadata-dir DIR --metadata-url URL refresh
  tuf-client --metadata-dir DIR --metadata-url URL --target-name PATH [--target-name PATH …]
             --target-base-url URL --target-dir DIR download`

/** Arguments that no command can be made of. */
export class UsageError extends Error {
  override name = 'UsageError'
}

const flags = ['--metadata-dir', '--metadata-url', '--target-name', '--target-base-url', '--target-dir'] as const
type Flag = (typeof flags)[number]

/**
 * Reads the arguments; options and command may stand in any order. Read here and not by a
 * library, because a target's name may be any text, also one that looks like an option.
 * @throws {UsageError} that says which argument is wrong or missing
 */
export function parseCommand(args: readonly string[]): Command {
  const given = new Map<Flag, string[]>(flags.map((flag) => [flag, []]))
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!
    const flag = flags.find((name) => name === arg)
    if (flag) {
      const value = args[++at]
      if (value === undefined) throw new UsageError(`${flag} needs a value`)
      given.get(flag)!.push(value)
    } else if (arg.startsWith('-')) throw new UsageError(`there is no option ${arg}`)
    else words.push(arg)
  }
  const one = (flag: Flag): string => {
    const values = given.get(flag)!
    if (values.length !== 1) throw new UsageError(`${flag} is needed, once`)
    return values[0]!
  }
  const folderUrl = (flag: Flag): string => one(flag).replace(/\/*$/, '/')

  const [command, root, ...more] = words
  if (more.length > 0 || (root !== undefined && command !== 'init')) {
    throw new UsageError(`too many words: ${words.join(' ')}`)
  }
  const metadataDir = one('--metadata-dir')
  switch (command) {
    case 'init':
      if (root === undefined) throw new UsageError('init needs the file of the trusted root')
      return { command, metadataDir, root }
    case 'refresh':
      return { command, metadataDir, metadataUrl: folderUrl('--metadata-url') }
    case 'download': {
      const targetNames = given.get('--target-name')!
      if (targetNames.length === 0) throw new UsageError('download needs --target-name')
      return {
        command,
        metadataDir,
        metadataUrl: folderUrl('--metadata-url'),
        targetNames,
        targetBaseUrl: folderUrl('--target-base-url'),
        targetDir: one('--target-dir'),
      }
    }
    default:
      throw new UsageError(command === undefined ? 'which command?' : `there is no command ${command}`)
  }
}
