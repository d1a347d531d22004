import { rawText, textRegions } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { ReadError, readText } from '../../src/read/index.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const texts = (bytes: Uint8Array, encoding?: string): string[] =>
  textRegions(readText(bytes, { id: 'p1', ...(encoding ? { encoding } : {}) }).page).map(rawText)

describe('readText', () => {
  it('makes a region of every line that holds anything, named by its number in the file', () => {
    const { page, problems } = readText(utf8('城东大桥通车\r\n\r\n  \n　　昨日上午，城东大桥正式通车。 \n'), {
      id: 'a01',
      language: 'zh-Hans'
    })
    expect(page.id).toBe('a01')
    expect(page.language).toBe('zh-Hans')
    expect(page.regions).toEqual([
      { type: 'text', id: 'r1', role: 'paragraph', lines: [{ id: 'l1', text: '城东大桥通车' }] },
      { type: 'text', id: 'r4', role: 'paragraph', lines: [{ id: 'l4', text: '昨日上午，城东大桥正式通车。', indent: 2 }] }
    ])
    expect(problems).toEqual([])
  })

  it('keeps one paragraph a line where lines follow each other without blank lines', () => {
    const lines = [
      '市民服务中心昨日启用',
      '市民服务中心昨日在新址启用，首日共接待来访市民一千二百余人次，办理各类事项八百多件。',
      '中心主任介绍说，今后周末照常开放。',
      '据了解，新址共设窗口六十个，较原先增加一倍，并为老人设了专席。',
      '记者 林溪',
      '雨季将至 河道清淤提前完成',
      '水务局表示，今年清淤比往年提早了二十天。',
      '图：工人在清理河道。'
    ]
    expect(texts(utf8(lines.join('\n')))).toEqual(lines)
  })

  it('puts lines broken at a fixed width back into their paragraphs', () => {
    const file = [
      '　　老城的修鞋匠老周在巷口摆了',
      '三十年的摊，从青丝熬到了白头。',
      '他说，鞋子跟人一样，走得久了总',
      '要歇一歇，补一补，再上路就稳当',
      '多了。',
      '　　每天清早六点，他推着那辆旧',
      '三轮车出门，车上的木箱里装着锥',
      '子、麻线和一把用了半辈子的小铁',
      '锤。'
    ]
    const { page } = readText(utf8(file.join('\n')), { id: 'p' })
    expect(textRegions(page).map((region) => [region.id, region.lines.length])).toEqual([
      ['r1', 5],
      ['r6', 4]
    ])
    expect(rawText(textRegions(page)[1]!)).toBe(
      '每天清早六点，他推着那辆旧三轮车出门，车上的木箱里装着锥子、麻线和一把用了半辈子的小铁锤。'
    )
  })

  it('puts blanks between the words of broken English lines', () => {
    const file = [
      'The ferry that has carried the people of the east',
      'bank to market since before the war will make its',
      'last crossing on Saturday, when the new bridge is',
      'opened by the Mayor.',
      '',
      'The boatmen, of whom there are eleven, have been',
      'offered places with the harbour board, and most of',
      'them have taken what was offered, though not with',
      'much joy.'
    ]
    expect(texts(utf8(file.join('\n')))).toEqual([file.slice(0, 4).join(' '), file.slice(5).join(' ')])
  })

  it('leaves verse in its lines', () => {
    const verse = [
      '湖上微风起，',
      '扁舟一叶轻。',
      '芦花深处里，',
      '隐约有人声。',
      '远岸灯初上，',
      '孤城月正明。',
      '归来无一事，',
      '闲坐数残更。'
    ]
    expect(texts(utf8(verse.join('\n')))).toEqual(verse)
  })

  it('reads what a byte order mark says', () => {
    const text = '临湖晚报'
    const units = Uint16Array.from([...`\ufeff${text}`].map((char) => char.charCodeAt(0)))
    const little = new Uint8Array(units.buffer)
    const big = Uint8Array.from(little, (_, index) => little[index ^ 1]!)
    expect(texts(little)).toEqual([text])
    expect(texts(big)).toEqual([text])
    expect(texts(utf8(`\ufeff${text}`))).toEqual([text])
  })

  it('recognises GB18030 and Big5 and says so', () => {
    // 今天的天气很好, 我们去公园 in GB18030; 今天的天氣很好 in Big5.
    const gb = Uint8Array.from(
      'bdf1ccecb5c4ccecc6f8badcbac3a3acced2c3c7c8a5b9abd4b0'.match(/../g)!.map((byte) => Number.parseInt(byte, 16))
    )
    const big5 = Uint8Array.from('a4b5a4d1aabaa4d1aef0abdca66e'.match(/../g)!.map((byte) => Number.parseInt(byte, 16)))
    expect(texts(gb)).toEqual([new TextDecoder('gb18030').decode(gb)])
    expect(readText(gb, { id: 'p' }).problems[0]!.message).toContain('gb18030')
    expect(texts(big5)).toEqual(['今天的天氣很好'])
    expect(texts(gb, 'gb18030')).toHaveLength(1)
    expect(readText(gb, { id: 'p', encoding: 'gb18030' }).problems).toEqual([])
  })

  it('says which byte is broken, and refuses what is no text', () => {
    const bytes = utf8('本报讯 城东大桥昨日通车。'.repeat(20))
    bytes[100] = 0xff
    const { page, problems } = readText(bytes, { id: 'p' })
    expect(problems[0]!.message).toMatch(/^[1-3] places are not UTF-8, the first at byte (98|99|100)/)
    expect(rawText(textRegions(page)[0]!)).toContain('\ufffd')
    expect(() => readText(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xfe, 0xed, 0xfa, 0xce), { id: 'p' })).toThrow(ReadError)
    expect(() => readText(bytes, { id: 'p', encoding: 'klingon' })).toThrow('Expected the name of an encoding')
  })

  it('survives what files hold: nothing, control characters, a line of ten million characters', () => {
    expect(readText(new Uint8Array(0), { id: 'p' })).toMatchObject({
      page: { regions: [] },
      problems: [{ message: 'The file holds no text' }]
    })
    expect(readText(utf8('甲\u0000乙'), { id: 'p' }).problems).toEqual([
      { message: 'The file holds 1 control characters; they are kept as they stand' }
    ])
    expect(texts(utf8(`${' '.repeat(5_000_000)}甲${' '.repeat(5_000_000)}乙`))[0]).toHaveLength(5_000_002)
  })
})
