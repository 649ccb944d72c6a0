import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A program that was started with all that it starts itself, to be ended together. */
export interface Group {
  readonly child: ChildProcess
  /** What it has written to standard error so far. */
  readonly said: () => string
  /** Ends it and its children at once; done when the program is gone. */
  kill(): Promise<void>
}

const alive = new Set<Group>()
const folders = new Set<string>()

/**
 * Runs the program that its arguments name, and ends everything in its process group as
 * soon as file 3, a pipe from this process, is closed: that is, also when this process
 * was killed and could do nothing more.
 */
const guard = '{ cat <&3 >/dev/null; kill -9 0; } & "$@" 3<&- & wait $!'

/** Starts a program in a process group of its own. */
export function startGroup(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Group {
  const child =
    process.platform === 'win32'
      ? spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
      : spawn('sh', ['-c', guard, 'sh', command, ...args], { env, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stderr?.on('data', (part: Buffer) => {
    text = (text + part.toString()).slice(-20_000)
  })
  const gone = new Promise<void>((done) => {
    child.once('exit', () => {
      done()
    })
    child.once('error', (error) => {
      text += error.message
      done()
    })
  })
  const group: Group = {
    child,
    said: () => text,
    kill: async () => {
      alive.delete(group)
      endNow(child)
      await gone
    },
  }
  alive.add(group)
  return group
}

/** A new empty folder below the system's temporary one. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'))
  folders.add(folder)
  return folder
}

/** Deletes a folder of `temporaryFolder`; a browser that is just ending may still write there. */
export async function deleteFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  folders.delete(folder)
}

/** A port on the loopback address that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/**
 * Waits until a function gives something; asks every 50 ms.
 * @throws {Error} says what did not come, after so many seconds
 */
export async function waitFor<T>(what: string, ask: () => T | undefined | Promise<T | undefined>, seconds = 20): Promise<T> {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    const value = await ask()
    if (value !== undefined) return value
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`${what} did not come within ${String(seconds)} s`)
}

/** The promise, or an error that says what did not come in time. */
export async function inTime<T>(what: string, promise: Promise<T>, seconds = 30): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(new Error(`${what} did not come within ${String(seconds)} s`))
    }, seconds * 1000)
  })
  return await Promise.race([promise, late]).finally(() => {
    clearTimeout(timer)
  })
}

function endNow(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

// A test run that is stopped half-way leaves nothing behind either.
process.once('SIGTERM', () => process.exit(143))
process.on('exit', () => {
  for (const group of alive) endNow(group.child)
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // A browser that is just ending still writes there: the system clears its temporary folder.
    }
  }
})
