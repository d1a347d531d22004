import { describe, expect, it } from 'vitest'
import { houseLines } from '../../src/labels/house-lines.ts'
import { lawsHold, pageOf } from '../laws.ts'

const profile = { mastheads: ['临湖晚报'], sections: ['城事'], slogans: ['青萝湖畔 一路同行'], kickers: ['湖畔时评'] }

describe('houseLines', () => {
  it('names what the profile lists, whatever blanks and marks stand in it', () => {
    const page = pageOf(['临湖 晚报', '城事', '青萝湖畔，一路同行', '湖畔时评', '湖边的灯今晚都亮了。'])
    const { blocks } = lawsHold(page, [houseLines], { profile })
    expect(blocks.map(({ role }) => role)).toEqual(['masthead', 'section', 'slogan', 'kicker', 'paragraph'])
  })

  it('keeps its hands off a line that only begins so', () => {
    const page = pageOf(['城事之中，湖最要紧。', '临湖晚报社'])
    expect(lawsHold(page, [houseLines], { profile }).changes).toEqual([])
  })
})
