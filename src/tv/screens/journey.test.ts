import { describe, expect, it } from 'vitest'
import { Journey } from './journey.ts'
import type { Route } from './route.ts'

const record = (id: string): Route => ({ to: 'record', id })

/** A journey whose screens appear at once. */
function journey(...routes: Route[]): Journey {
  const j = new Journey()
  j.begin(true)
  j.arrived()
  for (const route of routes) {
    j.go(route)
    j.arrived()
  }
  return j
}

describe('the way back', () => {
  it('goes through every place in turn, and ends at home', () => {
    const j = journey({ to: 'section', kind: 'policy' }, record('a'), record('b'))
    const seen: string[] = []
    do seen.push(j.last?.route.to ?? '')
    while (j.back())
    expect(seen).toEqual(['record', 'record', 'section', 'home'])
  })

  it('gives each place its own memory', () => {
    const j = journey({ to: 'section', kind: 'policy' })
    j.keep('row 7')
    j.go(record('a'))
    j.arrived()
    j.keep('page 3')
    j.back()
    expect(j.last?.memory).toBe('row 7')
  })

  it('starts anew at home', () => {
    const j = journey(record('a'), record('b'), { to: 'home' })
    expect(j.back()).toBe(false)
    expect(j.last?.route).toEqual({ to: 'home' })
  })
})

describe('while a record is being opened', () => {
  it('the memory of the screen on the glass is not taken for that of the record', () => {
    const j = journey({ to: 'section', kind: 'policy' })
    j.go(record('slow'))
    j.keep('row 7')
    expect(j.last?.memory).toBeNull()
    j.back()
    expect(j.last?.memory).toBe('row 7')
  })

  it('another wish takes its place', () => {
    const j = journey({ to: 'section', kind: 'policy' })
    j.go(record('slow'))
    j.go(record('other'))
    j.arrived()
    j.back()
    expect(j.last?.route.to).toBe('section')
  })
})

it('leads nowhere on an empty box', () => {
  const j = new Journey()
  j.begin(false)
  expect(j.back()).toBe(false)
  expect(j.last).toBeUndefined()
})
