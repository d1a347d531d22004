import { describe, expect, it } from 'vitest'
import type { FoundLine } from '../src/layout/types.ts'
import type { LineResult } from '../src/page-line.ts'
import { rowsFromTheRight } from '../src/right-to-left.ts'

/** Rows and columns with what was read on them, from left to right. */
function page(rows: readonly string[], columns: readonly string[] = []): Map<FoundLine, LineResult> {
  const line = (direction: FoundLine['direction'], text: string): [FoundLine, LineResult] => {
    const glyphs = [...text].map((character, index) => ({ text: character, confidence: 0.9, from: index * 20, to: index * 20 + 18 }))
    const found = { direction, box: { x: 0, y: 0, width: 20 * glyphs.length, height: 20 }, em: 20, lean: 0 } as unknown as FoundLine
    return [found, { reading: { text, confidence: 0.9, glyphs }, readings: [] }]
  }
  return new Map([...rows.map((text) => line('horizontal-lr', text)), ...columns.map((text) => line('vertical-rl', text))])
}

/** The rows that are read from the right, as they are read then. */
function turned(results: Map<FoundLine, LineResult>): string[] {
  return [...rowsFromTheRight({ direction: 'vertical-rl' }, results)].map((line) => [...results.get(line)!.reading.text].reverse().join(''))
}

describe('rowsFromTheRight', () => {
  it.each([
    ['a date', ['日五月三年二國民'], ['民國二年三月五日']],
    ['a number, and the row beside it that tells nothing', ['張二第', '聲之湖'], ['第二張', '湖之聲']]
  ])('knows %s', (_, rows, expected) => {
    expect(turned(page(rows))).toEqual(expected)
  })

  it('knows a headline by what the columns below it say', () => {
    expect(turned(page(['寬加橋石'], ['南門外石橋年久失修', '擬將橋面加寬一丈']))).toEqual(['石橋加寬'])
  })

  it.each([
    ['rows set from the left', ['民國二年三月五日', '第二張', '湖之聲']],
    ['rows that tell nothing', ['聲之湖']],
    ['figures and letters', ['1998年5月9日', 'NEWS']]
  ])('leaves %s', (_, rows) => {
    expect(turned(page(rows))).toEqual([])
  })

  it('leaves pages whose lines run across', () => {
    expect(rowsFromTheRight({ direction: 'horizontal-lr' }, page(['日五月三年二國民'])).size).toBe(0)
  })
})
