import type { Engine, LineReading, ReadLinesOptions } from '../engine.ts'
import { fingerprintOf } from './digest.ts'
import { EngineError } from './engine-error.ts'

/**
 * How it fails: by an error, by never answering (but for `signal`), by one answer too few or too many, by answers that break the
 * contract (glyphs that run backwards, a confidence of 7), by answering from the next event on, or by an error in `close`.
 */
export type Failure = 'throw' | 'hang' | 'too-few' | 'too-many' | 'nonsense' | 'late' | 'close'

export interface FailingOptions {
  readonly failure: Failure
  /** How many lines it reads well before it fails; 0 when absent. */
  readonly afterLines?: number
  /** What it reads while it is well; 一 when absent. */
  readonly text?: string
}

/** An engine that fails as it is told: for trying out what everybody else does then. */
export function createFailingEngine(options: FailingOptions): Engine {
  const well = options.afterLines ?? 0
  let read = 0
  return {
    name: 'failing',
    version: '1',
    fingerprint: fingerprintOf({ engine: 'failing', failure: options.failure, well }),
    languages: ['und'],
    async readLines(lines, readOptions = {}) {
      readOptions.signal?.throwIfAborted()
      const good = lines.map((line) => goodReading(options.text ?? '一', line.direction === 'vertical-rl' ? line.height : line.width))
      read += lines.length
      return read > well ? failures[options.failure](good, readOptions) : good
    },
    async close() {
      if (options.failure === 'close') throw new EngineError('The engine failed while closing, as it was told')
    }
  }
}

function goodReading(text: string, length: number): LineReading {
  const chars = [...text]
  const glyphs = chars.map((char, index) => ({
    text: char,
    confidence: 0.9,
    from: Math.round((length * index) / chars.length),
    to: Math.round((length * (index + 1)) / chars.length)
  }))
  return { text, confidence: 0.9, glyphs }
}

type Fail = (good: LineReading[], options: ReadLinesOptions) => LineReading[] | Promise<LineReading[]>

const failures: Readonly<Record<Failure, Fail>> = {
  throw: () => {
    throw new EngineError('The engine failed on a line, as it was told')
  },
  hang: (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    }),
  'too-few': (good) => good.slice(1),
  'too-many': (good) => [...good, goodReading('多', 10)],
  nonsense: (good) => good.map(() => ({ text: '乙', confidence: 7, glyphs: [{ text: '乙', confidence: Number.NaN, from: 90, to: -3 }] })),
  late: (good) => new Promise((resolve) => setImmediate(() => resolve(good))),
  close: (good) => good
}
