import { expect, it } from 'vitest'
import { hashOfRoute, routeFromHash } from './route.ts'

it.each(['#/record/zc-hunyin-387', '#/section/policy', '#/section/news'])('%s is read back as it was written', (hash) => {
  const route = routeFromHash(hash)
  expect(route && hashOfRoute(route)).toBe(hash)
})

it.each(['', '#', '#/home', '#/section/unknown', '#/record/../x', '#/record/<b>', '#/record/'])('%s leads nowhere', (hash) => {
  expect(routeFromHash(hash)).toBeNull()
})

it('home and the way out have no address', () => {
  expect([hashOfRoute({ to: 'home' }), hashOfRoute({ to: 'leave' })]).toEqual(['', ''])
})
