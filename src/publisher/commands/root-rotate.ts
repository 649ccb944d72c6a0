import { existsSync } from 'node:fs'
import { CommandError } from '../errors.ts'
import { writeWhole } from '../files.ts'
import { readPublicKey } from '../signing/key-file.ts'
import { meantKeyid } from '../signing/key-names.ts'
import { readRoot, worldOf } from '../signing/metadata-file.ts'
import type { Authority } from '../signing/metadata.ts'
import { validDays } from '../signing/periods.ts'
import { authoritiesIn, checkKeysFit, draftRoot, topLevelRoles } from '../signing/root.ts'
import { editionTime } from '../time.ts'
import { count, readArguments, required, resolvePath, spreadLists, type Command } from '../terminal.ts'

export const rootRotate: Command = {
  name: 'root rotate',
  usage:
    '<现在的根证书> --out <下一版.root.json> [--remove <密钥编号或公钥文件…>] [--add <公钥…>] ' +
    '[--threshold <角色=数…>] [--days <有效天数>]',
  chinese: '写出下一版根证书：换密钥、改门限，或者只续期；还没有签名',
  english: 'write the next root metadata: other keys, thresholds or expiry; to be signed',
  async run(args, terminal) {
    const many = { type: 'string', multiple: true } as const
    const one = { type: 'string' } as const
    const options = { out: one, remove: many, add: many, threshold: many, days: one } as const
    const spread = spreadLists(args, ['remove', 'add', 'threshold'])
    const { values, positionals } = readArguments(rootRotate, spread, options, ['<现在的根证书>'])
    const root = await readRoot(resolvePath(terminal, positionals[0] ?? ''))
    const file = resolvePath(terminal, required(rootRotate, 'out', values.out))
    if (existsSync(file)) throw new CommandError(`${file} 已经有了，不覆盖。`, `${file} is there already.`)
    const world = worldOf(root)
    const before = authoritiesIn(root)

    const all = topLevelRoles.flatMap((role) => before[role].keys.map(({ keyid }) => keyid))
    const removed: string[] = []
    for (const typed of values.remove ?? []) removed.push(await meantKeyid(typed, resolvePath(terminal, typed), all))
    const added = await Promise.all((values.add ?? []).map((typed) => readPublicKey(resolvePath(terminal, typed))))
    added.forEach((key) => {
      checkKeysFit([key], topLevelRoles.find((role) => role === key.role) ?? topLevelRoles.join('/'), world)
    })
    const thresholds = readThresholds(values.threshold ?? [])
    const after = (role: (typeof topLevelRoles)[number]): Authority => ({
      keys: [
        ...before[role].keys.filter(({ keyid }) => !removed.includes(keyid)),
        ...added.filter((key) => key.role === role && !before[role].keys.some(({ keyid }) => keyid === key.keyid)),
      ],
      threshold: thresholds.get(role) ?? before[role].threshold,
    })
    const version = root.signed.version + 1
    const days = count('days', values.days) ?? validDays.root
    const authorities = {
      root: after('root'),
      targets: after('targets'),
      snapshot: after('snapshot'),
      timestamp: after('timestamp'),
    }
    const now = editionTime(undefined, terminal.environment.SOURCE_DATE_EPOCH, terminal.now())
    await writeWhole(file, draftRoot({ version, world, days, authorities }, now))
    terminal.print(
      `根证书第 ${String(version)} 版写在 ${file}，还没有签名。\n` +
        '原来的根密钥和新的根密钥都要够门限：各自运行 sign（加 --previous 现在的根证书），再用 root verify --previous 检查。',
    )
    return 0
  },
}

/** `root=2` */
function readThresholds(typed: readonly string[]): Map<string, number> {
  return new Map(
    typed.map((text) => {
      const [role = '', value = ''] = text.split('=')
      if (!topLevelRoles.some((one) => one === role)) {
        throw new CommandError(`--threshold 写成 角色=数，如 root=2，不是「${text}」。`, `Write --threshold root=2, not ${text}.`)
      }
      return [role, count('threshold', value) ?? 1]
    }),
  )
}
