import { loadContent } from '../content/load.ts'
import { formatProblem } from '../content/problems.ts'
import { readArguments, resolvePath, type Command } from '../terminal.ts'

export const check: Command = {
  name: 'check',
  usage: '<内容文件夹> [--json]',
  chinese: '检查内容，一次列出全部问题和改法',
  english: 'check a content folder; lists every problem and how to mend it',
  async run(args, terminal) {
    const { values, positionals } = readArguments(check, args, { json: { type: 'boolean' } }, ['<内容文件夹>'])
    const progress = terminal.progress('检查')
    const content = await loadContent(resolvePath(terminal, positionals[0] ?? ''), progress.report)
    progress.stop()
    const { problems, records } = content
    if (values.json) {
      terminal.print(JSON.stringify({ records: records.length, problems }, null, 2))
    } else {
      problems.forEach((problem) => {
        terminal.print(formatProblem(problem))
      })
      const files = new Set(problems.map(({ file }) => file)).size
      terminal.print(
        problems.length === 0
          ? `检查完毕：${String(records.length)} 条记录，没有问题。`
          : `检查完毕：${String(records.length)} 条记录，${String(files)} 个文件里有 ${String(problems.length)} 处问题。`,
      )
    }
    return problems.length === 0 ? 0 : 1
  },
}
