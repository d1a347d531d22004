import { describe, expect, it } from 'vitest'
import { parseDateline } from '../../src/articles/dateline.ts'

describe('parseDateline', () => {
  it.each([
    ['临湖2月27日讯 环湖快速路昨天贯通。', '临湖2月27日讯', '环湖'],
    ['本报讯 昨天上午，市住房保障中心座无虚席。', '本报讯', '昨天'],
    ['本报9月26日讯 昨天下午', '本报9月26日讯', '昨天'],
    ['本市訊 南門外石橋，為城廂往來要道', '本市訊', '南門'],
    ['本報專訪 本市米價', '本報專訪', '本市'],
    ['（臨湖廿四日電）輪渡昨已復航', '臨湖廿四日電', '輪渡'],
    ['【本报讯】昨天上午', '本报讯', '昨天'],
    ['PORT ELDON, Tuesday. The Heron made her last crossing.', 'PORT ELDON, Tuesday.', 'The'],
    ['BERLIN, 3 March. The council met.', 'BERLIN, 3 March.', 'The'],
    ['Wien, 5. Mai. Der Rat trat zusammen.', 'Wien, 5. Mai.', 'Der'],
    ['AT THE PRIORY GROUND. A remarkable last over', 'AT THE PRIORY GROUND.', 'A']
  ])('reads %s', (text, words, next) => {
    const dateline = parseDateline(text)
    expect(dateline?.text).toBe(words)
    expect(text.slice(dateline?.to)).toMatch(new RegExp(`^${next}`))
  })

  it('reads the names behind it', () => {
    expect(parseDateline('本报讯（记者 汪宁 通讯员 卢晓棠）昨天上午')).toEqual({
      text: '本报讯',
      to: 18,
      credits: [
        { role: 'reporter', name: '汪宁' },
        { role: 'correspondent', name: '卢晓棠' }
      ]
    })
  })

  it.each([
    '本报记者昨天走访了三个小区。',
    '2月27日，全市召开大会。',
    '通讯员卢晓棠说，他不知道。',
    '（二十四日）輪渡昨已復航',
    'The Heron, the last ferry, left on Tuesday.',
    ''
  ])('sees none in %s', (text) => expect(parseDateline(text)).toBeUndefined())
})
