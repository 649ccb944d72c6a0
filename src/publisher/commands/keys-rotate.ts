import { prepareRotation } from '../feed/rotate-role.ts'
import { readPublicKey } from '../signing/key-file.ts'
import { meantKeyid } from '../signing/key-names.ts'
import { editionTime } from '../time.ts'
import { count, readArguments, required, resolvePath, spreadLists, type Command } from '../terminal.ts'
import { printPending } from './build.ts'

export const keysRotate: Command = {
  name: 'keys rotate',
  usage:
    '--role <角色> [--remove <密钥编号或公钥文件…>] [--add <公钥…>] [--threshold <数>] ' +
    '--keys <密钥文件夹> --out <发布文件夹> --prepare <待签文件夹> [--at <时间>]',
  chinese: '换发布角色的密钥或门限：写出要签名的新名单',
  english: 'change the keys or threshold of a publishing role; to be signed, then published',
  async run(args, terminal) {
    const one = { type: 'string' } as const
    const many = { type: 'string', multiple: true } as const
    const options = {
      role: one,
      remove: many,
      add: many,
      threshold: one,
      keys: one,
      out: one,
      prepare: one,
      at: one,
    } as const
    const { values } = readArguments(keysRotate, spreadLists(args, ['remove', 'add']), options, [])
    const role = required(keysRotate, 'role', values.role)
    const into = resolvePath(terminal, required(keysRotate, 'prepare', values.prepare))
    const pending = await prepareRotation({
      keys: resolvePath(terminal, required(keysRotate, 'keys', values.keys)),
      out: resolvePath(terminal, required(keysRotate, 'out', values.out)),
      into,
      at: editionTime(values.at, terminal.environment.SOURCE_DATE_EPOCH, terminal.now()),
      change: async (previous) => {
        const listed = previous.targets.signed.delegations.find((delegation) => delegation.role === role)?.keyids ?? []
        const remove: string[] = []
        for (const typed of values.remove ?? []) {
          remove.push(await meantKeyid(typed, resolvePath(terminal, typed), listed))
        }
        const add = await Promise.all((values.add ?? []).map((typed) => readPublicKey(resolvePath(terminal, typed))))
        return { role, remove, add, threshold: count('threshold', values.threshold) }
      },
    })
    printPending(terminal, into, pending)
    return 0
  },
}
