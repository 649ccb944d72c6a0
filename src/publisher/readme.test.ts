import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { readRecord } from './content/record.ts'
import { checkSettings, readFeedSettings, readUnits } from './content/settings.ts'

/** The examples that editors copy from. */
const examples = [
  ...readFileSync(path.join(import.meta.dirname, 'README.md'), 'utf8').matchAll(/```(markdown|yaml)\n([^]*?)```/gu),
].map(([, language, text = '']) => ({ language, text }))
const noPicture = () => ({ message: '没有图片。', mend: '放入图片。' })

it('the README has a right example of each kind', () => {
  const read = examples.filter(({ language }) => language === 'markdown').map(({ text }) => readRecord(text, 'nn-gjj', noPicture))
  expect(read.flatMap(({ findings }) => findings)).toEqual([])
  expect(read.map(({ record }) => record?.kind)).toEqual(['policy', 'decision', 'service', 'news'])
})

it('and right settings', () => {
  const [feed = '', units = ''] = examples.filter(({ language }) => language === 'yaml').map(({ text }) => text)
  const [feedFile, unitsFile] = [readFeedSettings(feed), readUnits(units)]
  expect([...feedFile.problems, ...unitsFile.problems, ...checkSettings(feedFile, unitsFile)]).toEqual([])
  expect(feedFile.value?.roles[0]?.threshold).toBe(3)
})
