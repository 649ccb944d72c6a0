import { describe, expect, it } from 'vitest'
import { isPage, shellOf, workerAddress } from './shell.ts'

const urls = ['index.html', 'app.css', 'boot.js', 'app.modern.js', 'app.es5.js', 'fonts/a.woff2']
const all = urls.map((url) => ({ url, revision: url, integrity: 'sha256-' }))

describe('the files that a box keeps', () => {
  it.each([
    ['modern', false, ['index.html', 'app.css', 'boot.js', 'app.modern.js']],
    ['es5', false, ['index.html', 'app.css', 'boot.js', 'app.es5.js']],
    ['es5', true, ['index.html', 'app.css', 'boot.js', 'app.es5.js', 'fonts/a.woff2']],
  ] as const)('are those of its bundle %s; packaged fonts: %s', (bundle, fonts, wanted) => {
    const search = new URL(workerAddress(bundle, fonts), 'http://box/').search
    expect(shellOf(all, search).map(({ url }) => url)).toEqual(wanted)
  })
})

describe('the page', () => {
  const folder = 'https://city.example/tv/'
  it.each([
    ['https://city.example/tv/', true],
    ['https://city.example/tv/?from=portal#/section/news', true],
    ['https://city.example/tv/index.html?x=1', true],
    ['https://city.example/tv/feed/', false],
    ['https://city.example/tv/feed/index.html', false],
    ['https://city.example/', false],
    ['https://other.example/tv/', false],
  ])('%s: %s', (url, wanted) => {
    expect(isPage(new URL(url), folder)).toBe(wanted)
  })
})
