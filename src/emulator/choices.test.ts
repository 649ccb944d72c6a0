import { describe, expect, it } from 'vitest'
import { addressOf, choicesOf, pictureSize, recordIdOf } from './choices.ts'
import type { Choices } from './choices.ts'

const installed: Choices = { screen: '720', renderer: 'auto', region: '450103', lang: 'zh-CN', record: '' }

describe('choicesOf', () => {
  it.each<[search: string, hash: string, differs: Partial<Choices>]>([
    ['', '', {}],
    ['?screen=1080', '', { screen: '1080' }],
    ['?screen=1080&renderer=canvas&region=450126&lang=en', '', { screen: '1080', renderer: 'canvas', region: '450126', lang: 'en' }],
    ['?screen=4320&renderer=svg&lang=fr', '', {}],
    ['?region=45010', '', {}],
    ['?region=450103%26x', '', {}],
    ['?other=1', '', {}],
    ['', '#/record/bs-gjj-tiqu', { record: 'bs-gjj-tiqu' }],
    ['', '#/record/', {}],
    ['', '#/record/a b', {}],
    ['', '#/section/news', {}],
  ])('%s%s', (search, hash, differs) => {
    expect(choicesOf(search, hash, installed)).toEqual({ ...installed, ...differs })
  })
})

describe('addressOf', () => {
  it.each<[choices: Choices, address: string]>([
    [installed, '/tv/?screen=720&renderer=auto&region=450103&lang=zh-CN'],
    [{ ...installed, record: 'zc-1' }, '/tv/?screen=720&renderer=auto&region=450103&lang=zh-CN#/record/zc-1'],
  ])('%o', (choices, address) => {
    expect(addressOf('/tv/', choices)).toBe(address)
  })

  it('says what choicesOf reads', () => {
    const choices: Choices = { screen: '1080', renderer: 'webgl', region: '450181', lang: 'en', record: 'a.b-c' }
    const { search, hash } = new URL(addressOf('/', choices), 'http://localhost')
    expect(choicesOf(search, hash, installed)).toEqual(choices)
  })
})

it.each([
  ['bs-gjj-tiqu', 'bs-gjj-tiqu'],
  ['  bs-gjj-tiqu ', 'bs-gjj-tiqu'],
  ['bs-gjj-tiqu.md', 'bs-gjj-tiqu'],
  ['records/nn-gjj/bs-gjj-tiqu.md', 'bs-gjj-tiqu'],
  ['D:\\内容\\nn-gjj\\bs-gjj-tiqu.md', 'bs-gjj-tiqu'],
  ['', ''],
  ['BS-1', null],
  ['公积金', null],
  ['a b', null],
])('recordIdOf(%o) is %o', (typed, id) => {
  expect(recordIdOf(typed)).toBe(id)
})

it('knows the size of both pictures', () => {
  expect([pictureSize('720'), pictureSize('1080')]).toEqual([
    { width: 1280, height: 720 },
    { width: 1920, height: 1080 },
  ])
})
