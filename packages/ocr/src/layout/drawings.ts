import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, unite, widthOf } from './blob.ts'
import { heaviest, isLettering } from './lettering.ts'
import type { TextLine } from './text-line.ts'

/** Fewest shapeless lines close together that make a drawing, and its least size in ems. */
const fewestShapeless = 4
const smallestDrawing = 2.5

/** Takes lines that are no type and stand crowded together for what they are: a drawing, or a picture nothing else told. */
export function setAsideDrawings(lines: readonly TextLine[], em: number): { lines: TextLine[]; drawings: Blob[] } {
  const shapeless = lines.filter((line) => !isLettering(line, em, heaviest))
  const groups = newGroups(shapeless.length)
  for (const [i, a] of shapeless.entries())
    for (let k = i + 1; k < shapeless.length; k++) {
      const b = shapeless[k]!
      if (shared(a.x0, a.x1, b.x0, b.x1) > -em && shared(a.y0, a.y1, b.y0, b.y1) > -em) joinGroups(groups, i, k)
    }
  const crowds = membersOf(groups, shapeless).filter((crowd) => {
    const box = unite(crowd)
    return crowd.length >= fewestShapeless && Math.min(widthOf(box), heightOf(box)) > smallestDrawing * em
  })
  const dropped = new Set(crowds.flat())
  return { lines: lines.filter((line) => !dropped.has(line)), drawings: crowds.map(unite) }
}
