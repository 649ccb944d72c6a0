import { temporaryFolder, writeFiles } from './folder.ts'

/** Settings of a small feed: one unit in each of three roles. */
export const settings = {
  'feed.yaml': `名称: 测试
地区代码: "450100"
角色:
  - 角色: province
    门限: 1
    发布单位: [gx-zfbgt]
  - 角色: city
    门限: 2
    发布单位: [nn-gjj]
  - 角色: district-450122
    门限: 1
    发布单位: [wm-mzj]
`,
  'units.yaml': `- 编号: gx-zfbgt
  名称: 自治区人民政府办公厅
  层级: 自治区
  地区代码: "450000"
- 编号: nn-gjj
  名称: 南宁住房公积金管理中心
  层级: 市
  地区代码: "450100"
- 编号: wm-mzj
  名称: 武鸣区民政局
  曾用名:
    - 名称: 武鸣县民政局
      截止: 2015-12-31
  层级: 区县
  地区代码: "450122"
`,
}

/** The text of a policy; `more` are further front matter lines. */
export const policyText = (id: string, title: string, more: readonly string[] = [], body = '第一条 内容。'): string =>
  record([`编号: ${id}`, '记录类型: 政策', `标题: ${title}`, '发布日期: 2025-03-01', '发文机关: [国务院]', '效力状态: 有效', ...more], body)

/** The text of a news item. */
export const newsText = (id: string, title: string, more: readonly string[] = [], body = '今天的事。'): string =>
  record([`编号: ${id}`, '记录类型: 资讯', `标题: ${title}`, '发布日期: 2025-04-01', ...more], body)

/** The text of a decision with a consultation of the given days. */
export const decisionText = (id: string, opensOn: string, closesOn: string, more: readonly string[] = []): string =>
  record(
    [
      `编号: ${id}`,
      '记录类型: 决策',
      '标题: 关于公交线路的决策',
      '发布日期: 2025-05-01',
      '决策事项: 重大公共建设项目',
      '决策机关: 南宁市人民政府',
      '阶段: 公众参与',
      '征求意见:',
      `  开始日期: ${opensOn}`,
      `  截止日期: ${closesOn}`,
      '  提交渠道:',
      '    - 渠道: 电话',
      '      地址: 12345',
      ...more,
    ],
    '草案说明。',
  )

/** The text of a service item. */
export const serviceText = (id: string, title: string, more: readonly string[] = []): string =>
  record(
    [
      `编号: ${id}`,
      '记录类型: 办事',
      `标题: ${title}`,
      '发布日期: 2025-06-01',
      '事项类型: 公共服务',
      '实施主体: 南宁住房公积金管理中心',
      '是否收费: 否',
      ...more,
    ],
    '',
  )

export const record = (lines: readonly string[], body: string): string => `---\n${lines.join('\n')}\n---\n\n${body}\n`

/** A content folder with these files beside the settings. */
export async function contentFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder()
  await writeFiles(folder, { ...settings, ...files })
  return folder
}

/** A grey PNG of a size; only its header is real. */
export function png(width: number, height: number, bytes = 64): Uint8Array {
  const file = new Uint8Array(bytes)
  const view = new DataView(file.buffer)
  view.setUint32(0, 0x89504e47)
  view.setUint32(4, 0x0d0a1a0a)
  view.setUint32(8, 13)
  view.setUint32(12, 0x49484452)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return file
}
