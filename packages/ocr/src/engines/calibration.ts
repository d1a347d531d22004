import type { LineGlyph, LineImage, LineReading } from '../engine.ts'
import { type GlyphKind, kindsOf } from './glyph-kind.ts'

/** How often an answer was right, by the confidence it was given with; between the points linear. */
type Curve = readonly (readonly [confidence: number, right: number])[]

type Curves = Readonly<Record<GlyphKind, Curve>> & {
  readonly downward: Readonly<Partial<Record<GlyphKind, Curve>>>
  readonly blackLetter?: Readonly<Partial<Record<GlyphKind, Curve>>>
}

/** A letter where a figure must stand is hardly ever right, whoever read it. */
const letterForFigure: Curve = [
  [0, 0.05],
  [0.9, 0.1],
  [1, 0.2]
]

/**
 * Fitted on made pages of levels 1 to 3, some 15,000 characters, and drawn by hand through what was counted; `pnpm bench engines
 * --reliability` shows how they hold on others.
 * What stands here are an engine's habits: PP-OCR's probabilities are honest but for marks, Tesseract says 0.9 where it is right
 * two times in three.
 */
const engines: Readonly<Record<string, Curves>> = {
  paddle: {
    // biome-ignore format: a table
    han: [[0, 0.05], [0.3, 0.2], [0.45, 0.45], [0.6, 0.65], [0.72, 0.88], [0.82, 0.94], [0.92, 0.985], [0.975, 0.996], [0.992, 0.9985], [1, 0.9998]],
    // biome-ignore format: a table
    letter: [[0, 0.1], [0.5, 0.3], [0.7, 0.75], [0.85, 0.9], [0.93, 0.95], [0.96, 0.99], [1, 0.9995]],
    figure: letterForFigure,
    oddity: [
      [0, 0.05],
      [0.9, 0.3],
      [1, 0.7]
    ],
    // biome-ignore format: a table
    inset: [[0, 0.1], [0.6, 0.35], [0.75, 0.6], [0.88, 0.7], [0.93, 0.86], [0.98, 0.94], [1, 0.995]],
    // biome-ignore format: a table
    stray: [[0, 0.05], [0.9, 0.12], [0.99, 0.25], [1, 0.5]],
    // biome-ignore format: a table
    digit: [[0, 0.2], [0.5, 0.8], [0.8, 0.97], [0.95, 0.998], [1, 0.9999]],
    // biome-ignore format: a table
    mark: [[0, 0.05], [0.4, 0.3], [0.5, 0.62], [0.6, 0.78], [0.68, 0.9], [0.75, 0.98], [0.95, 0.997], [1, 0.9995]],
    downward: {
      // biome-ignore format: a table
      han: [[0, 0.05], [0.04, 0.15], [0.08, 0.25], [0.15, 0.32], [0.25, 0.5], [0.45, 0.64], [0.6, 0.78], [0.7, 0.85], [0.85, 0.93], [0.93, 0.975], [0.985, 0.993], [1, 0.999]],
      // biome-ignore format: a table
      mark: [[0, 0.2], [0.45, 0.4], [0.7, 0.5], [0.82, 0.84], [0.93, 0.955], [1, 0.998]]
    }
  },
  tesseract: {
    // biome-ignore format: a table
    han: [[0, 0.2], [0.8, 0.45], [0.86, 0.55], [0.91, 0.67], [0.93, 0.72], [0.955, 0.93], [0.98, 0.995], [0.99, 0.9985]],
    // biome-ignore format: a table
    letter: [[0, 0.1], [0.8, 0.3], [0.9, 0.7], [0.95, 0.8], [0.975, 0.975], [0.99, 0.9995]],
    figure: letterForFigure,
    oddity: [
      [0, 0.05],
      [0.9, 0.2],
      [1, 0.4]
    ],
    // biome-ignore format: a table
    inset: [[0, 0.1], [0.88, 0.25], [0.94, 0.58], [0.985, 0.955]],
    // biome-ignore format: a table
    stray: [[0, 0.1], [0.98, 0.4]],
    // biome-ignore format: a table
    digit: [[0, 0.3], [0.87, 0.5], [0.93, 0.7], [0.965, 0.9], [0.98, 0.996], [0.99, 0.999]],
    // biome-ignore format: a table
    mark: [[0, 0.3], [0.87, 0.5], [0.92, 0.7], [0.965, 0.94], [0.98, 0.988], [0.99, 0.997]],
    downward: {
      // biome-ignore format: a table
      han: [[0, 0.1], [0.7, 0.3], [0.9, 0.55], [0.93, 0.76], [0.965, 0.9], [0.98, 0.988], [0.99, 0.998]],
      // biome-ignore format: a table
      mark: [[0, 0.2], [0.9, 0.6], [0.94, 0.9], [0.97, 0.97], [0.98, 0.985], [0.99, 0.995]]
    },
    // Every third line of four pages of the Neue Zürcher Zeitung, 1786 to 1907.
    blackLetter: {
      // biome-ignore format: a table
      letter: [[0, 0.05], [0.78, 0.1], [0.9, 0.45], [0.95, 0.55], [0.965, 0.79], [0.98, 0.937], [0.99, 0.994]],
      // biome-ignore format: a table
      digit: [[0, 0.05], [0.95, 0.15], [0.965, 0.6], [0.99, 0.85]],
      // biome-ignore format: a table
      mark: [[0, 0.1], [0.88, 0.15], [0.93, 0.38], [0.97, 0.5], [0.98, 0.7], [0.99, 0.86]]
    }
  }
}

/**
 * The same reading with confidences that say how often such an answer is right, so that engines, and characters of every kind, are
 * doubted on one scale. What the first answer loses or gains, its variants share.
 */
export function calibrate(
  engine: 'paddle' | 'tesseract',
  reading: LineReading,
  line: Pick<LineImage, 'direction'> & Partial<Pick<LineImage, 'language'>>
): LineReading {
  if (reading.glyphs.length === 0) return reading
  const { downward, blackLetter, ...usual } = engines[engine]!
  const special = line.direction === 'vertical-rl' ? downward : /-Latf\b/i.test(line.language ?? '') ? blackLetter : undefined
  const curves = { ...usual, ...special }
  const kinds = kindsOf(reading)
  const glyphs = reading.glyphs.map((glyph, index) => rescale(glyph, valueAt(curves[kinds[index]!], glyph.confidence)))
  return { ...reading, confidence: glyphs.reduce((sum, glyph) => sum + glyph.confidence, 0) / glyphs.length, glyphs }
}

function rescale(glyph: LineGlyph, confidence: number): LineGlyph {
  if (!glyph.variants) return { ...glyph, confidence }
  const rest = Math.max(1e-6, 1 - glyph.confidence)
  const variants = glyph.variants.map((each) => ({ ...each, confidence: Math.min(1, each.confidence / rest) * (1 - confidence) }))
  return { ...glyph, confidence, variants }
}

function valueAt(curve: Curve, confidence: number): number {
  const above = curve.findIndex(([each]) => each >= confidence)
  if (above === 0) return curve[0]![1]
  if (above === -1) return curve[curve.length - 1]![1]
  const [x0, y0] = curve[above - 1]!
  const [x1, y1] = curve[above]!
  return y0 + ((y1 - y0) * (confidence - x0)) / (x1 - x0)
}
