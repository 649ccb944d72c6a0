import type { Scenario } from './fleet.ts'

const hour = 3600

/** The days that are lived, with the words of table and plot. */
export const scenarios = {
  ordinary: {
    zh: '平常的一天',
    en: 'An ordinary day',
    scenario: { from: 0 },
  },
  edition: {
    zh: '平常的一天，九点有新内容',
    en: 'An ordinary day, new edition at 9',
    scenario: { editionAt: 9 * hour, from: 9 * hour },
  },
  powerCut: {
    zh: '全城停电五小时，一分钟内全部开机',
    en: 'Power cut of 5 h, all boxes start within a minute',
    scenario: { powerCut: { start: hour, end: 6 * hour }, from: 6 * hour },
  },
  powerCutEdition: {
    zh: '全城停电五小时，其间有新内容，没有 CDN',
    en: 'The same, with a new edition meanwhile and no CDN',
    scenario: { powerCut: { start: hour, end: 6 * hour }, editionAt: 3 * hour, from: 6 * hour },
  },
  powerCutCdn: {
    zh: '全城停电五小时，其间有新内容，前有 CDN（200 个节点）',
    en: 'The same behind a CDN of 200 edges',
    scenario: { powerCut: { start: hour, end: 6 * hour }, editionAt: 3 * hour, from: 6 * hour, edges: 200 },
  },
  outage: {
    zh: '源站中断两小时，不给 Retry-After',
    en: 'Origin out for 2 h, no Retry-After',
    scenario: { outage: { start: 9 * hour, end: 11 * hour }, from: 11 * hour },
  },
  outageRetryAfter: {
    zh: '源站中断两小时，Retry-After: 1800',
    en: 'Origin out for 2 h, Retry-After: 1800',
    scenario: { outage: { start: 9 * hour, end: 11 * hour, retryAfter: 1800 }, from: 11 * hour },
  },
  outageCdn: {
    zh: '源站中断两小时，前有 CDN（200 个节点）',
    en: 'Origin out for 2 h, behind a CDN of 200 edges',
    scenario: { outage: { start: 9 * hour, end: 11 * hour }, from: 11 * hour, edges: 200 },
  },
} as const satisfies Record<string, { readonly zh: string; readonly en: string; readonly scenario: Scenario }>
