import { describe, expect, test } from 'vitest'
import type { Engine, LineGlyph, LineImage, LineReading } from '../../src/engine.ts'
import { lookAgain, withHolesFilled } from '../../src/engines/look-again.ts'
import { drawLine } from './lines.ts'

const em = 32
const pad = Math.round(em * 0.2)

function readAs(text: string, confidence = 0.99): LineReading {
  const glyphs = [...text].flatMap((char, index): LineGlyph[] =>
    char === '·' ? [] : [{ text: char, confidence, from: pad + index * em + 4, to: pad + (index + 1) * em - 4 }]
  )
  return { text: text.replaceAll('·', ''), confidence: glyphs.length > 0 ? confidence : 0, glyphs }
}

/** Answers by the height of what it is shown: a line as it was cut, cut closer, or with more paper. */
function engineBy(name: string, answer: (image: LineImage) => LineReading, seen: LineImage[] = []): Engine {
  return {
    name,
    version: '1',
    fingerprint: name,
    languages: ['zh-Hans'],
    async readLines(lines) {
      seen.push(...lines)
      return lines.map(answer)
    },
    close: async () => {}
  }
}

describe('lookAgain', () => {
  test('asks once where a reading fits its ink', async () => {
    const line = await drawLine('田日中王')
    const seen: LineImage[] = []
    const spare: LineImage[] = []
    const engine = lookAgain(
      engineBy('a', () => readAs('田日中王'), seen),
      engineBy('b', () => readAs('口'), spare)
    )
    expect(await engine.readLines([line])).toEqual([readAs('田日中王')])
    expect([seen.length, spare.length]).toEqual([1, 0])
  })

  test('keeps what fits better of the same line prepared otherwise, and the other beside it', async () => {
    const line = await drawLine('田日中王')
    const engine = lookAgain(engineBy('a', ({ height }) => readAs(height < line.height ? '田日中王' : '田日··')))
    const [reading] = await engine.readLines([line])
    expect(reading!.text).toBe('田日中王')
    expect(reading!.readings).toEqual([{ engine: 'a', text: '田日', confidence: 0.99 }])
  })

  test('lets PP-OCR let go of no character of Chinese for a surer reading of the others', async () => {
    const line = await drawLine('田日中王')
    const doubted = { ...readAs('田日中王', 0.85), confidence: 0.85 }
    const engine = lookAgain(engineBy('paddle', ({ height }) => (height < line.height ? readAs('田日一、') : doubted)))
    const [reading] = await engine.readLines([line])
    expect(reading!.text).toBe('田日中王')
  })

  test('fills from the other engine what nobody read, and nothing else', async () => {
    const line = await drawLine('田日中王')
    const engine = lookAgain(
      engineBy('a', () => readAs('田日·王')),
      engineBy('b', () => readAs('口日中口', 0.9))
    )
    const [reading] = await engine.readLines([line])
    expect(reading!.text).toBe('田日中王')
    expect(reading!.glyphs.map(({ text }) => text).join('')).toBe('田日中王')
    expect(reading!.readings).toEqual([
      { engine: 'a', text: '田日王', confidence: 0.99 },
      { engine: 'b', text: '口日中口', confidence: 0.9 }
    ])
  })

  test('asks Tesseract, whose boxes leave holes on sound lines, again only where a word is missing', async () => {
    const line = await drawLine('田日中王田日')
    for (const [answer, times] of [
      ['田日·王田日', 1],
      ['田···田日', 3]
    ] as const) {
      const seen: LineImage[] = []
      await lookAgain(engineBy('tesseract', () => readAs(answer), seen)).readLines([line])
      expect(seen).toHaveLength(times)
    }
  })

  test('asks no other engine about what is hardly text', async () => {
    const line = await drawLine('田日中王')
    for (const answer of [readAs('····'), readAs('田···'), readAs('田日··', 0.3)]) {
      const spare: LineImage[] = []
      await lookAgain(
        engineBy('a', () => answer),
        engineBy('b', () => readAs('田日中王'), spare)
      ).readLines([line])
      expect(spare).toEqual([])
    }
  })

  test('looks once where a rough reading will do', async () => {
    const line = await drawLine('田日中王')
    const seen: LineImage[] = []
    await lookAgain(engineBy('a', () => readAs('田··王'), seen)).readLines([line], { rough: true })
    expect(seen).toHaveLength(1)
  })

  test('does not ask an engine for a language it cannot read', async () => {
    const line = { ...(await drawLine('田日中王')), language: 'de' }
    const spare: LineImage[] = []
    const engine = lookAgain(
      engineBy('a', () => readAs('田··王')),
      engineBy('b', () => readAs('田日中王'), spare)
    )
    expect((await engine.readLines([line]))[0]!.text).toBe('田王')
    expect(spare).toEqual([])
  })
})

describe('withHolesFilled', () => {
  test('lets a guess give way to the other engine, and be confirmed by it', () => {
    const guessed = readAs('田日王')
    const glyphs = guessed.glyphs.map((glyph, index) => (index === 1 ? { ...glyph, confidence: 0.2 } : glyph))
    const place = [{ from: pad + em, to: pad + 2 * em }]
    const replaced = withHolesFilled({ ...guessed, glyphs }, place, readAs('口中口', 0.9))
    expect(replaced.text).toBe('田中王')
    expect(replaced.glyphs[1]!.variants!.map(({ text }) => text)).toEqual(['日'])
    const confirmed = withHolesFilled({ ...guessed, glyphs }, place, readAs('口日口', 0.9))
    expect(confirmed.text).toBe('田日王')
    expect(confirmed.glyphs[1]!.confidence).toBe(0.9)
    expect(withHolesFilled({ ...guessed, glyphs }, place, readAs('口中口', 0.5)).text).toBe('田日王')
  })

  const hole = [{ from: pad + em, to: pad + 2 * em }]

  test('keeps blanks where they were', () => {
    const first = { ...readAs('田·中王'), text: '田 中王' }
    expect(withHolesFilled(first, hole, readAs('田日中王')).text).toBe('田日 中王')
  })

  test('takes no character that the other is not sure of', () => {
    const first = readAs('田·中王')
    expect(withHolesFilled(first, hole, readAs('田日中王', 0.3))).toBe(first)
  })

  test('takes no mark, and no neighbour seen twice', () => {
    const first = readAs('田·中王')
    expect(withHolesFilled(first, hole, readAs('田。中王'))).toBe(first)
    expect(withHolesFilled(first, hole, readAs('田田中王'))).toBe(first)
  })
})
