import { describe, expect, test } from 'vitest'
import { alignBlocks, blockErrorRate, orderScore } from '../src/index.ts'

const blocks = ['镇上的老码头昨天重新开放，船只靠岸。', '沿线二十三个村的灌溉渠同一天放水。', '集市照旧在周六举行，医生量血压。']

describe('reading order', () => {
  test.each([
    [[0, 1, 2], 1, 1],
    [[2, 1, 0], 0, -1],
    [[1, 0, 2], 2 / 3, 1 / 3]
  ])('blocks read as %j', (order, pairwise, kendall) => {
    const score = orderScore(blocks, order.map((index) => blocks[index]).join('\n'))
    expect(score.pairwise).toBeCloseTo(pairwise, 9)
    expect(score.kendall).toBeCloseTo(kendall, 9)
    expect(score.found).toBe(3)
  })
  test('a block that is not there is not counted', () => {
    expect(orderScore(blocks, `${blocks[2]}\n${blocks[0]}`)).toMatchObject({ found: 2, blocks: 3, pairwise: 0 })
  })
})

describe('passages in any order', () => {
  test('shuffled paragraphs with a misread character and a lost one', () => {
    const text = [blocks[2], blocks[0]!.replace('码', '玛'), blocks[1]!.slice(1)].join('\n')
    expect(blockErrorRate(blocks.join('\n'), text)).toMatchObject({ errors: 2, length: 51 })
  })
  test('a text that stands there twice is found twice, though no part of it is its own', () => {
    const twice = [...blocks, ...blocks].join('\n')
    expect(blockErrorRate(twice, twice).errors).toBe(0)
    // But for a mark or two where passages meet, which are too short to find their place.
    expect(blockErrorRate(twice, [...blocks, ...[...blocks].reverse()].join('\n')).errors).toBeLessThanOrEqual(2)
  })
  test('every character is aligned once at most', () => {
    const a = blocks.join('\n')
    const b = [...blocks, ...blocks].reverse().join('\n')
    const segments = alignBlocks(a, b)
    const used = new Set<number>()
    for (const { bFrom, bTo } of segments) for (let at = bFrom; at < bTo; at++) expect(used.size).toBeLessThan(used.add(at).size)
  })
})
