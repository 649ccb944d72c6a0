import type { Authority, Envelope, Root, Targets } from '../../feed/tuf/metadata.ts'
import { worldNames } from '../world.ts'
import { keyLabel, type Owners } from './key-names.ts'
import { worldOf, type AnyMetadata } from './metadata-file.ts'
import { topLevelRoles } from './root.ts'

/** Names of targets that are written out, at most. */
const mostNames = 20

/**
 * What somebody is about to sign, in plain words, a line each.
 * @param previous what was published before; undefined when this is the first
 */
export function describe(metadata: AnyMetadata, previous: AnyMetadata | undefined, owners: Owners): string[] {
  const { role, signed } = metadata.envelope
  const lines = [`${roleNames[role] ?? '内容'}（${role}），第 ${String(signed.version)} 版，有效期到 ${signed.expires}`]
  if (previous) lines.push(`上一版：第 ${String(previous.envelope.signed.version)} 版`)
  else lines.push('没有上一版可比较')
  if (metadata.type === 'root') {
    const before = previous?.type === 'root' ? previous.envelope : undefined
    lines.push(...describeRoot(metadata.envelope, before, owners))
  }
  if (metadata.type === 'targets') {
    const before = previous?.type === 'targets' ? previous.envelope : undefined
    lines.push(...describeTargets(metadata.envelope, before, owners))
  }
  return lines
}

const roleNames: Readonly<Record<string, string>> = {
  root: '根证书',
  targets: '角色名单',
  snapshot: '快照',
  timestamp: '时间戳',
}

function describeRoot(root: Envelope<Root>, previous: Envelope<Root> | undefined, owners: Owners): string[] {
  return [
    `环境：${worldNames[worldOf(root)]}`,
    ...topLevelRoles.flatMap((role) =>
      describeAuthority(root.signed.authorities[role], previous?.signed.authorities[role], owners),
    ),
  ]
}

function describeTargets(file: Envelope<Targets>, previous: Envelope<Targets> | undefined, owners: Owners): string[] {
  const lines: string[] = []
  const { targets, delegations } = file.signed
  for (const delegation of delegations) {
    const before = previous?.signed.delegations.find(({ role }) => role === delegation.role)
    lines.push(...describeAuthority(delegation, before, owners))
  }
  if (file.role === 'targets') return lines
  const old = previous?.signed.targets ?? new Map<string, { sha256: string }>()
  const paths = [...targets.keys()]
  lines.push(`签发 ${String(targets.size)} 个文件`)
  lines.push(
    ...listing('新增', paths.filter((path) => !old.has(path))),
    ...listing('改动', paths.filter((path) => old.has(path) && old.get(path)?.sha256 !== targets.get(path)?.sha256)),
    ...listing('删除', [...old.keys()].filter((path) => !targets.has(path))),
  )
  return lines
}

function describeAuthority(authority: Authority, before: Authority | undefined, owners: Owners): string[] {
  const { role, keyids, threshold } = authority
  const names = (ids: readonly string[]): string[] => ids.map((keyid) => keyLabel(keyid, owners))
  const lines = [`角色 ${role}：${String(keyids.length)} 把密钥，要 ${String(threshold)} 把签名：${names(keyids).join('、')}`]
  if (!before) return lines
  if (before.threshold !== threshold) lines.push(`  门限由 ${String(before.threshold)} 改为 ${String(threshold)}`)
  lines.push(
    ...listing('  加入密钥', names(keyids.filter((keyid) => !before.keyids.includes(keyid)))),
    ...listing('  移出密钥', names(before.keyids.filter((keyid) => !keyids.includes(keyid)))),
  )
  return lines
}

function listing(heading: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const more = names.length > mostNames ? ` 等` : ''
  return [`${heading} ${String(names.length)} 项：${names.slice(0, mostNames).join('、')}${more}`]
}
