import { type Blob, heightOf, unite, widthOf } from './blob.ts'
import type { Rule } from './rules.ts'

/** Closed boxes of four rules, smallest first. */
export function findFrames(rules: readonly Rule[], em: number): Blob[] {
  const across = rules.filter((rule) => rule.across && widthOf(rule) > 4 * em)
  const upright = rules.filter((rule) => !rule.across && heightOf(rule) > 2 * em)
  const near = 1.2 * em
  const frames: Blob[] = []
  for (const left of upright)
    for (const right of upright) {
      if (right.x0 - left.x1 < 4 * em || Math.abs(left.y0 - right.y0) > near || Math.abs(left.y1 - right.y1) > near) continue
      const closes = (y: number): boolean =>
        across.some(
          (rule) =>
            Math.abs((rule.y0 + rule.y1) / 2 - y) < near && Math.abs(rule.x0 - left.x0) < near && Math.abs(rule.x1 - right.x1) < near
        )
      if (closes((left.y0 + right.y0) / 2) && closes((left.y1 + right.y1) / 2)) frames.push(unite([left, right]))
    }
  return frames.sort((a, b) => widthOf(a) * heightOf(a) - widthOf(b) * heightOf(b))
}
