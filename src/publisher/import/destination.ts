import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { readUnits } from '../content/settings.ts'
import { CommandError } from '../errors.ts'
import { isMissing, readTextIfThere, writeWhole } from '../files.ts'

/** The unit for which records are made where a new content folder is begun and none is named. */
const firstUnit = { id: 'guowuyuan', name: '国务院' }

/**
 * Finds the unit of a content folder that imported records will belong to. A
 * folder that is empty or missing gets its two settings files first.
 * @returns the unit's id, and whether the settings were made now
 * @throws {CommandError} when it is not clear which unit is meant
 */
export async function openDestination(content: string, wanted?: string): Promise<{ unit: string; created: boolean }> {
  const text = await readTextIfThere(path.join(content, 'units.yaml'))
  if (text === undefined) {
    const unit = wanted ?? firstUnit.id
    await createSettings(content, unit, unit === firstUnit.id ? firstUnit.name : unit)
    return { unit, created: true }
  }
  const units = readUnits(text).value
  if (!units) {
    throw new CommandError(
      'units.yaml 有问题，先用 check 命令改好。',
      'units.yaml has problems; mend them first (see the check command).',
    )
  }
  const ids = units.map((unit) => unit.id)
  const [only] = ids
  if (wanted === undefined && ids.length === 1 && only !== undefined) return { unit: only, created: false }
  if (wanted !== undefined && ids.includes(wanted)) return { unit: wanted, created: false }
  throw new CommandError(
    `${wanted === undefined ? '请用 --unit 指定单位' : `没有单位「${wanted}」`}。可用：${ids.join('、')}`,
    `${wanted === undefined ? 'Name a unit with --unit' : `No unit ${wanted}`}. Units: ${ids.join(', ')}`,
  )
}

async function createSettings(content: string, unit: string, name: string): Promise<void> {
  await writeWhole(
    path.join(content, 'units.yaml'),
    `- 编号: ${unit}\n  名称: ${name}\n  层级: 自治区\n  地区代码: "450000"\n`,
  )
  if ((await readTextIfThere(path.join(content, 'feed.yaml'))) !== undefined) return
  await writeWhole(
    path.join(content, 'feed.yaml'),
    `名称: 政务信息\n地区代码: "450100"\n角色:\n  - 角色: province\n    门限: 1\n    发布单位:\n      - ${unit}\n`,
  )
}

/** The record files of a unit, by their name without `.md`. */
export async function readUnitFiles(content: string, unit: string): Promise<Map<string, string>> {
  const folder = path.join(content, 'records', unit)
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (isMissing(error)) return []
    throw error
  })
  const files = new Map<string, string>()
  for (const name of names.filter((n) => n.endsWith('.md')).sort()) {
    files.set(name.slice(0, -'.md'.length), await readFile(path.join(folder, name), 'utf8'))
  }
  return files
}
