import { urgentPath } from '../../feed/layout.ts'
import type { MetadataFiles, TargetFile, TrustedMetadata } from '../../feed/tuf/index.ts'
import {
  decodeUrgent,
  nothingUrgent,
  recalledIds,
  urgentLimit,
  type Notice,
  type Urgent,
} from '../../feed/urgent.ts'
import { isFiles, urgentKey } from './current.ts'
import type { Edition } from './edition.ts'
import type { Keeping } from './keeping.ts'

/** What is urgent, with the metadata that it stands on. */
export interface KeptUrgent {
  readonly roles: readonly string[]
  readonly files: MetadataFiles
}

/** The newest that a role has said urgently, and the version of its metadata that said so. */
export interface Said {
  readonly version: number
  readonly urgent: Urgent
  /** Hash of its file; '' when it has none. */
  readonly sha256: string
}

/** What the followed roles say urgently, by role. */
export type SaidByRole = ReadonlyMap<string, Said>

/**
 * What was kept as urgent since the switch, newest place first: not verified yet. Empty when it
 * cannot be read: then what the edition itself says counts.
 */
export async function readUrgent(keeping: Keeping): Promise<readonly KeptUrgent[]> {
  const values: unknown[] = await keeping.getEverywhere(urgentKey).catch(() => [])
  return values.reduce<KeptUrgent[]>((found, value) => {
    if (typeof value !== 'object' || value === null) return found
    const { roles, files } = value as Record<string, unknown>
    if (!Array.isArray(roles) || !isFiles(files)) return found
    const present = new Map<string, Uint8Array>()
    files.forEach(([name, bytes]) => bytes && present.set(name, bytes))
    return found.concat({ roles: roles.map(String), files: present })
  }, [])
}

/** Keeps in one write what is urgent before the edition that says it can be switched to. */
export async function writeUrgent(keeping: Keeping, { roles, files }: KeptUrgent): Promise<void> {
  await keeping.setEverywhere([[urgentKey, { roles, files: [...files] }]])
}

/** The urgent files of these roles. */
export const urgentFiles = (trusted: TrustedMetadata, roles: readonly string[]): readonly TargetFile[] =>
  roles.map((role) => trusted.target(urgentPath(role))).filter((file): file is TargetFile => file !== undefined)

/**
 * What the roles say by this metadata, as far as it is here.
 * @param read the verified bytes of a file, or null when they are not here
 * @param onUnreadable told of a file that is signed but cannot be read: what the role said before stays
 */
export async function saidBy(
  trusted: TrustedMetadata,
  roles: readonly string[],
  read: (target: TargetFile) => Promise<Uint8Array | null>,
  onUnreadable: (path: string, error: unknown) => void,
): Promise<SaidByRole> {
  const said = new Map<string, Said>()
  for (const role of roles) {
    const version = trusted.versions.get(role)
    if (version === undefined) continue
    const target = trusted.target(urgentPath(role))
    if (!target) {
      said.set(role, { version, urgent: nothingUrgent, sha256: '' })
      continue
    }
    try {
      if (target.length > urgentLimit) throw new Error(`${target.length} bytes, at most ${urgentLimit} are taken`)
      const bytes = await read(target)
      if (!bytes) continue
      said.set(role, { version, urgent: decodeUrgent(new TextDecoder().decode(bytes)), sha256: target.sha256 })
    } catch (error) {
      onUnreadable(target.path, error)
    }
  }
  return said
}

/** Of two, for each role, the one by the newer metadata: an old word never takes the place of a newer one. */
export function newerOf(a: SaidByRole, b: SaidByRole): SaidByRole {
  const newest = new Map(a)
  b.forEach((said, role) => {
    const known = newest.get(role)
    if (!known || said.version >= known.version) newest.set(role, said)
  })
  return newest
}

/** Whether two say the same. */
export const saySame = (a: SaidByRole, b: SaidByRole): boolean =>
  a.size === b.size && [...a].every(([role, { sha256 }]) => b.get(role)?.sha256 === sha256)

/** All notices of these roles. */
export const noticesOf = (said: SaidByRole, roles: readonly string[]): readonly Notice[] =>
  roles.reduce<readonly Notice[]>((all, role) => all.concat(said.get(role)?.urgent.notices ?? []), [])

/**
 * An edition without the records that are recalled. A role recalls its own records only.
 * @param versions of the metadata of the edition, by role
 * @returns the same edition when nothing of it is recalled
 */
export function withoutRecalled(edition: Edition, said: SaidByRole, versions: ReadonlyMap<string, number>): Edition {
  const recalled = new Set<string>()
  said.forEach(({ urgent }, role) => {
    recalledIds(urgent, versions.get(role) ?? 0).forEach((id) => recalled.add(`${role}/${id}`))
  })
  const isRecalled = ({ pack, id }: { pack: string; id: string }) =>
    recalled.has(`${pack.slice(0, pack.indexOf('/'))}/${id}`)
  if (recalled.size === 0 || !edition.entries.some(isRecalled)) return edition
  const entries = edition.entries.filter((entry) => !isRecalled(entry))
  return { ...edition, entries, byId: new Map(entries.map((entry) => [entry.id, entry])) }
}
