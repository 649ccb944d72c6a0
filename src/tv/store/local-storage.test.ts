import { describe, expect, it } from 'vitest'
import { KeepingFault } from './keeping.ts'
import { bytesOfText, localStorageBackend, textOfBytes } from './local-storage.ts'
import { QuotaStorage } from './testing/places.ts'

const every = Uint8Array.from({ length: 20_000 }, (_, i) => i % 256)

describe('bytes as text', () => {
  it('gives back every byte, over the length of one chunk', () => {
    expect(bytesOfText(textOfBytes(every))).toEqual(every)
    expect(textOfBytes(every)).toHaveLength(every.length)
  })
})

describe('localStorage as a place', () => {
  it('gives back what it was given: bytes, JSON, bytes inside JSON', async () => {
    const storage = new QuotaStorage()
    const values = [every, { a: [1, '二', null] }, { files: [['root.json', every.subarray(0, 300)]] }, '', 0]
    const backend = localStorageBackend(storage)
    await backend.setMany(values.map((value, i) => [`k${i}`, value]), true)
    // A second start reads the same.
    expect(await localStorageBackend(storage).getMany(['k0', 'k1', 'k2', 'k3', 'k4', 'k5'])).toEqual([
      every,
      { a: [1, '二', null] },
      { files: [['root.json', Uint8Array.from(every.subarray(0, 300))]] },
      '',
      0,
      undefined,
    ])
  })

  it('leaves the keys of other apps alone', async () => {
    const storage = new QuotaStorage()
    storage.setItem('volume', '7')
    const backend = localStorageBackend(storage)
    await backend.setMany([['a', 1]], true)
    expect(await backend.keys()).toEqual(['a'])
    await backend.delMany(['a', 'volume'])
    expect(storage.getItem('volume')).toBe('7')
    expect(await backend.keys()).toEqual([])
  })

  it('takes all or none when the engine is full in the middle', async () => {
    const storage = new QuotaStorage(1000)
    const backend = localStorageBackend(storage)
    await backend.setMany([['a', 'old']], true)
    const writing = backend.setMany([['a', 'new'], ['b', new Uint8Array(500)], ['c', new Uint8Array(600)]], true)
    await expect(writing).rejects.toMatchObject({ name: 'KeepingFault', reason: 'full', place: 'local-storage' })
    expect(await backend.getMany(['a', 'b', 'c'])).toEqual(['old', undefined, undefined])
  })

  it('holds room back from bulk for what is vital', async () => {
    const backend = localStorageBackend(new QuotaStorage(), 2000, 800)
    await backend.setMany([['pack', new Uint8Array(1000)]], false)
    await expect(backend.setMany([['pack2', new Uint8Array(500)]], false)).rejects.toMatchObject({ reason: 'full' })
    await backend.setMany([['catalogue', new Uint8Array(500)]], true)
    await backend.delMany(['pack'])
    await backend.setMany([['pack2', new Uint8Array(500)]], false)
    expect(await backend.keys()).toEqual(['catalogue', 'pack2'])
  })

  it('counts what an earlier start has kept', async () => {
    const storage = new QuotaStorage()
    await localStorageBackend(storage, 2000, 0).setMany([['a', new Uint8Array(1500)]], false)
    const again = localStorageBackend(storage, 2000, 0)
    await expect(again.setMany([['b', new Uint8Array(1500)]], false)).rejects.toBeInstanceOf(KeepingFault)
    await again.setMany([['a', new Uint8Array(1600)]], false)
  })

  it('is missing where nothing can be written, but readable where it is only full', async () => {
    expect(() => localStorageBackend(new QuotaStorage(0))).toThrow(KeepingFault)
    const storage = new QuotaStorage()
    await localStorageBackend(storage).setMany([['a', 'kept']], true)
    storage.quota = 0
    expect(await localStorageBackend(storage).getMany(['a'])).toEqual(['kept'])
  })

  it('takes a text that is not ours as nothing', async () => {
    const storage = new QuotaStorage()
    storage.setItem('tv-gov-info:a', 'j{"cut off')
    storage.setItem('tv-gov-info:b', 'x')
    expect(await localStorageBackend(storage).getMany(['a', 'b'])).toEqual([undefined, undefined])
  })
})
