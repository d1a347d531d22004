import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine, LineImage, LineReading } from '../../src/engine.ts'
import { routeLines } from '../../src/engines/auto.ts'
import { createEngine, createFailingEngine, createPaddleEngine, createTesseractEngine, EngineError } from '../../src/engines/index.ts'
import { blankLine, dot, drawLine } from './lines.ts'

/** What every reading must hold to, see `Engine`. */
function checkReading(reading: LineReading, line: LineImage): void {
  expect(reading.text).toBe(reading.text.trim())
  expect(reading.glyphs.map((glyph) => glyph.text).join('')).toBe(reading.text.replace(/\s/g, ''))
  const length = line.direction === 'vertical-rl' ? line.height : line.width
  let before = 0
  for (const glyph of reading.glyphs) {
    expect(glyph.confidence).toBeGreaterThanOrEqual(0)
    expect(glyph.confidence).toBeLessThanOrEqual(1)
    expect(glyph.from).toBeGreaterThanOrEqual(before)
    expect(glyph.to).toBeGreaterThanOrEqual(glyph.from)
    expect(glyph.to).toBeLessThanOrEqual(length)
    expect(glyph.variants?.map((variant) => variant.text) ?? []).not.toContain(glyph.text)
    before = glyph.from
  }
}

describe.each(['paddle', 'tesseract'] as const)('%s', (name) => {
  let engine: Engine
  let lines: LineImage[]
  beforeAll(async () => {
    engine = await createEngine(name)
    lines = [
      await drawLine('中日中日中田'),
      blankLine,
      await drawLine('日中田王中日十田', 48),
      dot,
      await drawLine('田中王日', 22),
      await drawLine('中日田王', 40, 'vertical-rl')
    ]
  })
  afterAll(() => engine.close())

  it('gives readings that keep the contract, and nothing for nothing', async () => {
    const readings = await engine.readLines(lines)
    expect(readings).toHaveLength(lines.length)
    for (const [index, reading] of readings.entries()) checkReading(reading, lines[index]!)
    expect(readings[0]!.text).toContain('日中')
    expect(readings[1]).toEqual({ text: '', confidence: 0, glyphs: [] })
    expect(readings[3]).toEqual({ text: '', confidence: 0, glyphs: [] })
  })

  it('reads a line alike whatever was read before it and stands beside it', async () => {
    const forward = await engine.readLines(lines)
    const backward = await engine.readLines([...lines].reverse())
    expect(backward.reverse()).toEqual(forward)
    for (const [index, line] of lines.entries()) expect(await engine.readLines([line])).toEqual([forward[index]])
  })

  it('stops when told to, and goes on afterwards', async () => {
    const controller = new AbortController()
    controller.abort()
    await expect(engine.readLines(lines, { signal: controller.signal })).rejects.toThrow('aborted')
    expect(await engine.readLines([lines[0]!])).toHaveLength(1)
  })

  it('refuses pixels that do not fit', async () => {
    await expect(engine.readLines([{ ...lines[0]!, width: 3 }])).rejects.toThrow('Expected 3 ×')
  })

  it('cannot be used once closed', async () => {
    const other = await createEngine(name)
    await other.close()
    await expect(other.readLines([lines[0]!])).rejects.toThrow(EngineError)
  })
})

describe('createPaddleEngine', () => {
  it('reads alike with one thread and with two', async () => {
    const lines = [await drawLine('中日中日中田'), await drawLine('日中田王中日十田', 48)]
    const [one, two] = [await createPaddleEngine({ threads: 1 }), await createPaddleEngine({ threads: 2 })]
    expect(await two.readLines(lines)).toEqual(await one.readLines(lines))
    expect(two.fingerprint).toBe(one.fingerprint)
    await Promise.all([one.close(), two.close()])
  })

  it('works without the native runtime, and says so in its fingerprint', async () => {
    const [wasm, native] = [
      await createPaddleEngine({ backend: 'onnxruntime-web' }),
      await createPaddleEngine({ backend: 'onnxruntime-node' })
    ]
    const line = await drawLine('中日中日中田')
    expect((await wasm.readLines([line]))[0]!.text).toBe((await native.readLines([line]))[0]!.text)
    expect(wasm.fingerprint).not.toBe(native.fingerprint)
    await Promise.all([wasm.close(), native.close()])
  })

  it('says which model is missing', async () => {
    await expect(createPaddleEngine({ model: { recognizer: 'no.onnx', characters: 'no.txt' } })).rejects.toThrow(/no\.onnx cannot be read/)
  })
})

describe('createTesseractEngine', () => {
  it('replaces a worker that does not answer, tries once more and then says so', async () => {
    const engine = await createTesseractEngine({ lineTimeoutMs: 1 })
    await expect(engine.readLines([await drawLine('中日中日'.repeat(20), 60)])).rejects.toThrow(
      /failed twice on one line \(no answer in 1 ms\)/
    )
    await engine.close()
  })

  it('reads alike with a fresh worker', async () => {
    const line = await drawLine('中日中日中田')
    const engine = await createTesseractEngine({ linesPerWorker: 2 })
    const readings = await engine.readLines([line, line, line, line, line])
    expect(new Set(readings.map((reading) => JSON.stringify(reading))).size).toBe(1)
    await engine.close()
  })

  it('refuses a language it has no data for', async () => {
    const engine = await createTesseractEngine()
    await expect(engine.readLines([{ ...(await drawLine('中')), language: 'tlh' }])).rejects.toThrow(/no data for “tlh”/)
    await engine.close()
  })
})

describe('routeLines', () => {
  it('gives every line to the engine that reads its script better, and keeps the order', async () => {
    const named = (name: string): Engine => ({
      ...createFailingEngine({ failure: 'throw', afterLines: 99, text: name }),
      name,
      fingerprint: name
    })
    const engine = routeLines(named('paddle'), named('tesseract'))
    const scripts = ['zh-Hans', 'de', 'zh-Hant', 'en', 'zh-TW', 'de-Latf'] as const
    const lines = scripts.flatMap((language) => [
      { ...blankLine, language },
      { ...blankLine, language, direction: 'vertical-rl' as const }
    ])
    const readers = (await engine.readLines(lines)).map(({ readings, text }) => readings?.map((each) => each.engine).join(' and ') ?? text)
    const [paddle, tesseract, both] = ['paddle', 'tesseract', 'paddle and tesseract']
    expect(readers).toEqual([paddle, paddle, tesseract, tesseract, paddle, both, tesseract, tesseract, paddle, both, tesseract, tesseract])
    expect(await engine.readLines([])).toEqual([])
    expect(engine.fingerprint).not.toBe(routeLines(named('paddle'), named('other')).fingerprint)
    await engine.close()
  })
})

it('refuses an engine that is none', async () => {
  await expect(createEngine('abbyy' as 'auto')).rejects.toThrow('Expected an engine (auto, paddle, tesseract, native)')
})
