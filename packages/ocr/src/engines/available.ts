import type { Engine, LineImage } from '../engine.ts'
import { createEngine, type EngineName } from './create.ts'

/** What an engine can do on this machine, now. */
export interface EngineReport {
  readonly name: Exclude<EngineName, 'auto'>
  readonly version: string
  readonly languages: readonly string[]
  readonly ok: boolean
  /** Why not, and what to do; absent when it works. */
  readonly problem?: string
  /** Time for one short line here, without the start. */
  readonly msPerLine?: number
}

/** Tries every engine on a small built-in picture. Never throws: what does not work says why. */
export async function availableEngines(): Promise<EngineReport[]> {
  const reports: EngineReport[] = []
  for (const name of ['paddle', 'tesseract', 'native'] as const) reports.push(await tryEngine(name))
  return reports
}

async function tryEngine(name: EngineReport['name']): Promise<EngineReport> {
  let engine: Engine | undefined
  try {
    engine = await createEngine(name)
    const language = engine.languages[0] ?? 'en'
    await engine.readLines([testLine(language)])
    const start = performance.now()
    const [reading] = await engine.readLines([testLine(language)])
    const msPerLine = Math.round(performance.now() - start)
    const ok = /^(?:[1lI|][0oOQ〇]){2}$/.test(reading?.text ?? '')
    return {
      name,
      version: engine.version,
      languages: engine.languages,
      ok,
      ...(ok ? { msPerLine } : { problem: `It read “${reading?.text ?? ''}” where 1010 stands: install it again` })
    }
  } catch (error) {
    return {
      name,
      version: engine?.version ?? '',
      languages: [],
      ok: false,
      problem: error instanceof Error ? error.message : String(error)
    }
  } finally {
    await engine?.close().catch(() => undefined)
  }
}

/** `1010`, drawn with strokes: nothing to load, and no engine that works reads anything but this or its look-alikes. */
function testLine(language: string): LineImage {
  const width = 132
  const height = 40
  const pixels = new Uint8Array(width * height).fill(255)
  for (const [index, digit] of [...'1010'].entries())
    for (let y = 0; y < 26; y++)
      for (let x = 0; x < 20; x++) if (digit === '1' ? x >= 8 && x < 12 : isRing(x, y)) pixels[(y + 7) * width + index * 28 + 14 + x] = 0
  return { pixels, width, height, language, direction: 'horizontal-lr' }
}

function isRing(x: number, y: number): boolean {
  const distance = ((x - 9.5) / 9) ** 2 + ((y - 12.5) / 13) ** 2
  return distance <= 1 && ((x - 9.5) / 5.5) ** 2 + ((y - 12.5) / 9.5) ** 2 >= 1
}
