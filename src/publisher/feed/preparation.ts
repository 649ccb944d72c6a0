import { readdir } from 'node:fs/promises'
import path from 'node:path'
import * as v from 'valibot'
import { hashedPath } from '../../feed/layout.ts'
import type { Envelope, Targets } from '../../feed/tuf/metadata.ts'
import { CommandError } from '../errors.ts'
import { isMissing, readIfThere, readTextIfThere, sha256, writeWhole } from '../files.ts'
import { publicPartOf } from '../signing/key-file.ts'
import { shortId } from '../signing/key-names.ts'
import { readTargets } from '../signing/metadata-file.ts'
import type { TargetMeta } from '../signing/metadata.ts'
import type { OpenKeyring } from './open-keyring.ts'
import type { PreviousFeed } from './previous.ts'

/*
 * A folder of metadata that waits for signatures. It is carried to those who sign, so it has all
 * that they need to see: `root.json` and `targets.json` say who may sign, `….pub.json` their
 * names, `previous/` is what was published before, `targets/` the content. Nothing in it is believed when it comes back: all is
 * verified by signatures and hashes.
 */

const planFile = v.strictObject({
  format: v.literal(1),
  /** Roles whose metadata waits for signatures. */
  pending: v.array(v.string()),
  /** Versions of all roles in the edition that this is to follow. */
  base: v.record(v.string(), v.number()),
})

/** What is to be signed. */
export interface Preparation {
  /** Metadata that waits for signatures, by role; `targets` among them when delegations change. */
  readonly pending: ReadonlyMap<string, Uint8Array>
  /** Content that is not published yet, by TUF target path. */
  readonly targets: readonly (readonly [string, TargetMeta & { readonly bytes: Uint8Array }])[]
}

/** The versions of the metadata that an edition has. */
export function baseOf(previous: PreviousFeed | null): Record<string, number> {
  if (!previous) return {}
  const all: [string, Envelope<Targets>][] = [...previous.roles, ['targets', previous.targets]]
  return Object.fromEntries(all.map(([role, { signed }]) => [role, signed.version]))
}

/**
 * Writes a preparation into an empty folder.
 * @throws {CommandError} when something lies there
 */
export async function writePreparation(
  folder: string,
  { pending, targets }: Preparation,
  previous: PreviousFeed | null,
  keyring: OpenKeyring,
): Promise<void> {
  const there = await readdir(folder).catch((error: unknown): string[] => {
    if (isMissing(error)) return []
    throw error
  })
  if (there.length > 0) {
    throw new CommandError(
      `文件夹 ${folder} 不是空的。换一个新文件夹；上次没有发布的，确认不要后删去。`,
      `The folder ${folder} is not empty. Take a new one, or delete what was never published.`,
    )
  }
  const files = new Map<string, Uint8Array>()
  for (const [target, { sha256, bytes }] of targets) files.set(`targets/${hashedPath(target, sha256)}`, bytes)
  files.set('root.json', keyring.root.bytes)
  for (const key of [...keyring.publicKeys.values()].flat()) {
    const text = `${JSON.stringify(publicPartOf(key), null, 2)}\n`
    files.set(`${key.role}-${shortId(key.keyid)}.pub.json`, new TextEncoder().encode(text))
  }
  if (previous) files.set('targets.json', previous.targets.bytes)
  for (const [role, bytes] of pending) {
    const before = role === 'targets' ? previous?.targets : previous?.roles.get(role)
    if (before) files.set(`previous/${role}.json`, before.bytes)
    files.set(`${role}.json`, bytes)
  }
  const plan = { format: 1, pending: [...pending.keys()], base: baseOf(previous) }
  for (const [name, bytes] of files) await writeWhole(path.join(folder, name), bytes)
  await writeWhole(path.join(folder, 'plan.json'), `${JSON.stringify(plan, null, 2)}\n`)
}

/**
 * Reads the metadata that came back signed.
 * @throws {CommandError} when there is none, or it follows another edition than the published one
 */
export async function readPending(
  folder: string,
  previous: PreviousFeed | null,
): Promise<ReadonlyMap<string, Envelope<Targets>>> {
  const text = await readTextIfThere(path.join(folder, 'plan.json'))
  const plan = text === undefined ? undefined : v.safeParse(planFile, json(text))
  if (!plan?.success) {
    throw new CommandError(
      `${folder} 不是 build --prepare 生成的文件夹。`,
      `${folder} was not made by build --prepare.`,
    )
  }
  const { pending, base } = plan.output
  const now = baseOf(previous)
  const roles = new Set([...Object.keys(base), ...Object.keys(now)])
  if ([...roles].some((role) => base[role] !== now[role])) {
    throw new CommandError(
      `${folder} 准备好以后，发布文件夹里又发布过别的内容。重新运行 build --prepare，请各人重新签名。`,
      `Another edition was published since ${folder} was prepared. Run build --prepare again and have it signed again.`,
    )
  }
  const files = new Map<string, Envelope<Targets>>()
  for (const role of pending) {
    const file = await readTargets(path.join(folder, `${path.basename(role)}.json`))
    if (file.signed.version !== (base[role] ?? 0) + 1) {
      throw new CommandError(
        `${role}.json 的版本是 ${String(file.signed.version)}，应当是 ${String((base[role] ?? 0) + 1)}。拿错了文件。`,
        `${role}.json has version ${String(file.signed.version)}, expected ${String((base[role] ?? 0) + 1)}.`,
      )
    }
    files.set(role, file)
  }
  return files
}

/**
 * The content that a role's metadata signs for and that is not published yet.
 * @throws {CommandError} when any of it is missing or changed
 */
export async function readContent(
  folder: string,
  out: string,
  metadata: Envelope<Targets>,
): Promise<[string, { sha256: string; bytes: Uint8Array }][]> {
  const found: [string, { sha256: string; bytes: Uint8Array }][] = []
  for (const [target, meta] of metadata.signed.targets) {
    const name = path.join('targets', hashedPath(target, meta.sha256))
    const published = await readIfThere(path.join(out, name))
    if (published && sha256(published) === meta.sha256) continue
    const bytes = await readIfThere(path.join(folder, name))
    if (!bytes || bytes.length !== meta.length || sha256(bytes) !== meta.sha256) {
      throw new CommandError(
        `${folder} 里缺少 ${name}，或者它被改动过。从准备时的文件夹重新拷贝。`,
        `${name} is missing in ${folder}, or was changed. Copy it again from where it was prepared.`,
      )
    }
    found.push([target, { sha256: meta.sha256, bytes }])
  }
  return found
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
