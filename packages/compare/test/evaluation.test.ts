import { describe, expect, test } from 'vitest'
import {
  accuracy,
  evaluatePage,
  formatEvaluation,
  summarizeEvaluations,
  truthOfBlocks,
  truthOfMarkdown,
  truthOfPage
} from '../src/index.ts'
import { change, cleanPage, pageOf } from './pages.ts'

const truthOf = (...texts: readonly string[]) => truthOfPage(pageOf('p01', ...texts), 'none')

describe('truth', () => {
  test('Markdown: front matter and comments go, headings begin articles, lines of a paragraph are one', () => {
    const truth = truthOfMarkdown(
      'p01',
      '---\ntitle: x\n---\n\n## 河堤修复\n*工程完工*\n\n沿线二十三个村\n同一天放水。<!-- p -->\n\n> 新修的**河堤**。\n\n## 二\n\n[a]: b\n'
    )
    expect(truth.roles).toBe('headings')
    expect(truth.blocks).toEqual([
      { text: '河堤修复', role: 'heading', article: '1' },
      { text: '工程完工', role: 'paragraph', article: '1' },
      { text: '沿线二十三个村同一天放水。', role: 'paragraph', article: '1' },
      { text: '新修的河堤。', role: 'paragraph', article: '1' },
      { text: '二', role: 'heading', article: '2' }
    ])
  })
  test('English lines are joined with a blank, escapes are characters', () => {
    expect(truthOfMarkdown('p', 'one\ntwo \\* three [four](x)\n').blocks).toEqual([{ text: 'one two * three four', role: 'paragraph' }])
  })
})

describe('accuracy', () => {
  test('order counts for the error rate, not for bag and matched passages', () => {
    const [a, b] = ['镇上的老码头昨天重新开放。', '来自下游的船只在午后陆续靠岸，随船的货物包括茶叶和布匹。']
    const { cer, bag, blocks } = accuracy(`${a}\n${b}`, `${b}\n${a}`)
    expect(cer.errors).toBeGreaterThan(10)
    expect(bag.errors).toBe(0)
    expect(blocks.errors).toBe(0)
  })
  test('line ends in Chinese are nothing, width counts unless folded', () => {
    const { cer, folded } = accuracy('他说：好。', '他说:\n好。')
    expect(cer).toEqual({ errors: 1, length: 5 })
    expect(folded.errors).toBe(0)
  })
})

describe('a page against the truth', () => {
  const page = pageOf(
    'p01',
    '镇上的老码头昨天重新开放，来自下游的',
    '另一条消息说集市照旧在周六举行。',
    '船只在午后陆续靠岸，随船的货物包括茶叶和布匹。',
    '河堤修复工程已经完工,村民放心。'
  )
  const truth = truthOf(
    '镇上的老码头昨天重新开放，来自下游的船只在午后陆续靠岸，随船的货物包括茶叶和布匹。',
    '另一条消息说集市照旧在周六举行。',
    '河堤修复工程已经完工，村民放心。'
  )
  const join = change({ kind: 'join', region: 'r1', from: 18, target: { region: 'r3', at: 0 }, glue: '' })
  const comma = change({ kind: 'replace', rule: 'marks', region: 'r4', from: 10, to: 11, before: ',', after: '，' })
  const harm = change({ kind: 'replace', rule: 'bold', region: 'r2', from: 6, to: 8, before: '集市', after: '集体' })
  const flag = change({ kind: 'flag', rule: 'doubt', region: 'r2', from: 0, to: 2, before: '另一' })

  test('a displaced join is found, a comma put right, a right word harmed, a doubt raised for nothing', () => {
    const result = evaluatePage(cleanPage(page, [join, comma, harm, flag]), truth)
    expect(result.joins).toEqual({ adjacent: { truth: 0, found: 0, wrong: 0 }, displaced: { truth: 1, found: 1, wrong: 0 } })
    expect(result.rules.find((rule) => rule.rule === 'marks')).toMatchObject({ right: 1, wrong: 0, help: 1, harm: 0 })
    expect(result.rules.find((rule) => rule.rule === 'bold')).toMatchObject({ right: 0, wrong: 1, harm: 1 })
    expect(result.rules.find((rule) => rule.rule === 'doubt')).toMatchObject({ flaggedRight: 0, flaggedWrong: 1 })
    expect(result.wrong).toEqual({ all: 1, changed: 1, marked: 0, missed: 0 })
    expect(result.clean.cer).toEqual({ errors: 1, length: 73 })
  })
  test('without the join it is missed, with another it is wrong', () => {
    const other = change({ kind: 'join', region: 'r1', from: 18, target: { region: 'r2', at: 0 }, glue: '' })
    expect(evaluatePage(cleanPage(page, []), truth).joins.displaced).toEqual({ truth: 1, found: 0, wrong: 0 })
    expect(evaluatePage(cleanPage(page, [other]), truth).joins.adjacent).toEqual({ truth: 0, found: 0, wrong: 1 })
    expect(evaluatePage(cleanPage(page, [other]), truth).wrong.missed).toBe(1)
  })
  test('labels and articles are scored where the truth has them', () => {
    const clean = cleanPage(pageOf('p01', 'heading|河堤修复', '沿线的村子同一天放水。', '镇上的老码头重新开放了。'), [])
    const known = truthOfBlocks(
      'p01',
      cleanPage(pageOf('p01', 'heading|河堤修复', '沿线的村子同一天放水。', 'caption|镇上的老码头重新开放了。'), []).blocks,
      (id) => (id === 'r3' ? 'b' : 'a')
    )
    const result = evaluatePage(clean, known, { articleOf: () => 'one' })
    expect(result.labels).toEqual({ blocks: 3, right: 2, confusions: { 'caption read as paragraph': 1 } })
    expect(result.grouping).toEqual({ both: 1, resultOnly: 2, truthOnly: 0 })
    expect(evaluatePage(clean, truthOf('河堤修复')).labels).toBeUndefined()
  })
  test('together: worst page first, intervals from five pages on, harm for every 10,000 characters', () => {
    const pages = ['p1', 'p2', 'p3', 'p4', 'p5'].map((id, index) => ({
      ...evaluatePage(cleanPage(page, index === 3 ? [join, harm] : [join]), truth),
      page: id
    }))
    const whole = summarizeEvaluations(pages)
    expect(whole.pages[0]!.page).toBe('p4')
    expect(whole.clean.cer).toMatchObject({ errors: 6, length: 365 })
    expect(whole.clean.cer.interval!.low).toBeLessThan(6 / 365)
    expect(whole.clean.cer.interval!.high).toBeGreaterThan(6 / 365)
    expect(summarizeEvaluations(pages.slice(0, 4)).clean.cer.interval).toBeUndefined()
    expect(whole.harm.errors).toBe(1)
    expect(formatEvaluation(whole)).toContain('harm per 10,000 characters')
  })
})
