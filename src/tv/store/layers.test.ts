import { beforeEach, describe, expect, it } from 'vitest'
import type { Keeping, KeepingFault } from './keeping.ts'
import { layered } from './layers.ts'
import { localStorageBackend } from './local-storage.ts'
import { memoryBackend } from './memory.ts'
import { faulty, QuotaStorage, type FaultyBackend } from './testing/places.ts'

let best: FaultyBackend
let second: FaultyBackend
let faults: KeepingFault[]
let keeping: Keeping

beforeEach(() => {
  best = faulty(memoryBackend(Infinity), 'indexeddb')
  second = faulty(localStorageBackend(new QuotaStorage(), 3000, 1000))
  faults = []
  keeping = layered([best, second, memoryBackend(5000)], (fault) => faults.push(fault))
})

const bulk = (length: number) => new Uint8Array(length)

describe('several places as one', () => {
  it('writes to the best place, and nothing to the others', async () => {
    expect(await keeping.setMany([['a', 1]])).toBe('indexeddb')
    expect(await second.keys()).toEqual([])
    expect(keeping.lossy).toBe(false)
  })

  it('keeps a copy of what is vital in every lasting place', async () => {
    expect(await keeping.setEverywhere([['a', 1]])).toBe('indexeddb')
    expect(await second.getMany(['a'])).toEqual([1])
    expect(keeping.lossy).toBe(false)
  })

  it('goes on in the next place when the best one is full, and remembers it until something is deleted', async () => {
    best.fail('full', 'write')
    expect(await keeping.setMany([['a', bulk(500)]])).toBe('local-storage')
    expect(await keeping.setMany([['b', bulk(500)]])).toBe('local-storage')
    expect(faults.map((f) => [f.place, f.reason])).toEqual([['indexeddb', 'full']])
    best.fail(null)
    await keeping.delMany(['zzz'])
    expect(await keeping.setMany([['c', bulk(500)]])).toBe('indexeddb')
    expect(await keeping.getMany(['a', 'b', 'c'])).toEqual([bulk(500), bulk(500), bulk(500)])
  })

  it('still puts something smaller where something larger had no room', async () => {
    best.fail('lost')
    expect(await keeping.setMany([['a', bulk(2500)]])).toBe('memory')
    expect(await keeping.setMany([['b', bulk(500)]])).toBe('local-storage')
  })

  it('says what only memory holds, and moves it once there is room', async () => {
    best.fail('full', 'write')
    await keeping.setMany([['a', bulk(1800)]])
    expect(await keeping.setMany([['b', bulk(1800)]])).toBe('memory')
    expect(keeping.lossy).toBe(true)
    best.fail(null)
    await keeping.settle()
    expect(keeping.lossy).toBe(false)
    expect(await best.getMany(['b'])).toEqual([bulk(1800)])
  })

  it('rejects when even memory is full', async () => {
    best.fail('full', 'write')
    await expect(keeping.setMany([['a', bulk(10_000)]])).rejects.toMatchObject({ reason: 'full', place: 'memory' })
  })

  it('does not take a broken place for an empty one', async () => {
    await keeping.setMany([['a', 1]])
    best.fail('lost')
    await expect(keeping.getMany(['a'])).rejects.toMatchObject({ name: 'KeepingFault' })
    await expect(keeping.getEverywhere('a')).rejects.toMatchObject({ name: 'KeepingFault' })
    expect(faults).toHaveLength(1)
    expect(keeping.place).toBe('local-storage')
  })

  it('finds the copy of what is vital when the best place broke', async () => {
    await keeping.setEverywhere([['a', 1]])
    best.fail('lost')
    expect(await keeping.getMany(['a'])).toEqual([1])
  })

  it('tries a broken place again after settling', async () => {
    await keeping.setMany([['a', 1]])
    best.fail('lost')
    await keeping.getMany(['a']).catch(() => undefined)
    best.fail(null)
    await expect(keeping.getMany(['a'])).rejects.toMatchObject({ name: 'KeepingFault' })
    await keeping.settle()
    expect(await keeping.getMany(['a'])).toEqual([1])
  })

  it('shows both values where places differ, best place first', async () => {
    await keeping.setEverywhere([['a', 'old']])
    best.fail('lost')
    await keeping.setEverywhere([['a', 'new']])
    best.fail(null)
    await keeping.settle()
    expect(await keeping.getEverywhere('a')).toEqual(['old', 'new'])
  })

  it('lists and deletes over all places', async () => {
    await keeping.setMany([['a', 1]])
    await second.setMany([['b', 2]], true)
    expect((await keeping.keys()).sort()).toEqual(['a', 'b'])
    await keeping.delMany(['a', 'b'])
    expect(await keeping.keys()).toEqual([])
  })

  it('does not say what is there while a place may yet come back', async () => {
    await keeping.setEverywhere([['a', 1]])
    await keeping.setMany([['b', 2]])
    best.fail('slow')
    await expect(keeping.keys()).rejects.toMatchObject({ name: 'KeepingFault' })
    best.fail(null)
    await keeping.settle()
    expect(await keeping.keys()).toEqual(['a', 'b'])
  })

  it('gives a place up that broke twice on end', async () => {
    await keeping.setEverywhere([['a', 1]])
    await keeping.setMany([['b', 2]])
    best.fail('lost')
    await expect(keeping.keys()).rejects.toMatchObject({ name: 'KeepingFault' })
    await keeping.settle()
    expect(await keeping.keys()).toEqual(['a'])
    expect(faults).toHaveLength(2)
  })

  it('tries a place again that did not answer at start, and remembers what is in it', async () => {
    await keeping.setMany([['a', 1]])
    const again = layered([best, second, memoryBackend()], () => undefined, [best])
    expect(again.place).toBe('local-storage')
    await expect(again.keys()).rejects.toMatchObject({ name: 'KeepingFault' })
    await again.settle()
    expect(await again.keys()).toEqual(['a'])
  })
})
