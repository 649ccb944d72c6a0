import { renewFeed } from '../feed/build.ts'
import { editionTime } from '../time.ts'
import { readArguments, required, resolvePath, type Command } from '../terminal.ts'
import { passphraseAsker } from './passphrase.ts'

export const renew: Command = {
  name: 'renew',
  usage: '--keys <密钥文件夹> --out <发布文件夹> [--at <时间>] [--passphrase-file <文件>]',
  chinese: '内容不变，续签时间戳（每天至少一次，三天不签机顶盒会提示未更新）',
  english: 'sign the timestamp of an unchanged feed again; at least once a day',
  async run(args, terminal) {
    const one = { type: 'string' } as const
    const options = { keys: one, out: one, at: one, 'passphrase-file': one } as const
    const { values } = readArguments(renew, args, options, [])
    const report = await renewFeed({
      keys: resolvePath(terminal, required(renew, 'keys', values.keys)),
      out: resolvePath(terminal, required(renew, 'out', values.out)),
      at: editionTime(values.at, terminal.environment.SOURCE_DATE_EPOCH, terminal.now()),
      passphrase: passphraseAsker(terminal, values['passphrase-file']),
    })
    terminal.print(`已续签：数据截至 ${report.asOf}，时间戳第 ${String(report.versions.get('timestamp') ?? 0)} 版。`)
    return 0
  },
}
