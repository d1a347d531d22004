export { createEngine, type EngineName, type EngineOptions } from "./create.ts"
export { EngineError } from './engine-error.ts'
export type { PaddleModelFiles } from './paddle/model.ts'
export { createPaddleEngine, type PaddleOptions } from './paddle/paddle.ts'
export { createTesseractEngine, type TesseractOptions } from './tesseract.ts'
