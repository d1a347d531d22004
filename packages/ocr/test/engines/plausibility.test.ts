import { describe, expect, test } from 'vitest'
import type { LineGlyph, LineReading } from '../../src/engine.ts'
import { fitOf } from '../../src/engines/plausibility.ts'
import { drawLine } from './lines.ts'

const em = 32
const pad = Math.round(em * 0.2)

/** The characters of a drawn line as they were read, `·` for one that was passed over. */
function readAs(text: string, confidence = 0.99): LineReading {
  const glyphs = [...text].flatMap((char, index): LineGlyph[] =>
    char === '·' ? [] : [{ text: char, confidence, from: pad + index * em + 4, to: pad + (index + 1) * em - 4 }]
  )
  return { text: text.replaceAll('·', ''), confidence, glyphs }
}

describe('fitOf', () => {
  test('finds ink on which nothing was read', async () => {
    const line = await drawLine('田日中王田日')
    expect(fitOf(line, readAs('田日中王田日'))).toMatchObject({ holes: [], implausible: false })
    const { holes, implausible, score } = fitOf(line, readAs('田日··田日'))
    expect(implausible).toBe(true)
    expect(holes).toHaveLength(1)
    expect(holes[0]!.from).toBeGreaterThanOrEqual(pad + 1.9 * em)
    expect(holes[0]!.to).toBeLessThanOrEqual(pad + 4.1 * em)
    expect(score).toBeLessThan(fitOf(line, readAs('田日中王田日')).score)
  })

  test('finds what is missing at the ends, and a line of which nothing was read', async () => {
    const line = await drawLine('田日中王田日')
    expect(fitOf(line, readAs('··中王田日')).holes).toHaveLength(1)
    expect(fitOf(line, readAs('田日中王··')).holes).toHaveLength(1)
    expect(fitOf(line, { text: '', confidence: 0, glyphs: [] })).toMatchObject({ score: 0, implausible: true })
  })

  test('takes a guess for no reading', async () => {
    const line = await drawLine('田日中王田日')
    const reading = readAs('田日中王田日')
    const glyphs = reading.glyphs.map((glyph, index) => (index === 2 ? { ...glyph, confidence: 0.2 } : glyph))
    expect(fitOf(line, { ...reading, glyphs }).holes).toHaveLength(1)
  })

  test('takes a wide blank for no hole', async () => {
    expect(fitOf(await drawLine('田日  田日'), readAs('田日··田日'))).toMatchObject({ holes: [], implausible: false })
  })

  test('doubts more characters than have room, and what was read without confidence', async () => {
    const line = await drawLine('田日中王田日')
    const crowd = readAs('田日中王田日')
    const glyphs = crowd.glyphs.flatMap((glyph) => [
      { ...glyph, to: glyph.from + 10 },
      { ...glyph, from: glyph.from + 12 }
    ])
    expect(fitOf(line, { ...crowd, text: glyphs.map(({ text }) => text).join(''), glyphs }).implausible).toBe(true)
    expect(fitOf(line, readAs('田日中王田日', 0.6)).implausible).toBe(true)
  })

  test('asks for nothing where there is nothing', async () => {
    const paper = { ...(await drawLine('    ')) }
    expect(fitOf(paper, { text: '', confidence: 0, glyphs: [] }).implausible).toBe(false)
  })

  test('follows vertical lines', async () => {
    const line = await drawLine('田日中王田日', em, 'vertical-rl')
    expect(fitOf(line, readAs('田日··田日')).holes).toHaveLength(1)
    expect(fitOf(line, readAs('田日中王田日')).holes).toHaveLength(0)
  })
})
