import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from './bundle.ts'
import { objection } from './rooms.mjs'

describe('which room may import which', () => {
  it.each([
    ['src/feed/pack.ts', './layout.ts'],
    ['src/feed/pack.ts', 'fflate'],
    ['src/tv/screens/home.ts', '../widgets/list.ts'],
    ['src/tv/screens/home.ts', '../../feed/catalogue.ts'],
    ['src/tv/sync/sync.ts', '../store/blobs.ts'],
    ['src/tv/main.ts', './screens/home.ts'],
    ['src/publisher/main.ts', '../feed/pack.ts'],
    ['src/publisher/main.ts', 'node:fs'],
    ['src/tv/store/idb.test.ts', 'vitest'],
    ['build/dev.ts', '../src/publisher/index.ts'],
  ])('%s may import %s', (file, source) => {
    expect(objection(join(projectRoot, file), source, false)).toBeUndefined()
  })

  it.each([
    ['src/feed/pack.ts', '../tv/settings.ts'],
    ['src/feed/pack.ts', '../publisher/names.ts'],
    ['src/feed/pack.ts', 'node:fs'],
    ['src/feed/pack.ts', '@lightningjs/sdk'],
    ['src/feed/catalogue.ts', 'valibot'],
    ['src/publisher/main.ts', '../tv/settings.ts'],
    ['src/tv/store/idb.ts', '../sync/sync.ts'],
    ['src/tv/store/idb.test.ts', '../sync/sync.ts'],
    ['src/tv/widgets/list.ts', '../screens/home.ts'],
    ['src/tv/widgets/list.ts', '../../feed/pack.ts'],
    ['src/tv/typesetting/breaks.ts', '../theme/tokens.ts'],
    ['src/tv/screens/home.ts', '../sync/sync.ts'],
    ['src/tv/screens/home.ts', '../../publisher/names.ts'],
    ['src/tv/screens/home.ts', '../../../build/bundle.ts'],
    ['src/tv/main.ts', 'valibot'],
    ['src/emulator/main.ts', '../tv/main.ts'],
  ])('%s may not import %s', (file, source) => {
    expect(objection(join(projectRoot, file), source, false)).toContain('may not import')
  })

  it('lets the box know the types of what it does not carry', () => {
    expect(objection(join(projectRoot, 'src/feed/catalogue.ts'), 'valibot', true)).toBeUndefined()
    expect(objection(join(projectRoot, 'src/tv/screens/home.ts'), '../sync/status.ts', true)).toBeUndefined()
  })
})
