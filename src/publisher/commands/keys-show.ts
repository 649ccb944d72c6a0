import { readTextIfThere } from '../files.ts'
import { parseKeyFile, readPublicKey } from '../signing/key-file.ts'
import { readArguments, resolvePath, type Command } from '../terminal.ts'
import { worldNames } from '../world.ts'

export const keysShow: Command = {
  name: 'keys show',
  usage: '<密钥文件>',
  chinese: '查看密钥文件（不需要口令）',
  english: 'show whose key a file holds; needs no passphrase',
  async run(args, terminal) {
    const { positionals } = readArguments(keysShow, args, {}, ['<密钥文件>'])
    const file = resolvePath(terminal, positionals[0] ?? '')
    const about = await readPublicKey(file)
    const text = (await readTextIfThere(file)) ?? ''
    terminal.print(
      [
        `角色：${about.role}`,
        `持有人：${about.owner ?? '没有写'}`,
        `环境：${worldNames[about.world ?? 'preview']}`,
        `编号：${about.keyid}`,
        `公钥：${about.key.keyval.public}（Ed25519）`,
        `保护：${protectionOf(text, about.demonstration === true)}`,
      ].join('\n'),
    )
    return 0
  },
}

function protectionOf(text: string, demonstration: boolean): string {
  if (!('private' in (JSON.parse(text) as object))) return '只有公钥，可以给别人'
  if (demonstration) return '没有加密，只供演示'
  const { private: half } = parseKeyFile(text)
  if (half.protection === 'none') return '没有加密，只供演示'
  const { n, r, p } = half.kdf
  return `口令加密（scrypt N=${String(n)} r=${String(r)} p=${String(p)}，AES-256-GCM）`
}
