import { readFile } from 'node:fs/promises'
import { Updater, verifyTarget, type TargetFile } from '../../src/feed/tuf/index.ts'
import type { Command, Download, Refresh } from './arguments.ts'
import { download } from './download.ts'
import { KeptMetadata, KeptTargets } from './kept-files.ts'
import { hashers, verifiers } from './verifiers.ts'

/**
 * Carries a command out, with the very client core that runs on the box: only the network, the
 * files, and the verifiers of other key types are Node's.
 * @throws {TufError} for what may not be believed
 * @throws {Error} what cannot be had or written
 */
export async function carryOut(command: Command): Promise<void> {
  const kept = new KeptMetadata(command.metadataDir)
  if (command.command === 'init') {
    // The suite expects no checks here: the first refresh makes them (TUF 5.2).
    await kept.write('root.json', await readFile(command.root))
    return
  }
  const updater = await updaterOf(command, kept)
  await updater.refresh()
  if (command.command === 'download') await downloadAll(command, updater)
}

async function updaterOf({ metadataUrl }: Refresh | Download, kept: KeptMetadata): Promise<Updater> {
  return new Updater({
    trustedRoot: await kept.root(),
    kept: await kept.others(),
    verifiers,
    hashers,
    now: new Date(),
    fetch: (name, maxLength) => download(metadataUrl + name, maxLength),
    // Of the chain of roots the newest alone stays: it is what the next run begins with.
    persist: (name, bytes) => kept.write(name.replace(/^\d+\.root\.json$/, 'root.json'), bytes),
  })
}

/** One after another by one client; the first that cannot be had ends it. */
async function downloadAll(command: Download, updater: Updater): Promise<void> {
  const targets = new KeptTargets(command.targetDir)
  for (const path of command.targetNames) {
    const target = await updater.findTarget(path)
    if (!target) throw new Error(`no role has signed for a target ${path}`)
    if (holds(await targets.read(path), target)) continue
    const location = updater.trusted().locationOf(target)
    const url = command.targetBaseUrl + location.split('/').map(encodeURIComponent).join('/')
    const bytes = await download(url, target.length)
    if (!bytes) throw new Error(`there is no ${url}`)
    verifyTarget(bytes, target, hashers)
    await targets.write(path, bytes)
  }
}

/** Whether these are the bytes that were signed for. */
function holds(bytes: Uint8Array | undefined, target: TargetFile): boolean {
  if (!bytes) return false
  try {
    verifyTarget(bytes, target, hashers)
    return true
  } catch {
    return false
  }
}
