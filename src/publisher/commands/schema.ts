import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeWhole } from '../files.ts'
import { schemaFiles } from '../schema/files.ts'
import { readArguments, resolvePath, type Command } from '../terminal.ts'

/** Where the project keeps them. */
const home = fileURLToPath(new URL('../../../static/schema/', import.meta.url))

export const schema: Command = {
  name: 'schema',
  usage: '[--out <文件夹>]',
  chinese: '生成字段说明的 JSON Schema，供编辑软件提示和校验',
  english: 'write the JSON Schemas that editors’ tools can use',
  async run(args, terminal) {
    const { values } = readArguments(schema, args, { out: { type: 'string' } }, [])
    const folder = values.out === undefined ? home : resolvePath(terminal, values.out)
    for (const [name, text] of schemaFiles()) {
      await writeWhole(path.join(folder, name), text)
      terminal.print(path.join(folder, name))
    }
    return 0
  },
}
