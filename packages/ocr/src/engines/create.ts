import type { Engine } from '../engine.ts'
import { routeLines } from './auto.ts'
import { EngineError } from './engine-error.ts'
import { lookAgain } from './look-again.ts'
import { createNativeTesseractEngine, type NativeTesseractOptions } from './native-tesseract.ts'
import { createPaddleEngine, type PaddleOptions } from './paddle/paddle.ts'
import { createTesseractEngine, type TesseractOptions } from './tesseract.ts'

/** `auto` is PP-OCR for Chinese and tesseract.js for the rest, line by line; tesseract.js alone where PP-OCR does not load. */
export type EngineName = 'auto' | 'paddle' | 'tesseract' | 'native'

export interface EngineOptions {
  readonly paddle?: PaddleOptions
  readonly tesseract?: TesseractOptions
  readonly native?: NativeTesseractOptions
}

const makers: Readonly<Record<EngineName, (options: EngineOptions) => Promise<Engine>>> = {
  auto: async (options) => {
    const tesseract = await createTesseractEngine(options.tesseract)
    try {
      return routeLines(await createPaddleEngine(options.paddle), tesseract)
    } catch (error) {
      if (error instanceof EngineError) return lookAgain(tesseract)
      throw error
    }
  },
  paddle: async (options) => lookAgain(await createPaddleEngine(options.paddle)),
  tesseract: async (options) => lookAgain(await createTesseractEngine(options.tesseract)),
  native: (options) => createNativeTesseractEngine(options.native)
}

/** @throws EngineError when the engine does not work here; TypeError for a name that is none. */
export async function createEngine(name: EngineName, options: EngineOptions = {}): Promise<Engine> {
  if (!Object.hasOwn(makers, name)) throw new TypeError(`Expected an engine (${Object.keys(makers).join(', ')}) but received “${name}”`)
  return makers[name](options)
}
