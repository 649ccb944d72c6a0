import { nothingUrgent } from '../../feed/urgent.ts'
import { ContentError } from '../content/problems.ts'
import { loadContent, type OnProgress } from '../content/load.ts'
import { assignPages } from '../compile/page-numbers.ts'
import { compileRole, type CompiledRole, type TargetBytes } from '../compile/role.ts'
import { urgentNow } from '../compile/urgent.ts'
import { CommandError } from '../errors.ts'
import type { KeyringOptions, RoleRule } from '../signing/keyring.ts'
import { metadataTime } from '../signing/periods.ts'
import { editionTime } from '../time.ts'
import { signingState } from '../signing/threshold.ts'
import type { World } from '../world.ts'
import { online, openKeyring } from './open-keyring.ts'
import { previousRole, previousUrgent, readPrevious, type PreviousFeed, type PreviousRole } from './previous.ts'
import { prune } from './retention.ts'
import { renewEdition, signEdition } from './sign-edition.ts'
import { writeEdition } from './write.ts'

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
  /** Refuse content for preview. */
  readonly production?: boolean | undefined
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
  const { world, rules, records, compiled, previous } = await compileContent(options)
  const keyring = await openKeyring(options.keys, at, { out, world, ...(world === 'production' ? { roles: [] } : {}) })
  if (world === 'production') {
    throw new CommandError(
      '正式发布要分步：先 build --prepare，各审核人分别 sign，再 publish。',
      'A production feed is published in steps: build --prepare, then each reviewer signs, then publish.',
    )
  }
  const metas = new Map(compiled.map(({ role, targets }) => [role, targets]))
  const edition = signEdition(keyring, rules, metas, previous, at)
  const targets = compiled.flatMap((role) => [...role.targets])
  const written = await writeEdition(out, keyring, targets, edition)
  return {
    asOf: metadataTime(at),
    records,
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

/** Content that is ready to be signed. */
export interface CompiledContent {
  readonly world: World
  readonly rules: readonly RoleRule[]
  readonly records: number
  readonly compiled: readonly CompiledRole[]
  readonly previous: PreviousFeed | null
}

/**
 * Compiles a content folder as the next edition of a feed. Writes nothing.
 * @throws {ContentError} when the content has problems
 * @throws {CommandError} when the last edition is damaged
 */
export async function compileContent(
  options: Pick<BuildOptions, 'content' | 'out' | 'onProgress' | 'production'>,
): Promise<CompiledContent> {
  const { out } = options
  const content = await loadContent(options.content, options.onProgress)
  if (content.problems.length > 0 || !content.feed) throw new ContentError(content.problems)
  const { world = 'preview' } = content.feed
  if (options.production && world !== 'production') {
    throw new CommandError(
      '这份内容是预览用的，不能加 --production。正式发布时在 feed.yaml 里写「发布环境: 正式」。',
      'This content is for preview; --production needs 发布环境: 正式 in feed.yaml.',
    )
  }
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
  return { world, rules, records: records.length, compiled, previous }
}

/**
 * Declares the edition of an output folder to be current still: signs timestamp again, and snapshot when it is due.
 * @throws {CommandError} when there is no edition, or keys are missing
 */
export async function renewFeed(
  options: Pick<BuildOptions, 'keys' | 'out' | 'at'> & Pick<KeyringOptions, 'passphrase'>,
): Promise<RenewReport> {
  const { at = defaultTime() } = options
  const previous = await readPrevious(options.out)
  if (!previous) {
    throw new CommandError(
      `${options.out} 里没有已发布的内容，先运行 build。`,
      `There is no edition in ${options.out}; run build first.`,
    )
  }
  const keyring = await openKeyring(options.keys, at, { ...online(options.passphrase), out: options.out })
  if (!signingState(previous.targets, keyring.root.signed.authorities.targets).met) {
    throw new CommandError(
      '根证书换了 targets 密钥，角色名单还是旧密钥签的。先运行 build --prepare，由新密钥签 targets.json，再 publish。',
      'The root has other targets keys than those that signed targets.json. First build --prepare, sign and publish.',
    )
  }
  const edition = renewEdition(keyring, previous, at)
  const written = await writeEdition(options.out, keyring, [], edition)
  return { asOf: metadataTime(at), versions: edition.versions, written }
}

const defaultTime = (): Date => editionTime(undefined, process.env.SOURCE_DATE_EPOCH, new Date())

const bytesOf = (targets: readonly TargetBytes[]): number => targets.reduce((sum, { length }) => sum + length, 0)
