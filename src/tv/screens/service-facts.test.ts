import { describe, expect, it } from 'vitest'
import type { Service } from '../../feed/records/index.ts'
import { languageOf } from '../language/language.ts'
import { conditionFacts, howLong, howMuch, materialBlocks, moneyFacts, placeFacts, questionBlocks } from './service-facts.ts'

const language = languageOf('zh-CN')

const service = (fields: Partial<Service> = {}): Service => ({
  kind: 'service',
  id: 'jzz',
  title: '居住证首次申领',
  unit: 'nn-gaj',
  published: '2026-01-05',
  body: [],
  serviceType: 'confirmation',
  implementer: '公安派出所',
  charged: false,
  ...fields,
})

describe('how long', () => {
  it('says the promised limit, with the statutory one beside it', () => {
    const item = service({
      promisedLimit: { value: 3, measure: 'working-day' },
      statutoryLimit: { value: 15, measure: 'day', note: '边远地区不超过30日' },
    })
    expect(howLong(item, language)).toEqual({ answer: '3 个工作日', notes: ['法定 15 日'] })
  })

  it('says the statutory limit where nothing was promised, with its note', () => {
    const item = service({ statutoryLimit: { value: 15, measure: 'day', note: '边远地区不超过30日' } })
    expect(howLong(item, language)).toEqual({ answer: '15 日', notes: ['边远地区不超过30日'] })
  })

  it('says that it is done on the spot', () => {
    expect(howLong(service({ statutoryLimit: { value: 0, measure: 'day' } }), language).answer).toBe('当场办结')
  })

  it('invents nothing', () => {
    expect(howLong(service(), language).answer).toBe('以窗口公布为准')
  })
})

describe('how much', () => {
  it('is free, or the one fee, or several', () => {
    expect(howMuch(service(), language).answer).toBe('不收费')
    const one = service({ charged: true, fees: [{ name: '工本费', standard: '20 元/证' }] })
    expect(howMuch(one, language)).toEqual({ answer: '20 元/证', notes: ['工本费'] })
    const two = service({ charged: true, fees: [{ name: '住宅', standard: '80 元' }, { name: '非住宅', standard: '550 元' }] })
    expect(howMuch(two, language)).toEqual({ answer: '收费', notes: ['住宅 80 元', '非住宅 550 元'] })
  })
})

it('lists what to bring with its necessity, form and origin, and every further remark', () => {
  const [table, more] = materialBlocks(
    service({
      materials: [
        { name: '身份证', necessity: 'required', materialType: 'original', copies: 1, sourceChannel: '公安机关', remark: '须在有效期内' },
        { name: '租赁合同', necessity: 'later' },
      ],
    }),
    language,
  )
  expect(table).toMatchObject({
    type: 'table',
    rows: [
      ['1. 身份证', '必须带', '原件、1 份', '公安机关'],
      ['2. 租赁合同', '可以后补', '', ''],
    ],
  })
  expect(more).toEqual({ type: 'paragraph', text: [{ strong: '1. 身份证' }, '　须在有效期内'] })
})

it('carries every fact of places, money, conditions and questions', () => {
  const item = service({
    conditions: ['在居住地居住半年以上'],
    serviceObjects: ['person'],
    places: [{ name: '南宁市民中心', address: '玉洞大道33号', hours: '以窗口公布为准', phone: '12345' }],
    consultPhone: '12345',
    complaintPhone: '12388',
    visits: 1,
    basis: [{ name: '居住证暂行条例', documentNumber: '国务院令第663号', article: '第九条' }],
    result: { name: '居住证', validFor: '每年签注一次' },
    questions: [{ question: '要钱吗？', answer: '首次申领不收费。\n补领另问窗口。' }],
  })
  const said = [...conditionFacts(item, language), ...placeFacts(item, language), ...moneyFacts(item, language)]
  const text = said.map((fact) => `${fact.label ?? ''}${fact.text}`).join('\n')
  for (const word of ['居住半年以上', '个人', '玉洞大道33号', '12388', '到现场 1 次', '《居住证暂行条例》（国务院令第663号）第九条', '每年签注一次']) {
    expect(text).toContain(word)
  }
  expect(questionBlocks(item)).toHaveLength(3)
})
