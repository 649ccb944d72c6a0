import { filter, firstValueFrom, skip } from 'rxjs'
import { TestRepository } from '../../../feed/tuf/testing/repository.ts'
import type { Edition } from '../../store/edition.ts'
import type { Keeping } from '../../store/keeping.ts'
import { layered } from '../../store/layers.ts'
import { openLibrary } from '../../store/library.ts'
import { memoryBackend } from '../../store/memory.ts'
import { publishRole, type Item } from '../../store/testing/feed.ts'
import { faulty } from '../../store/testing/places.ts'
import { openValues } from '../../store/values.ts'
import { createSync, type Sync, type SyncOptions } from '../sync.ts'
import { serveFeed } from './server.ts'

/* A signed feed on a real server, and boxes to switch on and off. */

export const commonRoles = ['province', 'city']

export const item = (id: string, day: number): Item => ({ id, published: `2026-03-0${day}` })

/** The packs of the city in the first edition. */
export const cityPacks = [[item('c9', 4)], [item('c5', 3), item('c4', 3)], [item('c1', 1)]]

export const ids = (edition: Edition | null) => edition?.entries.map((entry) => entry.id)

export const settingsFor = (...bases: string[]): SyncOptions['settings'] => ({
  feed: { bases },
  sync: {
    periodMinutes: 240,
    bootSpreadMinutes: 30,
    retryFirstSeconds: 3000,
    retryMostMinutes: 60,
    pauseAfterKeyMilliseconds: 30,
    requestTimeoutSeconds: 5,
  },
})

export const isMetadata = (request: string): boolean => request.indexOf('metadata/') === 0

export type Bench = Awaited<ReturnType<typeof openBench>>

/** Opens a bench with the first edition published: two roles, five records. */
export async function openBench() {
  const repo = new TestRepository({ asOf: '2026-03-05T08:00:00Z' })
  publishRole(repo, 'province', [[item('p1', 2)]])
  publishRole(repo, 'city', cityPacks)
  repo.publish('targets', 'province', 'city')
  const server = await serveFeed(repo.files)
  const running: Sync[] = []
  const roomy: Keeping = layered([faulty(memoryBackend(Infinity), 'indexeddb'), memoryBackend()], () => undefined)

  const bench = {
    repo,
    server,
    /** All that the box keeps: a box that is opened again is the same one after a restart. */
    keeping: roomy,

    /** A box that has just been switched on; it does not check by itself yet. */
    async box(more: Partial<SyncOptions> = {}) {
      const { keeping } = bench
      const tuf = { trustedRoot: repo.trustedRoot }
      const values = await openValues(keeping)
      const library = await openLibrary({ keeping, ...tuf })
      const sync = createSync({
        settings: settingsFor(server.base),
        ...{ tuf, library, keeping, values },
        roles: () => commonRoles,
        page: server.base,
        builtAt: '2026-01-01T00:00:00Z',
        now: () => Date.parse('2026-03-05T12:00:00Z'),
        random: () => 0.5,
        ...more,
      })
      running.push(sync)
      /** Checks now, and gives the status in which the check has ended. */
      const checked = async () => {
        const ended = firstValueFrom(
          sync.status$.pipe(
            skip(1),
            filter(({ phase }) => phase === 'idle'),
          ),
        )
        sync.start()
        sync.checkNow()
        return ended
      }
      /** Waits for the first check that succeeds. */
      const succeeded = () => firstValueFrom(sync.status$.pipe(filter(({ lastSuccess }) => lastSuccess !== null)))
      return { library, sync, checked, succeeded }
    },

    /** Brings a box up to date, switches it off, and forgets the requests. */
    async firstSync() {
      const { sync, checked } = await bench.box()
      await checked()
      sync.stop()
      server.requests.length = 0
      server.sent = 0
    },

    /** The next edition: the newest pack changed, two stay. */
    publishNext() {
      repo.asOf = '2026-03-05T11:00:00Z'
      publishRole(repo, 'city', [[item('c10', 5), item('c9', 4)], ...cityPacks.slice(1)])
      repo.publish('city')
    },

    /** How many targets were asked for. */
    targetsAsked: () => server.requests.filter((request) => !isMetadata(request)).length,

    async close() {
      running.forEach((sync) => sync.stop())
      await server.close()
    },
  }
  return bench
}
