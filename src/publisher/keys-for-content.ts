import path from 'node:path'
import { readFeedSettings } from './content/settings.ts'
import { ContentError } from './content/problems.ts'
import { CommandError } from './errors.ts'
import { readTextIfThere } from './files.ts'
import { ensureKeys, type KeysReport } from './signing/keyring.ts'

/**
 * Makes the demonstration keys that a content folder needs and that are missing:
 * those at the top, and for each role of feed.yaml as many as must sign.
 * @throws {ContentError} when feed.yaml has problems
 */
export async function keysForContent(content: string, keys: string, at: Date): Promise<KeysReport> {
  const text = await readTextIfThere(path.join(content, 'feed.yaml'))
  if (text === undefined) {
    throw new CommandError(`${content} 里没有 feed.yaml。`, `There is no feed.yaml in ${content}.`)
  }
  const feed = readFeedSettings(text)
  if (!feed.value) throw new ContentError(feed.problems)
  return ensureKeys(keys, feed.value.roles, at)
}
