import path from 'node:path'
import { describe } from '../signing/describe.ts'
import { keyLabel, ownersIn, type Owners } from '../signing/key-names.ts'
import { readRoot, worldOf } from '../signing/metadata-file.ts'
import { signingState, type SigningState } from '../signing/threshold.ts'
import { readArguments, resolvePath, type Command, type Terminal } from '../terminal.ts'

export const rootVerify: Command = {
  name: 'root verify',
  usage: '<根证书> [--previous <上一版根证书>] [--keys <密钥文件夹>]',
  chinese: '检查根证书：谁签了，还缺谁，够不够门限',
  english: 'who has signed root metadata, who is missing, whether the thresholds are met',
  async run(args, terminal) {
    const options = { previous: { type: 'string' }, keys: { type: 'string' } } as const
    const { values, positionals } = readArguments(rootVerify, args, options, ['<根证书>'])
    const file = resolvePath(terminal, positionals[0] ?? '')
    const root = await readRoot(file)
    const before = values.previous === undefined ? undefined : await readRoot(resolvePath(terminal, values.previous))
    const folders = [path.dirname(file), ...(values.keys === undefined ? [] : [resolvePath(terminal, values.keys)])]
    const owners = await ownersIn(...folders)

    const envelope = (of: typeof root) => ({ type: 'root', envelope: of }) as const
    describe(envelope(root), before && envelope(before), owners).forEach(terminal.print)
    let good = report(terminal, '本版根密钥 keys of this root', signingState(root, root.signed.authorities.root), owners)
    if (before) {
      const state = signingState(root, before.signed.authorities.root)
      good = report(terminal, '上一版根密钥 keys of the previous root', state, owners) && good
      if (root.signed.version !== before.signed.version + 1) {
        const [last, next] = [String(before.signed.version), String(root.signed.version)]
        terminal.print(`版本不相连：上一版是 ${last}，本版是 ${next}。 Versions do not follow.`)
        good = false
      }
      if (worldOf(root) !== worldOf(before)) {
        terminal.print('两版属于不同的环境（正式、预览），不能相连。 They belong to different worlds.')
        good = false
      }
    } else if (root.signed.version > 1) {
      terminal.print('这不是第一版：加 --previous 检查上一版的签名。 Not the first: check with --previous as well.')
      good = false
    }
    if (root.signed.expiresAt <= terminal.now().getTime()) {
      terminal.print('已经过期。 Expired.')
      good = false
    }
    terminal.print(good ? '可以使用。 Ready for use.' : '还不能使用。 Not ready yet.')
    return good ? 0 : 1
  },
}

/** Prints who has signed. @returns whether it is enough */
export function report(terminal: Terminal, heading: string, state: SigningState, owners: Owners): boolean {
  const names = (keyids: readonly string[]): string => keyids.map((keyid) => keyLabel(keyid, owners)).join('、') || '无'
  const verdict = state.met ? '够了 enough' : '不够 not enough'
  terminal.print(
    `${heading}：要 ${String(state.threshold)} 个签名，已有 ${String(state.signed.length)} 个，${verdict}\n` +
      `  已签 signed：${names(state.signed)}\n  未签 missing：${names(state.missing)}`,
  )
  return state.met
}
