import { describe, expect, it } from 'vitest'
import type { LineReading } from '../../src/engine.ts'
import { createFailingEngine, createRecordedEngine, createRecorder, createSilentEngine, voteLine } from '../../src/engines/index.ts'
import { blankLine, drawLine } from './lines.ts'

/** Characters 20 pixels apart; `?` leaves a place empty; a digit behind a character is its confidence in tenths. */
function reading(drawn: string): LineReading {
  const glyphs = [...drawn.matchAll(/(\D)(\d?)/gu)].map(([, text, tenths], index) => ({
    text: text!,
    confidence: tenths ? Number(tenths) / 10 : 0.999,
    from: index * 20,
    to: index * 20 + 18
  }))
  const seen = glyphs.filter((glyph) => glyph.text !== '?')
  return { text: seen.map((glyph) => glyph.text).join(''), confidence: 0.9, glyphs: seen }
}

const vote = (first: string, second: string): string =>
  voteLine({ engine: 'paddle', reading: reading(first) }, { engine: 'tesseract', reading: reading(second) }).reading.text

describe('voteLine', () => {
  it.each([
    ['城东大桥', '城东大桥', '城东大桥'],
    ['城东大桥', '城东太桥', '城东大桥'],
    ['城?大桥', '城東大桥', '城東大桥'],
    ['城东大桥', '城东?桥', '城东大桥'],
    ['石??加宽工程', '石橋河加宽工程', '石橋河加宽工程'],
    ['', '', ''],
    ['城东大桥', '城东大桥、', '城东大桥、'],
    // What Tesseract is known for does not count.
    ['城‘东’', '城“东”', '城‘东’'],
    ['城k东', '城K东', '城k东'],
    // Of words in letters PP-OCR is the second voice.
    ['Bridqe', 'Bridge', 'Bridge'],
    ['通车。', '通车.', '通车。'],
    ['', '城', '城'],
    ['城', '', '城']
  ])('%s and %s make %s', (first, second, expected) => expect(vote(first, second)).toBe(expected))

  it('follows the second where the first names its answer too and is not sure', () => {
    const first = reading('大5')
    const doubtful = { ...first, glyphs: first.glyphs.map((glyph) => ({ ...glyph, variants: [{ text: '太', confidence: 0.45 }] })) }
    const { reading: result, readings } = voteLine({ engine: 'paddle', reading: doubtful }, { engine: 'tesseract', reading: reading('太') })
    expect(result.text).toBe('太')
    expect(result.glyphs[0]!.variants?.map((variant) => variant.text)).toEqual(['大'])
    expect(readings.map(({ engine, text }) => [engine, text])).toEqual([
      ['paddle', '大'],
      ['tesseract', '太']
    ])
  })

  it('gives a stop room in the ink of the figure before it, where that is wider than the others', () => {
    const figures = [0, 12, 24, 36, 48].map((from) => ({ text: '5', confidence: 0.99, from, to: from + 10 }))
    const wide = { text: '0', confidence: 0.99, from: 60, to: 80 }
    const first = { text: '555550', confidence: 0.99, glyphs: [...figures, wide] }
    const stop = { text: '。', confidence: 0.99, from: 74, to: 80 }
    const second = { text: '555550。', confidence: 0.99, glyphs: [...figures, { ...wide, to: 70 }, stop] }
    const { reading: result } = voteLine({ engine: 'paddle', reading: first }, { engine: 'tesseract', reading: second })
    expect(result.text).toBe('555550。')
  })

  it('is surer where both agree, less sure where they do not, and keeps no readings of what is only width', () => {
    const agreed = voteLine({ engine: 'paddle', reading: reading('大9，') }, { engine: 'tesseract', reading: reading('大,') })
    expect(agreed.reading.glyphs[0]!.confidence).toBeGreaterThan(0.9)
    expect(agreed.readings).toEqual([])
    const split = voteLine({ engine: 'paddle', reading: reading('大9') }, { engine: 'tesseract', reading: reading('太') })
    expect(split.reading.glyphs[0]!.confidence).toBeLessThan(0.9)
  })

  it('takes Tesseract at its word for a full stop at the end, but not for the halves of a per cent sign', () => {
    const percent = { text: '%', confidence: 0.9, from: 40, to: 58 }
    const halves = [
      { text: '9', confidence: 0.996, from: 40, to: 49 },
      { text: '6', confidence: 0.996, from: 49, to: 58 }
    ]
    const first = reading('城东')
    const paddle = { ...first, text: '城东%', glyphs: [...first.glyphs, percent] }
    const tesseract = { ...first, text: '城东96', glyphs: [...first.glyphs, ...halves] }
    expect(voteLine({ engine: 'paddle', reading: paddle }, { engine: 'tesseract', reading: tesseract }).reading.text).toBe('城东%')
    expect(vote('城东', '城东。')).toBe('城东。')
    expect(vote('城东', '城东。8')).toBe('城东')
  })

  it('has room for a figure where it has none for a character', () => {
    const at = (text: string, from: number, to: number) => ({ text, confidence: 0.99, from, to })
    const first = { text: '城东253', confidence: 0.99, glyphs: [at('城', 0, 18), at('东', 20, 38), at('2', 41, 49), at('3', 61, 69)] }
    const five = { ...first, glyphs: [...first.glyphs.slice(0, 3), at('5', 51, 59), first.glyphs[3]!] }
    const han = { ...first, glyphs: [...first.glyphs.slice(0, 3), at('五', 51, 59), first.glyphs[3]!] }
    const vote = (glyphs: LineReading['glyphs']): string =>
      voteLine(
        { engine: 'paddle', reading: { ...first, text: first.glyphs.map(({ text }) => text).join('') } },
        { engine: 'tesseract', reading: { text: glyphs.map(({ text }) => text).join(''), confidence: 0.99, glyphs } }
      ).reading.text
    expect(vote(five.glyphs)).toBe('城东253')
    expect(vote(han.glyphs)).toBe('城东23')
  })

  it('takes no piece of a character for a character', () => {
    const first = reading('城东')
    const piece = { text: '土', confidence: 0.999, from: 2, to: 8 }
    const second = { ...first, text: '土城东', glyphs: [piece, ...first.glyphs] }
    expect(voteLine({ engine: 'paddle', reading: first }, { engine: 'tesseract', reading: second }).reading.text).toBe('城东')
  })

  it('gives the same whichever direction, and glyphs in order along the line', () => {
    for (const direction of ['horizontal-lr', 'vertical-rl'] as const) {
      const { reading: result } = voteLine(
        { engine: 'paddle', reading: reading('二名?守指揮') },
        { engine: 'tesseract', reading: reading('二名駐守指揮') },
        direction
      )
      expect(result.text).toBe('二名駐守指揮')
      const starts = result.glyphs.map((glyph) => glyph.from)
      expect(starts).toEqual([...starts].sort((a, b) => a - b))
    }
  })

  it('believes PP-OCR, which has its shape, of 曰 and 日 in lines that run down', () => {
    const [first, second] = [reading('文曰9石橋'), reading('文日石橋')]
    const { text } = voteLine({ engine: 'paddle', reading: first }, { engine: 'tesseract', reading: second }, 'vertical-rl').reading
    expect(text).toBe('文曰石橋')
  })

  it('keeps the blanks of the first, and glyphs and text together', () => {
    const first = { ...reading('城东桥'), text: '城 东桥' }
    const { reading: result } = voteLine({ engine: 'paddle', reading: first }, { engine: 'tesseract', reading: reading('城东桥') })
    expect(result.text).toBe('城 东桥')
    expect(result.glyphs.map((glyph) => glyph.text).join('')).toBe('城东桥')
  })
})

describe('doubles', () => {
  it('records what an engine answers and plays it back', async () => {
    const line = await drawLine('中日')
    const recorder = createRecorder(createFailingEngine({ failure: 'late', text: '中日' }))
    const answers = await recorder.readLines([line])
    const recorded = createRecordedEngine(JSON.parse(JSON.stringify(recorder.recording())))
    expect(await recorded.readLines([line, line])).toEqual([answers[0], answers[0]])
    await expect(recorded.readLines([blankLine])).rejects.toThrow('The recording holds no line')
    const lenient = createRecordedEngine(recorder.recording(), { unknown: 'empty' })
    expect(await lenient.readLines([blankLine])).toEqual(await createSilentEngine().readLines([blankLine]))
  })

  it('fails in every way it is told to', async () => {
    const lines = [blankLine, blankLine]
    const good = createFailingEngine({ failure: 'throw', afterLines: 2, text: '甲乙' })
    expect((await good.readLines(lines)).map((each) => each.text)).toEqual(['甲乙', '甲乙'])
    await expect(good.readLines(lines)).rejects.toThrow('as it was told')
    expect(await createFailingEngine({ failure: 'too-few' }).readLines(lines)).toHaveLength(1)
    expect(await createFailingEngine({ failure: 'too-many' }).readLines(lines)).toHaveLength(3)
    await expect(createFailingEngine({ failure: 'close' }).close()).rejects.toThrow('while closing')
    const controller = new AbortController()
    const hanging = createFailingEngine({ failure: 'hang' }).readLines(lines, { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(hanging).rejects.toThrow('enough')
  })
})
