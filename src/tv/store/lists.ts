import { applyChanges, decodeListChange, deltasOf, leastToFetch, type Delta } from '../../feed/delta.ts'
import { decodeCatalogue, type Catalogue } from '../../feed/catalogue.ts'
import { cataloguePath, partOf } from '../../feed/layout.ts'
import { inflateTarget, type TargetFile, type TrustedMetadata } from '../../feed/tuf/index.ts'

/** The deltas by which the lists of each role are put together. */
export type Steps = ReadonlyMap<string, readonly Delta<TargetFile>[]>

/**
 * Chooses, for each role, the deltas with the least to fetch.
 * @param held whether a file is here, by its hash
 */
export function chooseSteps(
  trusted: TrustedMetadata,
  roles: readonly string[],
  held: (sha256: string) => boolean,
): Steps {
  return new Map(roles.map((role) => [role, leastToFetch(deltasOf(trusted.targetsOf(role)), held)] as const))
}

/** The files of a role's catalogue: its base, and what changed since, in order. Empty when it has not published. */
export function listFiles(trusted: TrustedMetadata, role: string, steps: Steps): readonly TargetFile[] {
  const base = trusted.target(cataloguePath(role))
  return base ? [base].concat((steps.get(role) ?? []).map(({ list }) => list)) : []
}

/** Every file of an edition once, by hash: without the deltas that are not needed beside the chosen ones. */
export function filesOf(trusted: TrustedMetadata, roles: readonly string[], steps: Steps): readonly TargetFile[] {
  const byHash = new Map<string, TargetFile>()
  const add = (target: TargetFile) => byHash.set(target.sha256, target)
  for (const role of roles) {
    for (const target of trusted.targetsOf(role)) if (!partOf(target.path)) add(target)
    for (const { list, pack } of steps.get(role) ?? []) {
      add(list)
      if (pack) add(pack)
    }
  }
  // Kept by its SHA-256, a file that was signed by other hashes alone has no name here.
  byHash.delete('')
  return [...byHash.values()]
}

/** The same text for the same lists. */
export function listsKey(trusted: TrustedMetadata, roles: readonly string[]): string {
  const isList = ({ path }: TargetFile, role: string) => path === cataloguePath(role) || partOf(path)?.part === 'catalog'
  const hashes = (role: string) => trusted.targetsOf(role).filter((target) => isList(target, role))
  return roles.map((role) => [role, ...hashes(role).map(({ sha256 }) => sha256)].join(' ')).join('\n')
}

/** The catalogue that verified list files make, in the order of `listFiles`. */
export function catalogueOfFiles(files: readonly { readonly target: TargetFile; readonly bytes: Uint8Array }[]): Catalogue {
  const texts = files.map(({ target, bytes }) => new TextDecoder().decode(inflateTarget(bytes, target)))
  const [base = '', ...changes] = texts
  return applyChanges(decodeCatalogue(base), changes.map(decodeListChange))
}
