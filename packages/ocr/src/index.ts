export type { Engine, LineGlyph, LineImage, LineReading, ReadLinesOptions } from './engine.ts'
