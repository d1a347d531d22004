import { isHan } from '@broadsheet/document'
import type { LineGlyph } from '../engine.ts'

/** How often an answer was right, by the confidence it was given with; between the points linear. */
type Curve = readonly (readonly [confidence: number, right: number])[]

const curves: Readonly<Record<string, { readonly han: Curve; readonly other: Curve }>> = {
  paddle: { han: [[0, 0.2], [1, 0.998]], other: [[0, 0.2], [1, 0.99]] },
  tesseract: { han: [[0, 0.1], [1, 0.99]], other: [[0, 0.1], [1, 0.95]] }
}

const plain: Curve = [[0, 0], [1, 1]]

/** How likely an engine's answer is right, 0 to 1: its confidence, put on one scale with other engines'. */
export function trustIn(engine: string, glyph: LineGlyph): number {
  const known = curves[engine === 'native' ? 'tesseract' : engine]
  const curve = known ? (isHan(glyph.text) ? known.han : known.other) : plain
  const above = curve.findIndex(([confidence]) => confidence >= glyph.confidence)
  if (above === 0) return curve[0]![1]
  if (above === -1) return curve[curve.length - 1]![1]
  const [x0, y0] = curve[above - 1]!
  const [x1, y1] = curve[above]!
  return y0 + ((y1 - y0) * (glyph.confidence - x0)) / (x1 - x0)
}
