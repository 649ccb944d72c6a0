import { validDays } from '../signing/periods.ts'
import { targetsMetadata } from '../signing/metadata.ts'
import { compileContent, type BuildOptions } from './build.ts'
import { asListed, authoritiesFor, due, dueTargets } from './delegations.ts'
import { openKeyring } from './open-keyring.ts'
import { writePreparation } from './preparation.ts'
import { refuseLostRoles } from './sign-edition.ts'

/** Metadata that was prepared, by role: how many signatures it needs. */
export interface PrepareReport {
  readonly records: number
  readonly pending: ReadonlyMap<string, number>
}

/**
 * Compiles a content folder and writes the metadata that must be signed, with the content, into a
 * folder to be carried to those who sign. A role whose content did not change needs no signature.
 * No private key is opened.
 * @throws {ContentError} when the content has problems
 * @throws {CommandError} when keys do not fit, or the folder is not empty
 */
export async function prepareFeed(
  options: BuildOptions & { readonly at: Date; readonly into: string },
): Promise<PrepareReport> {
  const { at, into, out } = options
  const { world, rules, records, compiled, previous } = await compileContent(options)
  const keyring = await openKeyring(options.keys, at, { out, world, roles: [] })
  refuseLostRoles(previous, rules)
  const authorities = authoritiesFor(rules, keyring, previous)

  const pending = new Map<string, Uint8Array>()
  const needs = new Map<string, number>()
  const add = (role: string, bytes: Uint8Array | null, threshold: number): void => {
    if (!bytes) return
    pending.set(role, bytes)
    needs.set(role, threshold)
  }
  add('targets', dueTargets(authorities, keyring, previous, at), keyring.root.signed.authorities.targets.threshold)
  for (const [role, authority] of authorities) {
    const targets = compiled.find((one) => one.role === role)?.targets ?? new Map<string, never>()
    const listed = asListed(role, authority)
    const make = (issue: Parameters<typeof targetsMetadata>[0]) => targetsMetadata(issue, targets)
    add(role, due(make, validDays.publishing, previous?.roles.get(role), listed, at), authority.threshold)
  }
  const targets = compiled.filter(({ role }) => pending.has(role)).flatMap((role) => [...role.targets])
  if (pending.size > 0) await writePreparation(into, { pending, targets }, previous, keyring)
  return { records, pending: needs }
}
