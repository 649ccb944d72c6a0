import { buildFeed } from '../feed/build.ts'
import { editionTime } from '../time.ts'
import { readArguments, required, resolvePath, type Command } from '../terminal.ts'

export const build: Command = {
  name: 'build',
  usage: '<内容文件夹> --keys <密钥文件夹> --out <发布文件夹> [--at <时间>]',
  chinese: '编译、签名，生成发布文件',
  english: 'compile and sign a content folder into a feed',
  async run(args, terminal) {
    const options = { keys: { type: 'string' }, out: { type: 'string' }, at: { type: 'string' } } as const
    const { values, positionals } = readArguments(build, args, options, ['<内容文件夹>'])
    const keys = resolvePath(terminal, required(build, 'keys', values.keys))
    const out = resolvePath(terminal, required(build, 'out', values.out))
    const at = editionTime(values.at, terminal.environment.SOURCE_DATE_EPOCH, terminal.now())
    const progress = terminal.progress('读取')
    const report = await buildFeed({
      content: resolvePath(terminal, positionals[0] ?? ''),
      keys,
      out,
      at,
      onProgress: progress.report,
    }).finally(progress.stop)
    for (const role of report.roles) {
      const version = String(report.versions.get(role.role) ?? 0)
      terminal.print(
        `${role.role}  第 ${version} 版，${String(role.records)} 条记录，${String(role.packs)} 个正文包，${kilobytes(role.bytes)}`,
      )
    }
    terminal.print(
      `已生成：${out}\n数据截至 ${report.asOf}，共 ${String(report.records)} 条记录，${kilobytes(report.bytes)}；` +
        `写入 ${String(report.written.length)} 个文件，清理 ${String(report.removed.length)} 个过期文件。`,
    )
    return 0
  },
}

const kilobytes = (bytes: number): string => `${String(Math.ceil(bytes / 1000))} KB`
