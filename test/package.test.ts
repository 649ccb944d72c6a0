import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot } from '../build/bundle.ts'

/** Runs `npm run package` in a folder, without npm around it. */
async function pack(folder: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const script = [join(projectRoot, 'build', 'run.mjs'), join(projectRoot, 'build', 'package.ts'), ...args]
  const options = { cwd: projectRoot, env: { ...process.env, INIT_CWD: folder } }
  return await promisify(execFile)(process.execPath, script, options).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: unknown) => {
      const { code, stderr } = error as { code: number; stderr: string }
      return { code, said: stderr }
    },
  )
}

describe('npm run package', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-'))
    await writeFile(join(folder, 'root.json'), '{}')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('makes the app in a folder, and again in the same one', async () => {
    for (let time = 0; time < 2; time++) {
      expect(await pack(folder, '--root', 'root.json', '--out', 'app')).toMatchObject({ code: 0 })
    }
    expect((await readdir(join(folder, 'app'))).sort()).toEqual([
      'app.css',
      'app.es5.js',
      'app.modern.js',
      'boot.js',
      'fonts',
      'index.html',
      'installation.js',
      'licences.es5.txt',
      'licences.modern.txt',
      'licences.worker.txt',
      'sw.js',
    ])
  })

  it('does not empty a folder of something else', async () => {
    const { code, said } = await pack(folder, '--root', 'root.json', '--out', '.')
    expect([code, said]).toEqual([1, expect.stringContaining('不会清空')])
    expect(await readdir(folder)).toEqual(['root.json'])
  })

  it('says which setting is wrong, and that there is no root', async () => {
    await writeFile(join(folder, 'mine.json'), '{"region": "1"}')
    expect((await pack(folder, '--settings', 'mine.json', '--root', 'root.json')).said).toContain('region 应为六位数字')
    expect((await pack(folder, '--root', 'none.json', '--out', 'app')).said).toContain('找不到信任根文件 none.json')
  })
})
