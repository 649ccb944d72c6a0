import path from 'node:path'
import { CommandError } from '../errors.ts'
import { readIfThere, writeWhole } from '../files.ts'
import { addSignature, authoritiesOf, checkMaySign, type Delegators } from '../signing/add-signature.ts'
import { describe } from '../signing/describe.ts'
import { openKey, readKeyFile, unlock } from '../signing/key-file.ts'
import { ownersIn } from '../signing/key-names.ts'
import {
  parseMetadata,
  readMetadata,
  readRoot,
  readTargets,
  worldOf,
  type AnyMetadata,
} from '../signing/metadata-file.ts'
import { checkKeysFit } from '../signing/root.ts'
import { signingState } from '../signing/threshold.ts'
import { readArguments, required, resolvePath, type Command, type Terminal } from '../terminal.ts'
import { passphrase } from './passphrase.ts'
import { report } from './root-verify.ts'

export const sign: Command = {
  name: 'sign',
  usage:
    '<元数据.json> --key <密钥文件> [--previous <上一版>] [--root <根证书>] [--delegator <targets.json>] ' +
    '[--yes] [--passphrase-file <文件>]',
  chinese: '看清内容后签一个名；可以在不联网的电脑上做',
  english: 'add one signature to metadata, after showing what it says; needs no network',
  async run(args, terminal) {
    const one = { type: 'string' } as const
    const options = {
      key: one,
      previous: one,
      root: one,
      delegator: one,
      yes: { type: 'boolean' },
      'passphrase-file': one,
    } as const
    const { values, positionals } = readArguments(sign, args, options, ['<元数据.json>'])
    const file = resolvePath(terminal, positionals[0] ?? '')
    const keyFile = resolvePath(terminal, required(sign, 'key', values.key))
    const typed = (name: string | undefined) => (name === undefined ? undefined : resolvePath(terminal, name))
    const metadata = await readMetadata(file)
    const previous = await previousOf(file, typed(values.previous))
    const delegators = await delegatorsOf(metadata, file, previous, typed(values.root), typed(values.delegator))
    const authorities = authoritiesOf(metadata, delegators)
    checkPaths(metadata)

    const key = await readKeyFile(keyFile)
    checkMaySign(metadata.envelope, key.keyid, authorities)
    const root = metadata.type === 'root' ? metadata.envelope : delegators.root
    if (root) checkKeysFit([key], key.role, worldOf(root))

    const owners = await ownersIn(path.dirname(file), path.dirname(keyFile))
    terminal.print('将要签名：')
    describe(metadata, previous, owners).forEach((line) => {
      terminal.print(`  ${line}`)
    })
    if (!values.yes) await confirm(terminal)
    const signer =
      key.private.protection === 'none'
        ? openKey(key)
        : unlock(
            path.basename(keyFile),
            key,
            await passphrase(terminal, values['passphrase-file'], `${path.basename(keyFile)} 的口令：`),
          )
    const bytes = addSignature(metadata.envelope, signer, authorities)
    await writeWhole(file, bytes)
    terminal.print(`已签名：${file}`)
    const signed = parseMetadata(bytes, file).envelope
    authorities.forEach((authority, i) => {
      const heading = i === 0 ? '签名 signatures' : '上一版根密钥 keys of the previous root'
      report(terminal, heading, signingState(signed, authority), owners)
    })
    return 0
  },
}

/** The version before: as given, or as a preparation has it. */
async function previousOf(file: string, given: string | undefined): Promise<AnyMetadata | undefined> {
  if (given !== undefined) return readMetadata(given)
  const beside = path.join(path.dirname(file), 'previous', path.basename(file))
  return (await readIfThere(beside)) ? readMetadata(beside) : undefined
}

/** Who says who may sign: as given, or as lies beside. */
async function delegatorsOf(
  metadata: AnyMetadata,
  file: string,
  previous: AnyMetadata | undefined,
  root: string | undefined,
  targets: string | undefined,
): Promise<Delegators> {
  if (metadata.type === 'root') {
    if (metadata.envelope.signed.version > 1 && previous?.type !== 'root') {
      throw new CommandError(
        '这不是第一版根证书：用 --previous 给出上一版，原来的根密钥也要签名。',
        'Not the first root metadata: give the one before with --previous; its keys must sign too.',
      )
    }
    return { previousRoot: previous?.type === 'root' ? previous.envelope : undefined }
  }
  const beside = async (name: string): Promise<string | undefined> => {
    const other = path.join(path.dirname(file), name)
    return (await readIfThere(other)) ? other : undefined
  }
  const rootFile = root ?? (await beside('root.json'))
  const targetsFile = targets ?? (await beside('targets.json'))
  return {
    root: rootFile === undefined ? undefined : await readRoot(rootFile),
    targets: targetsFile === undefined ? undefined : await readTargets(targetsFile),
  }
}

/** A role signs for its own folder of targets alone: a file under another role's name is caught here. */
function checkPaths({ type, envelope }: AnyMetadata): void {
  if (type !== 'targets') return
  const strange = [...envelope.signed.targets.keys()].find((name) => !name.startsWith(`${envelope.role}/`))
  if (strange === undefined) return
  throw new CommandError(
    `${envelope.role}.json 里有不属于它的文件 ${strange}。文件名被改过，或内容不对，不要签。`,
    `${envelope.role}.json lists ${strange}, which does not belong to it. Do not sign.`,
  )
}

async function confirm(terminal: Terminal): Promise<void> {
  if (!terminal.ask) {
    throw new CommandError('没有人确认，没有签名。核对过内容后加 --yes。', 'Nobody to confirm. Add --yes after checking.')
  }
  const answer = (await terminal.ask('以上内容都对，签名？输入「是」：', 'shown')).trim()
  if (answer === '是' || answer.toLowerCase() === 'yes') return
  throw new CommandError('没有签名。', 'Not signed.')
}
