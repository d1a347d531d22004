export { ReadError } from './decode.ts'
export { type ReadTextOptions, readText } from './text.ts'
