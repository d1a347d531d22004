import { describe, expect, it } from 'vitest'
import { isJumpLine, parseJump, plainLabel } from '../../src/articles/jump.ts'

describe('parseJump', () => {
  it.each([
    ['（下转A05版）', 'to', 'A05'],
    ['(上接第一版)', 'from', '一'],
    ['▶▶下转A03版', 'to', 'A03'],
    ['上接1版', 'from', '1'],
    ['（紧接第2版）', 'to', '2'],
    ['Continued on page 5', 'to', '5'],
    ['(Continued from Page One)', 'from', 'ONE'],
    ['See FERRY, page 4', 'to', '4'],
    ['Fortsetzung auf Seite 5', 'to', '5'],
    ['(Fortsetzung von Seite 1)', 'from', '1']
  ])('reads %s', (text, direction, pageLabel) => {
    expect(parseJump(text)).toMatchObject({ direction, pageLabel, from: 0, to: text.length })
    expect(isJumpLine(text)).toBe(true)
  })

  it('finds it at the end of a paragraph', () => {
    const text = '施工高峰期有1100多人三班倒（下转A05版）'
    expect(parseJump(text)).toMatchObject({ direction: 'to', pageLabel: 'A05', from: 15, to: text.length })
    expect(isJumpLine(text)).toBe(false)
  })

  it.each(['路线图详见第3页的说明', '该路段由下转上，共3层', 'See page', 'The work was continued on the fifth day'])(
    'sees none in %s',
    (text) => expect(parseJump(text)).toBeUndefined()
  )

  it('knows one page by several labels', () => {
    expect(['A05', 'A5', '第五版', '五', '５', 'ONE'].map(plainLabel)).toEqual(['A5', 'A5', '5', '5', '5', '1'])
  })

  it('does not choke on a long text', () => {
    expect(parseJump('下转'.repeat(1_000_000))).toBeUndefined()
  })
})
