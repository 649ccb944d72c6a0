import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { corpus } from '../testing/folder.ts'
import { toBlocks } from './markdown.ts'

const picture = (name: string) =>
  name === 'map.png'
    ? { target: 'city/images/map.png', width: 640, height: 360 }
    : { message: `没有「${name}」。`, mend: '放入图片。' }
const read = (body: string) => toBlocks(body, 10, picture)
const blocks = (body: string) => {
  const { blocks: found, findings } = read(body)
  expect(findings).toEqual([])
  return found
}

describe('what blocks carry', () => {
  it('headings of three levels', () => {
    expect(blocks('## 第一章　总则\n\n### 第一节 一般规定\n\n#### 一、说明')).toEqual([
      { type: 'heading', level: 1, text: ['第一章　总则'] },
      { type: 'heading', level: 2, text: ['第一节 一般规定'] },
      { type: 'heading', level: 3, text: ['一、说明'] },
    ])
  })

  it('paragraphs with bold', () => {
    expect(blocks('带上**身份证**原件。\n\n**注意**')).toEqual([
      { type: 'paragraph', text: ['带上', { strong: '身份证' }, '原件。'] },
      { type: 'paragraph', text: [{ strong: '注意' }] },
    ])
  })

  it('line ends inside a paragraph: nothing between Chinese, a space between Latin', () => {
    expect(blocks('第一行，\n第二行 end\nof line\n结束。')).toEqual([
      { type: 'paragraph', text: ['第一行，第二行 end of line结束。'] },
    ])
  })

  it('lists', () => {
    expect(blocks('- 甲\n- **乙**项\n\n3. 丙\n4. 丁')).toEqual([
      { type: 'list', items: [['甲'], [{ strong: '乙' }, '项']] },
      { type: 'list', start: 3, items: [['丙'], ['丁']] },
    ])
  })

  it('a loose list stays one list', () => {
    expect(blocks('- 甲\n\n- 乙\n\n正文')).toEqual([
      { type: 'list', items: [['甲'], ['乙']] },
      { type: 'paragraph', text: ['正文'] },
    ])
  })

  it('tables with a caption', () => {
    expect(blocks('表：收费\n\n| 项目 | 标准 |\n| --- | --- |\n| 工本费 | 10元 |\n| 其他 | |')).toEqual([
      { type: 'table', caption: '收费', head: ['项目', '标准'], rows: [['工本费', '10元'], ['其他', '']] },
    ])
  })

  it('pictures', () => {
    expect(blocks('![办事大厅位置](map.png "大厅在三楼")')).toEqual([
      { type: 'image', target: 'city/images/map.png', width: 640, height: 360, alt: '办事大厅位置', caption: '大厅在三楼' },
    ])
  })

  it('notes', () => {
    expect(blocks('> 换证要交回旧证。\n>\n> 别忘了。')).toEqual([
      { type: 'note', text: ['换证要交回旧证。'] },
      { type: 'note', text: ['别忘了。'] },
    ])
  })

  it('centred and right-aligned paragraphs', () => {
    expect(blocks('{居中}二〇二五年第一号\n\n{居右} **南宁市人民政府**')).toEqual([
      { type: 'paragraph', text: ['二〇二五年第一号'], align: 'center' },
      { type: 'paragraph', text: [{ strong: '南宁市人民政府' }], align: 'end' },
    ])
  })

  it('text that only looks like markup', () => {
    expect(blocks('1.北纬33度\n\n3 * 4 = 12\n\n\\*\\*原样\\*\\*\n\nCO2 < 5% & 其他\n\n第[三]项')).toEqual([
      { type: 'paragraph', text: ['1.北纬33度'] },
      { type: 'paragraph', text: ['3 * 4 = 12'] },
      { type: 'paragraph', text: ['**原样**'] },
      { type: 'paragraph', text: ['CO2 < 5% & 其他'] },
      { type: 'paragraph', text: ['第[三]项'] },
    ])
  })
})

describe('what no block can carry is refused, with its line', () => {
  it.each([
    ['# 标题', 10, '一级标题'],
    ['##### 太深', 10, '太深'],
    ['好\n\n##', 12, '标题是空的'],
    ['文字\n---', 10, '变成标题'],
    ['甲\n\n---\n\n乙', 12, '分隔线'],
    ['看<br>这里', 10, 'HTML'],
    ['<div>\n看\n</div>', 10, 'HTML'],
    ['<!-- 记得改 -->', 10, 'HTML 标记或注释'],
    ['甲\n\n    缩进四格', 12, '代码块'],
    ['```\n码\n```', 10, '代码块'],
    ['按`回车`键', 10, '代码标记'],
    ['见[官网](http://a.cn)', 10, '链接'],
    ['<http://a.cn>', 10, '链接'],
    ['[a]: http://a.cn', 10, '链接定义'],
    ['有*斜体*字', 10, '斜体'],
    ['有 _斜体_ 字', 10, '斜体'],
    ['删~~去~~', 10, '删除线'],
    ['文[^1]字', 10, '脚注'],
    ['一行  \n二行', 10, '强制换行'],
    ['一行\\\n二行', 10, '强制换行'],
    ['甲\n乙**“引号”**丙', 10, '加粗标记'],
    ['- 甲\n  - 乙', 11, '列表里面还有列表'],
    ['- 甲\n\n  第二段', 12, '不止一段'],
    ['- [ ] 待办', 10, '任务框'],
    ['- 甲\n-', 11, '空的一项'],
    ['> - 甲', 10, '提示段落'],
    ['> ## 标题', 10, '提示段落'],
    ['文字![图](map.png)文字', 10, '图片和文字混在一段'],
    ['![](map.png)', 10, '没有文字说明'],
    ['![图](none.png)', 10, '没有「none.png」'],
    ['![图](a b.png)', 10, '图片或链接写法不对'],
    ['| 甲 | 乙 |\n| --- | --- |\n| 1 |', 12, '这一行有 1 格'],
    ['| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 | 3 |', 12, '这一行有 3 格'],
    ['| 甲 | 乙 |\n| :-: | --- |\n| 1 | 2 |', 10, '对齐标记'],
    ['| **甲** | 乙 |\n| --- | --- |', 10, '不能加粗'],
    ['乱\uFFFD码', 10, '乱码'],
    ['造\uE000字', 10, '自造字'],
    ['{居中}', 10, '后面没有文字'],
  ])('%j', (body, line, message) => {
    const [finding] = read(body).findings
    expect(finding?.message).toContain(message)
    expect(finding?.line).toBe(line)
    expect(finding?.mend).not.toBe('')
  })

  it('reports all of them at once', () => {
    expect(read('# 标题\n\n看<br>\n\n- 甲\n  - 乙').findings.map(({ line }) => line)).toEqual([10, 12, 15])
  })
})

/** A link definition's first bracket makes the whole body go through the parser; as text it changes nothing. */
const throughParser = (body: string) => toBlocks(`${body}\n\n第[一]项`, 1, picture).blocks.slice(0, -1)

describe('plain paragraphs, which do not go through the parser', () => {
  it.each([
    '甲\n\n乙\n\n丙',
    '- 甲\n\n乙\n\n  丙',
    '> 甲\n乙\n\n丙',
    '## 甲\n乙\n\n丙\n丁',
    '第一条 甲。  \n\n  \n\n（一）乙；\n\n(二)丙',
    '+ 甲\n\n乙\n\n1. 丙\n\n丁',
    '| 甲 |\n| --- |\n| 乙 |\n\n丙',
    '## #\n\n## 甲 ##\n\n##乙\n\n## \u3000丙',
    '甲\n===\n\n乙 \\* 丙\n\n1986年发布',
    '2个以上海关\n\n“引号”开头\n\n\u3000\u3000空格开头',
  ])('come out as from the parser: %j', (body) => {
    expect(toBlocks(body, 1, picture).blocks).toEqual(throughParser(body))
  })

  it.runIf(existsSync(corpus))('come out as from the parser for real regulations', () => {
    for (const name of readdirSync(corpus).filter((_, i) => i % 10 === 0)) {
      const body = readFileSync(path.join(corpus, name), 'utf8').split('<!-- INFO END -->')[1] ?? ''
      expect(toBlocks(body, 1, picture).blocks, name).toEqual(throughParser(body))
    }
  })
})
