import { keysForContent } from '../keys-for-content.ts'
import { ensureKeys } from '../signing/keyring.ts'
import { editionTime } from '../time.ts'
import { readArguments, resolvePath, type Command } from '../terminal.ts'

export const keys: Command = {
  name: 'keys',
  usage: '<密钥文件夹> [--content <内容文件夹>]',
  chinese: '生成演示用密钥（已有的不动），签发根证书',
  english: 'make the demonstration keys that are missing, and sign the root metadata',
  async run(args, terminal) {
    const { values, positionals } = readArguments(keys, args, { content: { type: 'string' } }, ['<密钥文件夹>'])
    const folder = resolvePath(terminal, positionals[0] ?? '')
    const at = editionTime(undefined, terminal.environment.SOURCE_DATE_EPOCH, terminal.now())
    const report =
      values.content === undefined
        ? await ensureKeys(folder, [], at)
        : await keysForContent(resolvePath(terminal, values.content), folder, at)
    report.made.forEach((name) => {
      terminal.print(`新建 ${name}`)
    })
    terminal.print(`根证书第 ${String(report.root)} 版${report.rootSigned ? '，本次签发' : ''}：${folder}`)
    if (report.made.length > 0) terminal.print('这些密钥没有加密，只供演示；不要提交到代码库，也不要用于正式发布。')
    if (values.content === undefined) terminal.print('各发布角色的密钥：加 --content <内容文件夹>，按 feed.yaml 的门限生成。')
    return 0
  },
}
