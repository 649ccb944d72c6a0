import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TufError } from '../../../src/feed/tuf/index.ts'
import type { TestRepository } from '../../../src/feed/tuf/testing/repository.ts'
import { parseCommand } from '../arguments.ts'
import { carryOut } from '../client.ts'

/** A repository on a real HTTP server, and the folders of a client. */
export interface Scene {
  readonly metadataDir: string
  readonly targetDir: string
  /** Paths that the server was asked for, as they stood in the request. */
  readonly requests: string[]
  /** Arguments of the command line. */
  init(root?: Uint8Array): Promise<readonly string[]>
  refresh(): readonly string[]
  download(...names: string[]): readonly string[]
  /** Trusted versions, of what the metadata folder holds: `root 1, snapshot 1 …`. */
  trusted(): Promise<string>
  /** Downloaded targets: text by the name of the file. */
  targets(): Promise<Readonly<Record<string, string>>>
  end(): Promise<void>
}

export async function setScene(repository: TestRepository): Promise<Scene> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1)
    requests.push(path)
    const bytes = repository.files.get(path) ?? repository.files.get(decodeURIComponent(path))
    response.writeHead(bytes ? 200 : 404).end(bytes)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const folder = await mkdtemp(join(tmpdir(), 'tuf-client-'))
  const metadataDir = join(folder, 'metadata')
  const targetDir = join(folder, 'targets')
  const metadata = ['--metadata-dir', metadataDir]
  return {
    metadataDir,
    targetDir,
    requests,
    async init(root = repository.trustedRoot) {
      const file = join(folder, 'initial-root.json')
      await writeFile(file, root)
      return [...metadata, 'init', file]
    },
    refresh: () => [...metadata, '--metadata-url', `${base}/metadata`, 'refresh'],
    download: (...names) => [
      ...[...metadata, '--metadata-url', `${base}/metadata/`, '--target-dir', targetDir],
      ...names.flatMap((name) => ['--target-name', name]),
      ...['--target-base-url', `${base}/targets`, 'download'],
    ],
    async trusted() {
      const versions = await Promise.all(
        (await readdir(metadataDir)).sort().map(async (name) => {
          const file = JSON.parse(await readFile(join(metadataDir, name), 'utf8')) as { signed: { version: number } }
          return `${decodeURIComponent(name.replace(/\.json$/, ''))} ${file.signed.version}`
        }),
      )
      return versions.join(', ')
    },
    async targets() {
      const names = await readdir(targetDir).catch(() => [])
      const texts = names.map(async (name) => [name, await readFile(join(targetDir, name), 'utf8')] as const)
      return Object.fromEntries(await Promise.all(texts))
    },
    async end() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Carries out a command line in this process.
 * @returns `ok`, `role code clause` of a refusal, or another error's message
 */
export async function outcome(args: readonly string[]): Promise<string> {
  try {
    await carryOut(parseCommand(args))
    return 'ok'
  } catch (error) {
    if (error instanceof TufError) return `${error.role} ${error.code} ${error.clause}`
    return error instanceof Error ? error.message : String(error)
  }
}
