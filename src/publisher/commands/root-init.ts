import { existsSync } from 'node:fs'
import { CommandError } from '../errors.ts'
import { writeWhole } from '../files.ts'
import { readPublicKey, type PublicKeyFile } from '../signing/key-file.ts'
import type { Authority } from '../signing/metadata.ts'
import { validDays } from '../signing/periods.ts'
import { checkKeysFit, draftRoot } from '../signing/root.ts'
import { editionTime } from '../time.ts'
import { count, readArguments, required, resolvePath, spreadLists, type Command } from '../terminal.ts'
import { worldNames } from '../world.ts'

const lists = ['keys', 'targets', 'snapshot', 'timestamp'] as const

export const rootInit: Command = {
  name: 'root init',
  usage:
    '<1.root.json> --keys <根公钥…> --threshold <几人签名> --targets <公钥…> [--targets-threshold <数>] ' +
    '--snapshot <公钥…> --timestamp <公钥…> [--days <有效天数>] [--preview]',
  chinese: '写出第一版根证书，还没有签名',
  english: 'write the first root metadata, to be signed by its holders',
  async run(args, terminal) {
    const many = { type: 'string', multiple: true } as const
    const one = { type: 'string' } as const
    const options = {
      keys: many,
      targets: many,
      snapshot: many,
      timestamp: many,
      threshold: one,
      'targets-threshold': one,
      days: one,
      preview: { type: 'boolean' },
    } as const
    const { values, positionals } = readArguments(rootInit, spreadLists(args, lists), options, ['<1.root.json>'])
    const file = resolvePath(terminal, positionals[0] ?? '')
    if (existsSync(file)) throw new CommandError(`${file} 已经有了，不覆盖。`, `${file} is there already.`)
    const world = values.preview ? 'preview' : 'production'
    const read = async (name: (typeof lists)[number], role: string, threshold = 1): Promise<Authority> => {
      required(rootInit, name, values[name]?.[0])
      const keys: PublicKeyFile[] = []
      for (const typed of values[name] ?? []) keys.push(await readPublicKey(resolvePath(terminal, typed)))
      checkKeysFit(keys, role, world)
      return { keys, threshold }
    }
    const threshold = count('threshold', required(rootInit, 'threshold', values.threshold))
    const authorities = {
      root: await read('keys', 'root', threshold),
      targets: await read('targets', 'targets', count('targets-threshold', values['targets-threshold'])),
      snapshot: await read('snapshot', 'snapshot'),
      timestamp: await read('timestamp', 'timestamp'),
    }
    const days = count('days', values.days) ?? validDays.root
    const now = editionTime(undefined, terminal.environment.SOURCE_DATE_EPOCH, terminal.now())
    await writeWhole(file, draftRoot({ version: 1, world, days, authorities }, now))
    terminal.print(
      `${worldNames[world]}环境的根证书写在 ${file}，还没有签名。\n` +
        `请根密钥的持有人各自运行 sign，够 ${String(threshold)} 人后用 root verify 检查。`,
    )
    if (authorities.root.keys.length === threshold) {
      terminal.print('提醒：根密钥的数目等于门限，丢一把就再也换不了根证书。最好多做一把。')
    }
    return 0
  },
}
