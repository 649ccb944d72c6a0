import { importRegulations } from '../import/import.ts'
import type { Remark } from '../import/regulation.ts'
import { CommandError } from '../errors.ts'
import { chinaDay, editionTime } from '../time.ts'
import { readArguments, resolvePath, type Command } from '../terminal.ts'

/** Where imported content goes when it is not said: a folder that version control leaves alone. */
const defaultDestination = '.demo/imported'

export const importCommand: Command = {
  name: 'import',
  usage: `<文件夹> --as policy [--into <内容文件夹>] [--unit <单位编号>] [--issuer <发文机关>]`,
  chinese: '导入法规文件夹；重复导入只更新，不重复',
  english: 'import a folder of Markdown regulations; importing again updates',
  async run(args, terminal) {
    const options = {
      as: { type: 'string' },
      into: { type: 'string', default: defaultDestination },
      unit: { type: 'string' },
      issuer: { type: 'string' },
      at: { type: 'string' },
    } as const
    const { values, positionals } = readArguments(importCommand, args, options, ['<文件夹>'])
    if (values.as !== 'policy') {
      throw new CommandError('要写 --as policy：目前只能导入政策。', 'Write --as policy: policies are all that can be imported.')
    }
    const into = resolvePath(terminal, values.into)
    const at = editionTime(values.at, terminal.environment.SOURCE_DATE_EPOCH, terminal.now())
    const progress = terminal.progress('导入')
    const report = await importRegulations({
      from: resolvePath(terminal, positionals[0] ?? ''),
      into,
      ...(values.unit === undefined ? {} : { unit: values.unit }),
      ...(values.issuer === undefined ? {} : { issuer: values.issuer }),
      today: chinaDay(at),
      onProgress: progress.report,
    }).finally(progress.stop)

    list(terminal.print, '请核对：', report.notes)
    list(terminal.print, '没有导入：', report.refused)
    if (report.created) terminal.print('内容文件夹是新建的：请在 feed.yaml 和 units.yaml 里改成实际的名称和单位。')
    terminal.print(
      `读取 ${String(report.read)} 个文件，写入 ${String(report.written.length)} 条，` +
        `未变 ${String(report.unchanged)} 条，没有导入 ${String(new Set(report.refused.map((r) => r.file)).size)} 个文件。\n` +
        `单位 ${report.unit}，内容在 ${into}`,
    )
    return report.refused.length === 0 ? 0 : 1
  },
}

function list(print: (text: string) => void, heading: string, remarks: readonly Remark[]): void {
  if (remarks.length === 0) return
  print(heading)
  remarks.forEach(({ file, line, why }) => {
    print(`  ${file}:${String(line)}  ${why}`)
  })
}
