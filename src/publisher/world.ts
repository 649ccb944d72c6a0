/**
 * A feed belongs to one of two worlds, each with its own root and keys: what is tried
 * out on a preview box, and what households see. The root says which, in a field that
 * its signatures cover (TUF 4 permits fields of one's own); a box that was shipped with one
 * root cannot be led to the other.
 */
export type World = 'preview' | 'production'

/** The field in root metadata. Where it is missing, as in older roots of demonstrations, it is preview. */
export const worldField = 'world'

export const worldNames: Readonly<Record<World, string>> = { preview: '预览', production: '正式' }
