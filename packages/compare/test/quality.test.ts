import { describe, expect, test } from 'vitest'
import { combineGrades, gradePage } from '../src/index.ts'
import { change, cleanPage, pageOf } from './pages.ts'

const english =
  'The last ferry left the quay on Monday evening, and a small crowd watched from the wall. Fifty years ago she had carried the mail every morning. The harbour board will sell her in the spring.'
const german =
  'Die letzte Fähre verließ am Montag den Hafen, und viele Leute standen am Ufer. Vor fünfzig Jahren hatte sie jeden Morgen die Post gebracht. Im Frühjahr wird sie verkauft.'
const chinese = '镇上的老码头昨天重新开放，来自下游的船只在午后陆续靠岸。'
const traditional = '鎮上的老碼頭昨天重新開放，來自下游的船隻在午後陸續靠岸。'
const misread =
  'Tlie 1ast fe~rv lcft tlie qiiay 0n M0nday evcniiig, aud a srnall cr0wd vvatched fr*m tbe waII. F1fty ycars ag0 sbe liad caried tbe rnail evcry m0rniiig.'

const gradeOf = (text: string): string => gradePage(cleanPage(pageOf('p', text), [])).grade

describe('grades without the truth', () => {
  test.each([
    ['English', english],
    ['German', german],
    ['Chinese', chinese],
    ['traditional Chinese', traditional]
  ])('correct %s is A, with and without knowing the language', (_, text) => {
    expect(gradeOf(text)).toBe('A')
  })
  test('a garbled page is far from A', () => {
    expect(gradeOf(misread) > 'C').toBe(true)
  })
  test('what print never has, costs', () => {
    const clean = cleanPage(pageOf('p', '县里在13月42日派来的医生（会在茶馆门口量血压。'), [])
    expect(gradePage(clean).blocks[0]!.findings.map((finding) => finding.kind)).toEqual(['date', 'date', 'unclosed'])
    expect(gradePage(clean).grade).not.toBe('A')
  })
  test('an engine that was unsure of half the page gives it away', () => {
    const page = pageOf('p', chinese)
    const [region] = page.regions
    const unsure = region!.type === 'text' ? { ...region!, lines: region!.lines.map((line) => ({ ...line, confidence: 0.6 })) } : region!
    expect(gradePage(cleanPage({ ...page, regions: [unsure] }, [])).grade).toBe('E')
  })
  test('the worst twentieth shows a bad spot in a good page', () => {
    const page = pageOf('p', english, misread)
    const grade = gradePage(cleanPage(page, []))
    expect(grade.low).toBeLessThan(grade.score)
    expect(grade.blocks[0]!.grade).toBe('A')
    expect(grade.blocks[1]!.grade > 'C').toBe(true)
  })
  test('doubts of cleaning stand among the findings; the blocks together are the page', () => {
    const clean = cleanPage(pageOf('p', chinese), [change({ kind: 'flag', region: 'r1', from: 0, to: 2, before: '镇上' })])
    const grade = gradePage(clean)
    expect(grade.blocks[0]!.findings).toMatchObject([{ kind: 'flag', from: 0, to: 2 }])
    expect(combineGrades(grade.blocks).score).toBe(grade.score)
  })
})
