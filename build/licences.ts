import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The licences of the packages that went into a bundle, as one text to ship beside it.
 * @param modules absolute paths of bundled files
 * @throws {Error} names a bundled package that comes without a licence text
 */
export async function licencesOf(modules: readonly string[]): Promise<string> {
  const folders = new Set<string>()
  for (const path of modules) {
    const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(path)?.[0]
    if (folder) folders.add(folder)
  }
  const parts: string[] = []
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      name: string
      version: string
      license?: string
    }
    const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort()
    if (files.length === 0 && !license) throw new Error(`${name} ${version} is bundled but says nothing of its licence`)
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
    parts.push([`${name} ${version} (${license ?? 'see below'})`, ...texts.map((text) => text.trim())].join('\n\n'))
  }
  return `${parts.sort().join(`\n\n${'-'.repeat(79)}\n\n`)}\n`
}
