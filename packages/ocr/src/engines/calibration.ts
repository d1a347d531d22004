import { isHan } from '@broadsheet/document'
import type { LineGlyph } from '../engine.ts'

/** How often an answer was right, by the confidence it was given with; between the points linear. */
type Curve = readonly (readonly [confidence: number, right: number])[]

type Kind = 'han' | 'letter' | 'mark'

/** Measured on made pages of all levels of damage (`pnpm bench engines`), then smoothed. */
const curves: Readonly<Record<string, Readonly<Record<Kind, Curve>>>> = {
  paddle: {
    han: [
      [0, 0.1],
      [0.3, 0.4],
      [0.5, 0.5],
      [0.65, 0.72],
      [0.8, 0.85],
      [0.9, 0.94],
      [0.95, 0.985],
      [0.98, 0.9985],
      [1, 0.9999]
    ],
    letter: [
      [0, 0.2],
      [0.5, 0.5],
      [0.75, 0.85],
      [0.95, 0.93],
      [0.98, 0.97],
      [0.995, 0.99],
      [1, 0.9997]
    ],
    mark: [
      [0, 0.3],
      [0.4, 0.55],
      [0.55, 0.88],
      [0.75, 0.93],
      [0.9, 0.985],
      [0.95, 0.997],
      [1, 0.9995]
    ]
  },
  tesseract: {
    han: [
      [0, 0.3],
      [0.7, 0.3],
      [0.8, 0.4],
      [0.9, 0.65],
      [0.95, 0.85],
      [0.975, 0.95],
      [0.985, 0.992],
      [1, 0.999]
    ],
    letter: [
      [0, 0.3],
      [0.9, 0.4],
      [0.96, 0.85],
      [0.985, 0.99],
      [1, 0.9997]
    ],
    mark: [
      [0, 0.4],
      [0.8, 0.5],
      [0.92, 0.67],
      [0.96, 0.82],
      [0.985, 0.985],
      [1, 0.995]
    ]
  }
}

function kindOf(text: string): Kind {
  if (isHan(text)) return 'han'
  return /[\p{L}\p{N}]/u.test(text) ? 'letter' : 'mark'
}

const plain: Curve = [
  [0, 0],
  [1, 1]
]

/** How likely an engine's answer is right, 0 to 1: its confidence, put on one scale with other engines'. */
export function trustIn(engine: string, glyph: LineGlyph): number {
  const known = curves[engine === 'native' ? 'tesseract' : engine]
  const curve = known ? known[kindOf(glyph.text)] : plain
  const above = curve.findIndex(([confidence]) => confidence >= glyph.confidence)
  if (above === 0) return curve[0]![1]
  if (above === -1) return curve[curve.length - 1]![1]
  const [x0, y0] = curve[above - 1]!
  const [x1, y1] = curve[above]!
  return y0 + ((y1 - y0) * (glyph.confidence - x0)) / (x1 - x0)
}
