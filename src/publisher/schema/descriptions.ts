/**
 * What an editor's tool says about a field of a record, by its code name: one table for
 * every kind and depth, beside names.ts. Fields whose name says all are not here.
 */
export const recordDescriptions: Readonly<Record<string, string>> = {
  // every record
  id: '记录的固定编号，发布后不再改动；小写字母、数字，中间可用 - 或 .，如 bs-gjj-tiqu。',
  kind: '政策、决策、办事、资讯之一，决定可以写哪些字段。',
  title: '列表和正文页上显示的标题，最多 120 字。',
  unit: '发布单位的编号，同文件所在的文件夹；可以不写。',
  published: '对外公开的日期，如 2025-07-01。',
  topics: '群众按哪些主题查找它。',
  audiences: '面向哪些人群，如 老年人、残疾人、个体工商户。',
  keywords: '便于检索的词，由编辑选定（政府信息公开条例第二十四条）。',
  summary: '一两句话说清内容，列表下方显示。',
  source: '文字从哪里来。',
  related: '相关记录的编号。',
  demonstration: '演示用的内容写「是」，屏幕上会标出「演示数据」。',
  // policy
  issuers: '每个机关一项，联合发文写几项。',
  documentNumber: '如 国务院令第711号、南府规〔2025〕3号。',
  writtenOn: '签发或通过的日期。',
  effectiveOn: '开始施行的日期。',
  expiresOn: '最后有效的一天。',
  validity: '有效、尚未生效、已修改、废止、失效之一。',
  disclosure: '多为 主动公开。',
  disclosureTerm: '多为 长期公开。',
  history: '公布和历次修订，每次一项，从早到晚。',
  interprets: '本文所解读的政策的编号。',
  supersededBy: '取代本文件的新文件的编号。',
  supersedes: '被本文件取代的旧文件的编号。',
  // decision
  decisionClass: '重大行政决策程序暂行条例第三条规定的五类事项。',
  undertaker: '承办决策的单位。',
  stage: '目前走到法定程序的哪一步。',
  suspended: '决策中止时写明原因；没有中止不写。',
  consultation: '公开征求意见的起止和办法。',
  closesOn: '收意见的最后一天。少于 30 日的要写缩短期限理由（重大行政决策程序暂行条例第十五条）。',
  shortPeriodReason: '征求意见少于 30 日的原因。',
  respondBy: '群众可以通过哪些渠道提意见，至少一项。',
  address: '信函、来访写地址，电话写号码，电子邮件写邮箱。',
  heldAt: '如 2025年7月11日9:00—12:00。',
  seats: '各类参加人的名额，每类一项。',
  outcome: '决策的结果和意见采纳情况。',
  opinions: '收到哪些意见，怎样处理。',
  policy: '由此产生的政策的编号。',
  // service
  basis: '办理依据的法律法规，每部一项。',
  handling: '当场办结的为即办件，其余为承诺件。',
  conditions: '谁可以办、要满足什么，每条一项。',
  materials: '要带的材料，每样一项。',
  necessity: '必要、非必要，或可以容缺后补。',
  sourceChannel: '材料由谁出具，如 申请人自备、公安机关核发。',
  steps: '办理的每一步：谁办、多久、结果是什么。',
  statutoryLimit: '法律法规规定的最长时间。',
  promisedLimit: '本单位承诺的时间。',
  value: '时间的长短；当场办结写 0。',
  measure: '行政许可法所说的「日」是工作日（第八十二条），请写明。',
  visits: '要到现场几次。',
  charged: '是否收费，写「是」或「否」。',
  fees: '收费的项目和标准。',
  places: '办理地点，每处一项。',
  hours: '如 周一至周五 9:00—12:00，13:00—16:30。',
  questions: '群众常问的问题和回答。',
}

/** The same for feed.yaml and units.yaml. */
export const settingsDescriptions: Readonly<Record<string, string>> = {
  id: '单位的固定编号，机构改革后也不改；小写字母、数字，中间可用 - 或 .，也是 records 下面的文件夹名。',
  world: '正式或预览，要与密钥文件夹里的根证书一致；不写就是预览。',
  region: '行政区划代码，六位数字，加引号。',
  roles: '发布角色，每个角色有自己的密钥。',
  role: 'province（自治区）、city（市）或 district- 加区划代码。',
  threshold: '几把密钥签名才有效，即几级审核。',
  units: '哪些单位由这个角色发布，写单位编号。',
  formerNames: '以前的名称，旧文件仍用当时的名称。',
  until: '使用到哪一天。',
}

/** The same for urgent.yaml. */
export const urgentDescriptions: Readonly<Record<string, string>> = {
  notices: '紧急通知，机顶盒最先收取。',
  recalls: '立即撤回的记录，机顶盒收到后马上不再显示；更正以后，删去这一项再发布。',
  id: '通知的固定编号，或要撤回的记录的编号。',
  severity: '红色、橙色、黄色、蓝色之一，红色最高。',
  title: '屏幕上显示的一行字，最多 60 字。',
  text: '通知全文，最多 500 字。',
  validFrom: '从什么时候起显示，北京时间，如 2025-07-01 08:00。',
  validUntil: '显示到什么时候为止，北京时间。',
  unit: '发布单位的编号。撤回的记录文件已经移走时也要写。',
  reason: '为什么撤回，只供运维人员查看。',
}
