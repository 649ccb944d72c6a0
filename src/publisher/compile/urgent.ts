import type { Recall, Urgent } from '../../feed/urgent.ts'

/** Most recalls that are over and still said, for boxes that have not seen a later edition. */
const mostOver = 50

/**
 * What a role says urgently now. A recall that the editors have taken out, because the record was put right
 * or is gone for good, goes on for boxes that still show an edition from before: they may have missed it.
 * @param written what the editors say now
 * @param before what the role said in the edition before
 * @param version of the role's metadata that will be the first without the recall
 */
export function urgentNow(written: Urgent, before: Urgent, version: number): Urgent {
  const over = before.recalls
    .filter(({ id }) => !written.recalls.some((recall) => recall.id === id))
    .map((recall): Required<Recall> => ({ ...recall, before: recall.before ?? version }))
    // The newest first, so that the oldest are forgotten; a sort is stable.
    .sort((a, b) => b.before - a.before)
    .slice(0, mostOver)
  return { notices: written.notices, recalls: [...written.recalls, ...over] }
}
