import path from 'node:path'
import { CommandError } from '../errors.ts'
import { writeWhole } from '../files.ts'
import { changePassphrase, readKeyFile, unlock } from '../signing/key-file.ts'
import { readArguments, resolvePath, type Command } from '../terminal.ts'
import { newPassphrase, passphrase } from './passphrase.ts'

export const keysPassphrase: Command = {
  name: 'keys passphrase',
  usage: '<密钥文件> [--passphrase-file <旧口令文件>] [--new-passphrase-file <新口令文件>]',
  chinese: '换密钥文件的口令；密钥不变',
  english: 'change the passphrase of a key file; the key stays',
  async run(args, terminal) {
    const options = { 'passphrase-file': { type: 'string' }, 'new-passphrase-file': { type: 'string' } } as const
    const { values, positionals } = readArguments(keysPassphrase, args, options, ['<密钥文件>'])
    const name = resolvePath(terminal, positionals[0] ?? '')
    const file = await readKeyFile(name)
    if (file.private.protection === 'none') {
      throw new CommandError('演示用密钥没有口令。正式密钥用 keys new 另做。', 'A demonstration key has no passphrase.')
    }
    const old = await passphrase(terminal, values['passphrase-file'], `${path.basename(name)} 现在的口令：`)
    unlock(name, file, old)
    // The environment holds the old one.
    const fresh = { ...terminal, environment: { ...terminal.environment, PUBLISHER_PASSPHRASE: undefined } }
    const next = await newPassphrase(fresh, values['new-passphrase-file'])
    const changed = changePassphrase(file, old, next, terminal.keyCost)
    await writeWhole(name, `${JSON.stringify(changed, null, 2)}\n`, 0o600)
    terminal.print(`口令已换：${name}。用旧口令加密的备份也要换掉。`)
    return 0
  },
}
