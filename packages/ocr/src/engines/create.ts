import type { Engine } from '../engine.ts'
import { EngineError } from './engine-error.ts'
import { createPaddleEngine, type PaddleOptions } from './paddle/paddle.ts'
import { createTesseractEngine, type TesseractOptions } from './tesseract.ts'

export type EngineName = 'auto' | 'paddle' | 'tesseract' | 'native'

export interface EngineOptions {
  readonly paddle?: PaddleOptions
  readonly tesseract?: TesseractOptions
}

/** @throws EngineError */
export async function createEngine(name: EngineName, options: EngineOptions = {}): Promise<Engine> {
  if (name === 'paddle' || name === 'auto') return createPaddleEngine(options.paddle)
  if (name === 'tesseract') return createTesseractEngine(options.tesseract)
  throw new EngineError(`No engine ${name}`)
}
