import { existsSync } from 'node:fs'
import { CommandError } from '../errors.ts'
import { writeWhole } from '../files.ts'
import { makeProtectedKey, publicPartOf, roleName } from '../signing/key-file.ts'
import { readArguments, required, resolvePath, type Command } from '../terminal.ts'
import { worldNames } from '../world.ts'
import { newPassphrase } from './passphrase.ts'

export const keysNew: Command = {
  name: 'keys new',
  usage: '<名字.key.json> --role <角色> --owner <持有人> [--preview] [--passphrase-file <文件>]',
  chinese: '做一把密钥，用口令加密；同时写出可以给别人的 .pub.json',
  english: 'make a key under a passphrase, and its public part',
  async run(args, terminal) {
    const options = {
      role: { type: 'string' },
      owner: { type: 'string' },
      preview: { type: 'boolean' },
      'passphrase-file': { type: 'string' },
    } as const
    const { values, positionals } = readArguments(keysNew, args, options, ['<名字.key.json>'])
    const file = resolvePath(terminal, positionals[0] ?? '')
    const role = required(keysNew, 'role', values.role)
    const owner = required(keysNew, 'owner', values.owner)
    if (!file.endsWith('.key.json')) {
      throw new CommandError('密钥文件名要以 .key.json 结尾，如 city-1.key.json。', 'The name must end in .key.json.')
    }
    if (!roleName.test(role)) {
      throw new CommandError(
        `没有角色「${role}」。可以写 root、targets、snapshot、timestamp、province、city、district-六位区划代码。`,
        `No such role: ${role}. There are root, targets, snapshot, timestamp, province, city, district-<six digits>.`,
      )
    }
    const publicFile = file.replace(/\.key\.json$/u, '.pub.json')
    for (const there of [file, publicFile].filter(existsSync)) {
      throw new CommandError(`${there} 已经有了，不覆盖。换一个名字。`, `${there} is there already. Choose another name.`)
    }
    const world = values.preview ? 'preview' : 'production'
    const passphrase = await newPassphrase(terminal, values['passphrase-file'])
    const key = makeProtectedKey({ role, owner, world }, passphrase, terminal.keyCost)
    await writeWhole(file, `${JSON.stringify(key, null, 2)}\n`, 0o600)
    await writeWhole(publicFile, `${JSON.stringify(publicPartOf(key), null, 2)}\n`)
    terminal.print(
      `已做好 ${role} 的${worldNames[world]}密钥，持有人 ${owner}，编号 ${key.keyid}\n` +
        `私钥 ${file}：自己保管，备份一份，不给任何人。\n公钥 ${publicFile}：可以给别人。`,
    )
    return 0
  },
}
