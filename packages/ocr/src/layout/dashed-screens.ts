import { type Blob, heightOf, joinGroups, membersOf, newGroups, shared, unite, widthOf } from './blob.ts'
import { areEvenlySet, type Rule } from './rules.ts'

/** How far apart rows of dots of one screen are at most, in ems: no two dashed rules are set so close. */
const widestPitch = 0.8
/** Fewest such rows, and how much of the shorter lies beside the longer. */
const fewestRows = 5
const leastBeside = 0.5

/**
 * Rows of dots that were taken for dashed rules, though many lie close side by side: the screen of a coarse halftone.
 *
 * @returns the rules that are none of such rows, and a box around each screen
 */
export function dashedScreens(dashes: readonly Rule[], em: number): { rules: Rule[]; screens: Blob[] } {
  const groups = newGroups(dashes.length)
  for (const [i, a] of dashes.entries())
    for (let k = i + 1; k < dashes.length; k++) if (areNextRows(a, dashes[k]!, em)) joinGroups(groups, i, k)
  const [crowds, alone] = [[] as Rule[][], [] as Rule[]]
  for (const rows of membersOf(groups, dashes)) {
    if (rows.length >= fewestRows) crowds.push(rows)
    else alone.push(...rows)
  }
  return { rules: alone, screens: overlapping(crowds.map(unite)) }
}

function areNextRows(a: Rule, b: Rule, em: number): boolean {
  if (a.across !== b.across) return false
  const across = a.across
  const apart = across ? Math.abs(a.y0 + a.y1 - b.y0 - b.y1) / 2 : Math.abs(a.x0 + a.x1 - b.x0 - b.x1) / 2
  const beside = across ? shared(a.x0, a.x1, b.x0, b.x1) : shared(a.y0, a.y1, b.y0, b.y1)
  const shorter = across ? Math.min(widthOf(a), widthOf(b)) : Math.min(heightOf(a), heightOf(b))
  return apart <= widestPitch * em && beside >= leastBeside * shorter
}

/** Boxes that overlap as one: rows across and rows down are of the same screen. */
function overlapping(boxes: readonly Blob[]): Blob[] {
  const groups = newGroups(boxes.length)
  for (const [i, a] of boxes.entries())
    for (let k = i + 1; k < boxes.length; k++) {
      const b = boxes[k]!
      if (shared(a.x0, a.x1, b.x0, b.x1) > 0 && shared(a.y0, a.y1, b.y0, b.y1) > 0) joinGroups(groups, i, k)
    }
  return membersOf(groups, boxes).map(unite)
}

/** Fewest dots of a row, their least height beside the highest, how far the ink of most differs from the usual, and how many are most. */
const fewestDots = 8
const lowestDot = 0.5
const mostDifference = 0.25
const most = 0.8

/** Whether the pieces of a line are one like the other and evenly set: a row of dots. The characters of a line differ in their ink. */
export function isDotRow(pieces: readonly Blob[]): boolean {
  const highest = Math.max(...pieces.map(heightOf))
  const dots = pieces.filter((piece) => heightOf(piece) > lowestDot * highest).sort((a, b) => a.x0 - b.x0)
  if (dots.length < fewestDots) return false
  const usual = dots.map((dot) => dot.area).sort((a, b) => a - b)[dots.length >> 1]!
  const alike = dots.filter((dot) => Math.abs(dot.area - usual) <= mostDifference * usual)
  return alike.length >= most * dots.length && areEvenlySet(dots.map((dot) => [dot.x0, dot.x1]))
}
