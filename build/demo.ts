import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildFeed, CommandError, ContentError, formatProblem, keysForContent, renewFeed } from '../src/publisher/index.ts'
import type { Installation, Settings } from '../src/tv/settings.ts'
import { appVersion, buildTime, projectRoot } from './bundle.ts'
import { pageScript } from './scripts.ts'

/** Where everything of one demonstration lies. */
export interface DemoFolders {
  readonly content: string
  readonly keys: string
  readonly feed: string
  readonly app: string
  readonly preview: string
}

/** The folders of a demonstration. @param state folder for all that is made */
export function demoFolders(content: string, state: string): DemoFolders {
  const inside = (name: string): string => join(state, name)
  return { content, keys: inside('keys'), feed: inside('feed'), app: inside('app'), preview: inside('preview') }
}

/**
 * Checks, compiles and signs the content as the next edition; makes keys where there are none.
 * @returns one line for the terminal
 * @throws {ContentError | CommandError} see `troubleText`
 */
export async function makeEdition(
  { content, keys, feed }: DemoFolders,
  onProgress?: (done: number, total: number) => void,
): Promise<string> {
  await keysForContent(content, keys, new Date())
  const { records, asOf, bytes } = await buildFeed({ content, keys, out: feed, ...(onProgress ? { onProgress } : {}) })
  return `${String(records)} 条记录 records · ${(bytes / 1000).toFixed(0)} kB · 数据截至 as of ${asOf}`
}

/** Signs the same edition again, so that it stays good. */
export async function renewEdition({ keys, feed }: DemoFolders): Promise<void> {
  await renewFeed({ keys, out: feed })
}

/** What a problem with the content is in the terminal: every file and line, and how to mend it. */
export function troubleText(error: unknown): string {
  if (error instanceof ContentError) return [...error.problems.map(formatProblem), error.message].join('\n')
  if (error instanceof CommandError) return `${error.message}\n可删除 .demo 文件夹后重试。 Or delete the folder .demo and try again.`
  return error instanceof Error ? error.message : String(error)
}

/** What the app is told when it runs beside this feed: the operator's settings, but this feed and its root. */
export async function demoInstallation({ feed }: DemoFolders, settings: Settings): Promise<Installation> {
  return {
    settings: { ...settings, feed: { bases: ['../feed/'] } },
    root: await readFile(join(feed, 'metadata', '1.root.json'), 'utf8'),
    appVersion: await appVersion(),
    builtAt: buildTime(),
    preview: true,
  }
}

/** Makes the preview page. @throws {Error} what is wrong in its code */
export async function bundlePreview({ preview }: DemoFolders): Promise<void> {
  const source = join(projectRoot, 'src', 'emulator')
  const { code } = await pageScript(join(source, 'main.ts'))
  await mkdir(preview, { recursive: true })
  await writeFile(join(preview, 'main.js'), code)
  for (const file of ['index.html', 'styles.css']) await copyFile(join(source, file), join(preview, file))
}
