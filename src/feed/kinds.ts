/**
 * The kinds of record, in the order of the home screen. Apart from the schemas,
 * so that the box can name a kind without carrying the validator.
 */
export const kinds = ['policy', 'decision', 'service', 'news'] as const
export type Kind = (typeof kinds)[number]
