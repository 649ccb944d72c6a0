import { buildFeed } from '../feed/build.ts'
import { prepareFeed } from '../feed/prepare.ts'
import { editionTime } from '../time.ts'
import { readArguments, required, resolvePath, type Command, type Terminal } from '../terminal.ts'

export const build: Command = {
  name: 'build',
  usage: '<内容文件夹> --keys <密钥文件夹> --out <发布文件夹> [--prepare <待签文件夹>] [--production] [--at <时间>]',
  chinese: '编译、签名，生成发布文件',
  english: 'compile and sign a content folder into a feed',
  async run(args, terminal) {
    const one = { type: 'string' } as const
    const options = { keys: one, out: one, at: one, prepare: one, production: { type: 'boolean' } } as const
    const { values, positionals } = readArguments(build, args, options, ['<内容文件夹>'])
    const keys = resolvePath(terminal, required(build, 'keys', values.keys))
    const out = resolvePath(terminal, required(build, 'out', values.out))
    const at = editionTime(values.at, terminal.environment.SOURCE_DATE_EPOCH, terminal.now())
    const progress = terminal.progress('读取')
    const content = resolvePath(terminal, positionals[0] ?? '')
    const what = { content, keys, out, at, production: values.production, onProgress: progress.report }
    if (values.prepare !== undefined) {
      const into = resolvePath(terminal, values.prepare)
      const { records, pending } = await prepareFeed({ ...what, into }).finally(progress.stop)
      terminal.print(`共 ${String(records)} 条记录。`)
      printPending(terminal, into, pending)
      return 0
    }
    const report = await buildFeed(what).finally(progress.stop)
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

/** Tells what waits for whose signatures. */
export function printPending(terminal: Terminal, into: string, pending: ReadonlyMap<string, number>): void {
  if (pending.size === 0) {
    terminal.print('没有变化，不需要签名。要续签时间戳，用 renew。')
    return
  }
  for (const [role, threshold] of pending) terminal.print(`${role}.json  要 ${String(threshold)} 个签名`)
  terminal.print(`待签的文件在 ${into}。拿给各持有人 sign，签够后 publish。`)
}
