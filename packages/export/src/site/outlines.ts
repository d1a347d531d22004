import { type Box, boxArea, intersectBoxes, unionBoxes } from '@broadsheet/document'

/** A shape of several boxes is drawn as one while this much of it is filled. */
const filled = 0.5

/**
 * Outlines of the articles of a page: the boxes of each, those that stand close together made one, as long as that touches
 * no other article. Purely for the eye; what is exact stays with the blocks.
 */
export function outlineArticles(articles: readonly (readonly Box[])[]): Box[][] {
  return articles.map((boxes, index) => {
    const others = articles.flatMap((other, at) => (at === index ? [] : other))
    return mergeBoxes(boxes, others)
  })
}

interface Shape {
  readonly box: Box
  readonly area: number
}

function mergeBoxes(boxes: readonly Box[], others: readonly Box[]): Box[] {
  let shapes: Shape[] = boxes.map((box) => ({ box, area: boxArea(box) }))
  for (;;) {
    const best = bestPair(shapes, others)
    if (!best) return shapes.map((shape) => shape.box)
    shapes = [...shapes.filter((shape) => shape !== best.a && shape !== best.b), best.merged]
  }
}

function bestPair(shapes: readonly Shape[], others: readonly Box[]): { a: Shape; b: Shape; merged: Shape } | undefined {
  let best: { a: Shape; b: Shape; merged: Shape } | undefined
  let fullest = filled
  // A page of hundreds of scraps is not worth the time: it keeps its boxes.
  if (shapes.length > 80) return undefined
  for (const [index, a] of shapes.entries())
    for (const b of shapes.slice(index + 1)) {
      const box = unionBoxes([a.box, b.box])!
      const fill = (a.area + b.area) / boxArea(box)
      if (fill <= fullest || others.some((other) => intersectBoxes(box, other))) continue
      fullest = fill
      best = { a, b, merged: { box, area: a.area + b.area } }
    }
  return best
}
