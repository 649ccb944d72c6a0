import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleScript } from '../../build/bundle.ts'

/** Names the folder of the bundles to the processes that run the tests. */
const variable = 'TV_TEST_BUNDLES'

/** Vitest's global set-up: both bundles are made once, and deleted after the last test. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await makeBundles()
  process.env[variable] = folder
  return async () => {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The folder with both bundles; made here where no set-up did. */
export async function bundles(): Promise<string> {
  return process.env[variable] ?? (await makeBundles())
}

async function makeBundles(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tv-app-'))
  await bundleScript('modern', folder)
  await bundleScript('es5', folder)
  return folder
}
