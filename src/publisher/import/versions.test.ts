import { describe, expect, it } from 'vitest'
import { repealsIn, standings, type Version } from './versions.ts'

const version = (id: string, title: string, published: string, more: Partial<Version> = {}): Version => ({
  id,
  title,
  published,
  days: [],
  text: '',
  ...more,
})
const today = '2025-06-30'

describe('standings', () => {
  it('chains the versions of one title, whether or not the state is named', () => {
    const result = standings(
      [
        version('c', '中华人民共和国船员条例', '2023-07-20'),
        version('a', '船员条例', '2007-04-14'),
        version('b', '中华人民共和国船员条例', '2020-03-27'),
      ],
      today,
    )
    expect(result.get('a')).toEqual({ validity: 'amended', supersededBy: 'b', supersedes: [] })
    expect(result.get('b')).toEqual({ validity: 'amended', supersededBy: 'c', supersedes: ['a'] })
    expect(result.get('c')).toEqual({ validity: 'in-force', supersedes: ['b'] })
  })

  it('leaves the old text in force until the new one is', () => {
    const versions = [
      version('old', '供水条例', '2019-01-01'),
      version('new', '供水条例', '2025-06-01', { effectiveOn: '2025-10-01' }),
    ]
    expect(standings(versions, today).get('old')).toEqual({ validity: 'in-force', supersededBy: 'new', supersedes: [] })
    expect(standings(versions, today).get('new')?.validity).toBe('not-yet')
    expect(standings(versions, '2025-10-01').get('old')?.validity).toBe('amended')
    expect(standings(versions, '2025-10-01').get('new')?.validity).toBe('in-force')
  })

  it('repeals what another regulation names', () => {
    const result = standings(
      [
        version('old', '个体工商户条例', '2016-02-06'),
        version('new', '促进个体工商户发展条例', '2022-10-01', { text: '第三十九条 《个体工商户条例》同时废止。' }),
      ],
      today,
    )
    expect(result.get('old')).toEqual({ validity: 'repealed', supersededBy: 'new', supersedes: [] })
    expect(result.get('new')).toEqual({ validity: 'in-force', supersedes: ['old'] })
  })

  it('does not take the repealed regulation of 1992 for a later one of the same title', () => {
    const text = '本细则自2001年7月1日起施行。1992年12月21日中国专利局发布的《专利法实施细则》同时废止。'
    const result = standings(
      [
        version('a', '专利法实施细则', '2010-01-09', { text, days: ['2001-06-15', '2010-01-09'] }),
        version('b', '专利法实施细则', '2023-12-11', { text, days: ['2001-06-15', '2023-12-11'] }),
      ],
      today,
    )
    expect(result.get('a')?.validity).toBe('amended')
    expect(result.get('b')?.validity).toBe('in-force')
  })

  it('knows the repealed one by its day, and leaves one of another day alone', () => {
    const text = '1998年7月13日国务院发布的《取缔办法》同时废止。'
    const repealing = version('new', '防范条例', '2021-01-26', { text })
    const of = (days: string[]) =>
      standings([version('old', '取缔办法', '2011-01-08', { days }), repealing], today).get('old')?.validity
    expect(of(['1998-07-13'])).toBe('repealed')
    expect(of(['2000-01-01'])).toBe('in-force')
  })

  it('infers nothing from a mention alone', () => {
    const result = standings(
      [
        version('old', '个体工商户条例', '2016-02-06'),
        version('new', '促进条例', '2022-10-01', { text: '依照《个体工商户条例》办理。' }),
      ],
      today,
    )
    expect(result.get('old')).toEqual({ validity: 'in-force', supersedes: [] })
  })
})

describe('repealsIn', () => {
  it('reads several titles with the days before each', () => {
    expect(
      repealsIn(
        '本条例自1995年9月1日起施行。1952年7月29日政务院批准的《甲办法》和一九六五年四月三十日发布的《乙条例》同时废止。',
      ),
    ).toEqual([
      { title: '甲办法', days: ['1952-07-29'] },
      { title: '乙条例', days: ['1965-04-30'] },
    ])
  })
})
