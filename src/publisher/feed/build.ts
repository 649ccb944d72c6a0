import path from 'node:path'
import { hashedPath } from '../../feed/layout.ts'
import { nothingUrgent } from '../../feed/urgent.ts'
import { sameBytes } from '../../feed/tuf/hash.ts'
import { ContentError } from '../content/problems.ts'
import { loadContent, type OnProgress } from '../content/load.ts'
import { assignPages } from '../compile/page-numbers.ts'
import { compileRole, type CompiledRole, type TargetBytes } from '../compile/role.ts'
import { urgentNow } from '../compile/urgent.ts'
import { CommandError } from '../errors.ts'
import { readIfThere, writeWhole } from '../files.ts'
import { loadKeyring, newestRoot, type Keyring } from '../signing/keyring.ts'
import { metadataTime } from '../signing/periods.ts'
import { editionTime } from '../time.ts'
import { previousRole, previousUrgent, readPrevious, versionedName, type PreviousRole } from './previous.ts'
import { prune } from './retention.ts'
import { renewEdition, signEdition, type SignedEdition } from './sign-edition.ts'

export interface BuildOptions {
  /** Content folder. */
  readonly content: string
  /** Folder of keys, made by `ensureKeys`. */
  readonly keys: string
  /** Folder of the feed. Its last edition, if any, is continued. */
  readonly out: string
  /**
   * The time of the edition; the same content, keys, last edition and time give the same
   * bytes. Now, when it is left out (see `editionTime`).
   */
  readonly at?: Date
  readonly onProgress?: OnProgress
}

export interface BuildReport {
  /** 数据截至, ISO 8601 UTC. */
  readonly asOf: string
  readonly records: number
  readonly roles: readonly RoleReport[]
  /** Metadata versions by role name. */
  readonly versions: ReadonlyMap<string, number>
  /** Files that were written, and files that were deleted, below `out`. */
  readonly written: readonly string[]
  readonly removed: readonly string[]
  /** Bytes of all targets of this edition. */
  readonly bytes: number
}

export type RenewReport = Pick<BuildReport, 'asOf' | 'versions' | 'written'>

export interface RoleReport {
  readonly role: string
  readonly records: number
  readonly packs: number
  /** Bytes of its targets. */
  readonly bytes: number
}

/**
 * Compiles a content folder, signs it and writes it as the next edition of a feed.
 * @throws {ContentError} when the content has problems; then nothing is written
 * @throws {CommandError} when keys are missing, or the last edition is damaged or later than `at`
 */
export async function buildFeed(options: BuildOptions): Promise<BuildReport> {
  const { out, at = defaultTime() } = options
  const content = await loadContent(options.content, options.onProgress)
  if (content.problems.length > 0 || !content.feed) throw new ContentError(content.problems)
  const keyring = await openKeyring(options.keys, at)
  const previous = await readPrevious(out)

  const rules = content.feed.roles
  const records = content.records
    .flatMap((file) => (file.record ? [{ role: file.role, record: file.record }] : []))
    .filter(({ role, record }) => !content.urgent.get(role)?.recalls.some(({ id }) => id === record.id))
  const pages = new Map<string, number>()
  const before = new Map<string, PreviousRole | null>()
  for (const { role } of rules) {
    const last = await previousRole(out, previous, role)
    before.set(role, last)
    last?.catalogue.entries.forEach((entry) => pages.set(entry.id, entry.page))
  }
  const numbers = assignPages(
    records.map(({ record }) => record),
    pages,
  )

  const compiled: CompiledRole[] = []
  for (const { role, units } of rules) {
    compiled.push(
      compileRole({
        role,
        units: content.units.filter((unit) => units.includes(unit.id)),
        records: records.filter((one) => one.role === role).map((one) => one.record),
        pictures: content.pictures,
        pages: numbers,
        urgent: urgentNow(
          content.urgent.get(role) ?? nothingUrgent,
          await previousUrgent(out, previous, role),
          (previous?.roles.get(role)?.signed.version ?? 0) + 1,
        ),
        previous: before.get(role) ?? null,
      }),
    )
  }
  const metas = new Map(compiled.map(({ role, targets }) => [role, targets]))
  const edition = signEdition(keyring, rules, metas, previous, at)
  const targets = compiled.flatMap((role) => [...role.targets])
  const written = await write(out, keyring, targets, edition)
  return {
    asOf: metadataTime(at),
    records: records.length,
    roles: compiled.map((role) => ({
      role: role.role,
      records: role.records,
      packs: role.packs,
      bytes: bytesOf([...role.targets.values()]),
    })),
    versions: edition.versions,
    written,
    removed: written.length > 0 ? await prune(out, at) : [],
    bytes: bytesOf(targets.map(([, target]) => target)),
  }
}

/**
 * Declares the edition of an output folder to be current still: signs timestamp again, and snapshot when it is due.
 * @throws {CommandError} when there is no edition, or keys are missing
 */
export async function renewFeed(options: Pick<BuildOptions, 'keys' | 'out' | 'at'>): Promise<RenewReport> {
  const { at = defaultTime() } = options
  const previous = await readPrevious(options.out)
  if (!previous) {
    throw new CommandError(
      `${options.out} 里没有已发布的内容，先运行 build。`,
      `There is no edition in ${options.out}; run build first.`,
    )
  }
  const keyring = await openKeyring(options.keys, at)
  const edition = renewEdition(keyring, previous, at)
  const written = await write(options.out, keyring, [], edition)
  return { asOf: metadataTime(at), versions: edition.versions, written }
}

const defaultTime = (): Date => editionTime(undefined, process.env.SOURCE_DATE_EPOCH, new Date())

async function openKeyring(folder: string, at: Date): Promise<Keyring> {
  const keyring = await loadKeyring(folder)
  const root = newestRoot(keyring)
  if (!root) {
    throw new CommandError(
      `${folder} 里没有密钥，先运行 keys 命令。`,
      `There are no keys in ${folder}; run the keys command first.`,
    )
  }
  if (root.expiresAt <= at.getTime()) {
    throw new CommandError(
      '根证书已过期，先运行 keys 命令续签。',
      'The root metadata has expired; run the keys command to renew it.',
    )
  }
  return keyring
}

const bytesOf = (targets: readonly TargetBytes[]): number => targets.reduce((sum, { length }) => sum + length, 0)

const rootName = (version: number): string => versionedName('root.json', version)

/**
 * Writes an edition so that whoever reads in between sees the one before: what is
 * named before what names it, and timestamp, which alone changes in place, last.
 * @returns the files that were not there already
 */
async function write(
  out: string,
  keyring: Keyring,
  targets: readonly (readonly [string, TargetBytes])[],
  edition: SignedEdition,
): Promise<string[]> {
  const files = [
    ...targets.map(([target, { sha256, bytes }]) => ({ name: `targets/${hashedPath(target, sha256)}`, bytes })),
    ...[...keyring.roots].map(([version, bytes]) => ({ name: `metadata/${rootName(version)}`, bytes })),
    ...[...edition.files].map(([name, bytes]) => ({ name: `metadata/${name}`, bytes })),
    { name: 'metadata/timestamp.json', bytes: edition.timestamp },
  ]
  const written: string[] = []
  for (const { name, bytes } of files) {
    const file = path.join(out, name)
    const there = await readIfThere(file)
    if (there && sameBytes(there, bytes)) continue
    await writeWhole(file, bytes)
    written.push(name)
  }
  return written
}
