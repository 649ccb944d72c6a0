/**
 * The seven statutory steps of a major administrative decision in their order,
 * 重大行政决策程序暂行条例 (国务院令第713号), chapters 2 and 3. Apart from the schemas,
 * so that the box can draw them without carrying the validator.
 */
export const stages = [
  'initiation',
  'participation',
  'expert-review',
  'risk-assessment',
  'legality-review',
  'deliberation',
  'publication',
] as const
export type Stage = (typeof stages)[number]
