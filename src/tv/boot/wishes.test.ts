import { describe, expect, it } from 'vitest'
import settings from '../../../settings.json' with { type: 'json' }
import type { Installation, Settings } from '../settings.ts'
import { wishesOf } from './wishes.ts'

const installation = (preview: boolean): Installation => ({
  settings: settings as Settings,
  root: '{}',
  appVersion: '1',
  builtAt: '2026-01-01T00:00:00Z',
  ...(preview ? { preview } : {}),
})

describe('what the page address may decide', () => {
  const address = '?renderer=canvas&screen=1080&region=450102&lang=en'

  it('decides nothing on a household box', () => {
    expect(wishesOf(installation(false), address, 720)).toEqual({ settings, lines: 720 })
  })

  it('decides renderer, size, district and language in a preview', () => {
    const wishes = wishesOf(installation(true), address, 720)
    expect(wishes.lines).toBe(1080)
    expect(wishes.settings.region).toBe('450102')
    expect(wishes.settings.locale).toBe('en')
    expect(wishes.settings.screen.renderer).toBe('canvas')
  })

  it('ignores what it does not know', () => {
    const wishes = wishesOf(installation(true), '?renderer=dom&screen=4000&region=../x&lang=fr', 720)
    expect(wishes).toEqual({ settings, lines: 720 })
  })
})

it('takes the size of the window where nothing is said', () => {
  expect(wishesOf(installation(false), '', 1080).lines).toBe(1080)
  expect(wishesOf(installation(false), '', 600).lines).toBe(720)
})
