import { publishPrepared } from '../feed/publish.ts'
import { editionTime } from '../time.ts'
import { readArguments, required, resolvePath, type Command } from '../terminal.ts'
import { passphraseAsker } from './passphrase.ts'

export const publish: Command = {
  name: 'publish',
  usage: '<待签文件夹> --keys <密钥文件夹> --out <发布文件夹> [--at <时间>] [--passphrase-file <文件>]',
  chinese: '签名都够了以后发布：签快照和时间戳，写进发布文件夹',
  english: 'publish what was prepared, once everyone has signed',
  async run(args, terminal) {
    const one = { type: 'string' } as const
    const options = { keys: one, out: one, at: one, 'passphrase-file': one } as const
    const { values, positionals } = readArguments(publish, args, options, ['<待签文件夹>'])
    const out = resolvePath(terminal, required(publish, 'out', values.out))
    const report = await publishPrepared({
      prepared: resolvePath(terminal, positionals[0] ?? ''),
      keys: resolvePath(terminal, required(publish, 'keys', values.keys)),
      out,
      at: editionTime(values.at, terminal.environment.SOURCE_DATE_EPOCH, terminal.now()),
      passphrase: passphraseAsker(terminal, values['passphrase-file']),
    })
    for (const [role, version] of report.versions) terminal.print(`${role}  第 ${String(version)} 版`)
    terminal.print(`已发布：${out}\n数据截至 ${report.asOf}；写入 ${String(report.written.length)} 个文件。`)
    return 0
  },
}
