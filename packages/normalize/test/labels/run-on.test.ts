import type { Line, Page } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { runOnCredit } from '../../src/labels/run-on-credit.ts'
import { runOnCrosshead } from '../../src/labels/run-on-crosshead.ts'
import { blockTexts, lawsHold } from '../laws.ts'

const em = 30

/** One region of lines, each with its blank before it in ems. */
function region(...lines: readonly (readonly [before: number, text: string])[]): Page {
  return {
    id: 'p01',
    image: { href: 'p01.png', width: 1000, height: 2000, sha256: '0'.repeat(64) },
    regions: [
      {
        type: 'text',
        id: 'r1',
        role: 'paragraph',
        lines: lines.map(
          ([before, text], index): Line => ({
            id: `r1l${index + 1}`,
            text,
            box: { x: 100 + before * em, y: 100 + index * em * 1.4, width: text.length * em, height: Math.round(0.94 * em) }
          })
        )
      }
    ],
    processing: []
  }
}

describe('runOnCrosshead', () => {
  it('cuts a short line off before the blank of a paragraph', () => {
    const page = region(
      [2, '账本里的变化'],
      [2, '未来五年本市将做强'],
      [0, '做优渔业和旅游，放大风'],
      [0, '电的长处，建一座新的码'],
      [0, '头。']
    )
    expect(blockTexts(lawsHold(page, [runOnCrosshead]))).toEqual([
      '账本里的变化',
      '未来五年本市将做强做优渔业和旅游，放大风电的长处，建一座新的码头。'
    ])
  })

  it('keeps its hands off a last line that ends a sentence, and off a poem', () => {
    const prose = region(
      [2, '昨天下午最后一车沥'],
      [0, '青摊铺完成。'],
      [2, '今天上午十时起社会'],
      [0, '车辆可以驶入，路标已经'],
      [0, '装好，灯也都亮了起来了']
    )
    const poem = region([1, '船是慢的'], [2, '湖也是慢的'], [1, '只有风'], [2, '是快的'], [1, '灯一盏盏亮'])
    for (const page of [prose, poem]) expect(lawsHold(page, [runOnCrosshead]).changes).toEqual([])
  })
})

describe('runOnCredit', () => {
  it('cuts the names off behind the last sentence', () => {
    const page = region([2, '请退役运动员兼职任'], [0, '教。'], [5, '通讯员巩大鹏'])
    expect(blockTexts(lawsHold(page, [runOnCredit]))).toEqual(['请退役运动员兼职任教。', '通讯员巩大鹏'])
  })
})
