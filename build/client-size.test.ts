import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { projectRoot } from './bundle.ts'
import { es5Script } from './scripts.ts'

/** TUF, signatures, hashes and inflating, as ES5: bytes of gzip. */
const most = 15_000

it('the trust core adds no more to the bundle for old engines than it may', async () => {
  const size = async (fixture: string): Promise<number> => {
    const { code } = await es5Script(join(projectRoot, 'build', 'fixtures', fixture))
    return gzipSync(code, { level: 9 }).length
  }
  // The probe stands for the rest of an app: with polyfills and the helpers of lowered syntax.
  const rest = await size('probe.ts')
  const all = await size('client.ts')
  console.log(`trust core, ES5: ${all - rest} bytes of gzip, at most ${most}`)
  expect(all - rest).toBeGreaterThan(5_000)
  expect(all - rest).toBeLessThanOrEqual(most)
}, 120_000)
