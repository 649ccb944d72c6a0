import type { Delegation, Targets } from './metadata.ts'
import { inScope } from './paths.ts'
import type { TargetFile } from './types.ts'

/** How far a search came with the metadata that is loaded. */
export type SearchResult =
  /** To its end. */
  | { readonly found: TargetFile | undefined }
  /** It cannot go on before the metadata of this delegation is loaded. */
  | { readonly load: Delegation }

/**
 * TUF 5.6.7: pre-order depth-first search for a target, over the delegations whose paths
 * cover it.
 * @param loaded metadata of a delegated role as verified by the word of exactly this delegation;
 * undefined when that has not been done yet
 * @param maxDelegations delegated roles to visit before giving up
 */
export function searchTarget(
  path: string,
  top: Targets,
  loaded: (delegation: Delegation) => Targets | undefined,
  maxDelegations: number,
): SearchResult {
  const visited = new Set<string>()
  /** Delegations still to visit, the next one last. */
  const waiting: Delegation[] = []
  let here: Targets = top
  for (;;) {
    const target = here.targets.get(path)
    if (target) return { found: target }
    pushChildren(waiting, here, path)

    // 5.6.7.1: a role that was visited is skipped, so that cycles end.
    let next = waiting.pop()
    while (next && visited.has(next.role)) next = waiting.pop()
    if (!next || visited.size >= maxDelegations) return { found: undefined }
    const targets = loaded(next)
    if (!targets) return { load: next }
    visited.add(next.role)
    here = targets
  }
}

/** 5.6.7.2: delegations in order of appearance; after a terminating one nothing else is looked at. */
function pushChildren(waiting: Delegation[], targets: Targets, path: string): void {
  const children = targets.delegations.filter((delegation) => inScope(delegation, path))
  const last = children.findIndex((delegation) => delegation.terminating)
  if (last >= 0) {
    waiting.length = 0
    children.length = last + 1
  }
  children.reverse().forEach((delegation) => waiting.push(delegation))
}
