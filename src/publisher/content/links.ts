import type { Kind } from '../../feed/kinds.ts'

/** A link from a record to another one. */
export interface Link {
  /** Path of the field that holds it, `supersedes.0`. */
  readonly path: string
  /** Id of the other record. */
  readonly to: string
  /** The kind that it must lead to, when only one makes sense. */
  readonly kind?: Kind
}

/** The fields that link, of a record that may still be incomplete. */
interface Draft {
  readonly related?: readonly string[]
  readonly supersededBy?: string
  readonly supersedes?: readonly string[]
  readonly interprets?: readonly string[]
  readonly outcome?: { readonly policy?: string }
}

/** The links of a record, whatever its kind. */
export function linksOf(record: object): Link[] {
  const draft: Draft = record
  const many = (path: string, ids: readonly string[] = [], kind?: Kind): Link[] =>
    ids.map((to, i) => ({ path: `${path}.${String(i)}`, to, ...(kind ? { kind } : {}) }))
  const one = (path: string, to: string | undefined): Link[] => (to === undefined ? [] : [{ path, to, kind: 'policy' }])
  return [
    ...many('related', draft.related),
    ...one('supersededBy', draft.supersededBy),
    ...many('supersedes', draft.supersedes, 'policy'),
    ...many('interprets', draft.interprets, 'policy'),
    ...one('outcome.policy', draft.outcome?.policy),
  ]
}
