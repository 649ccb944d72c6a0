import { expect, it } from 'vitest'
import { layered } from './layers.ts'
import { localStorageBackend } from './local-storage.ts'
import { memoryBackend } from './memory.ts'
import { faulty, QuotaStorage } from './testing/places.ts'
import { openValues } from './values.ts'

const places = () => {
  const best = faulty(memoryBackend(), 'indexeddb')
  const keeping = layered([best, localStorageBackend(new QuotaStorage()), memoryBackend()], () => undefined)
  return { best, keeping }
}

it('keeps small values over a restart', async () => {
  const { keeping } = places()
  const values = await openValues(keeping)
  const writing = values.set('region', '450105')
  expect(values.get('region')).toBe('450105')
  await writing
  await values.set('seed', 0.25)
  await values.set('poll', { base: 'http://a/', etag: '"1"', timestamp: new Uint8Array([1, 2]) })
  const again = await openValues(keeping)
  expect([again.get('region'), again.get('seed'), again.get('textSize')]).toEqual(['450105', 0.25, undefined])
  expect(again.get('poll')?.timestamp).toEqual(new Uint8Array([1, 2]))
  await again.set('region', undefined)
  expect((await openValues(keeping)).get('region')).toBeUndefined()
})

it('takes a value that is not what it should be as not set', async () => {
  const { keeping } = places()
  const stored = { region: '../..', seed: 1.5, lastSuccess: 'yesterday', poll: { base: 1 }, textSize: 'huge' }
  await keeping.setMany([['values', { revision: 3, values: stored }]])
  const values = await openValues(keeping)
  const names = ['region', 'seed', 'lastSuccess', 'poll', 'textSize'] as const
  expect(names.map((name) => values.get(name))).toEqual(names.map(() => undefined))
})

it('believes the newer of two places', async () => {
  const { best, keeping } = places()
  await (await openValues(keeping)).set('region', '450102')
  best.fail('lost')
  await (await openValues(keeping)).set('region', '450103')
  best.fail(null)
  await keeping.settle()
  expect((await openValues(keeping)).get('region')).toBe('450103')
})

it('works, for as long as the page lives, where nothing can be kept', async () => {
  const { best, keeping } = places()
  best.fail('lost')
  const values = await openValues(keeping)
  await values.set('textSize', 'large')
  expect(values.get('textSize')).toBe('large')
})
