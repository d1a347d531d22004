/**
 * The cheapest way to give every row a column of its own (Hungarian method with potentials; Kuhn 1955, Munkres 1957; O(n²m)).
 * `cost[row][column]`; `Infinity` forbids. There must be at least as many columns as rows, and a finite choice for each.
 * Returns the column of every row.
 */
export function assign(cost: readonly (readonly number[])[]): number[] {
  const rows = cost.length
  const columns = cost[0]?.length ?? 0
  const rowOf = new Int32Array(columns + 1)
  const rowPotential = new Float64Array(rows + 1)
  const columnPotential = new Float64Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    const path = cheapestPath(cost, row, rowOf, rowPotential, columnPotential)
    for (let column = path.end; column !== 0; ) {
      const before = path.before[column]!
      rowOf[column] = rowOf[before]!
      column = before
    }
  }
  const chosen = new Array<number>(rows).fill(-1)
  for (let column = 1; column <= columns; column++) if (rowOf[column]! > 0) chosen[rowOf[column]! - 1] = column - 1
  return chosen
}

/** Shortest augmenting path from a row without a column to a column without a row, on reduced costs. */
function cheapestPath(
  cost: readonly (readonly number[])[],
  row: number,
  rowOf: Int32Array,
  rowPotential: Float64Array,
  columnPotential: Float64Array
): { end: number; before: Int32Array } {
  const columns = columnPotential.length - 1
  const least = new Float64Array(columns + 1).fill(large)
  const before = new Int32Array(columns + 1)
  const isDone = new Uint8Array(columns + 1)
  rowOf[0] = row
  let column = 0
  do {
    isDone[column] = 1
    const current = rowOf[column]!
    let next = 0
    let delta = large
    for (let other = 1; other <= columns; other++) {
      if (isDone[other]) continue
      const reduced = Math.min(cost[current - 1]![other - 1]!, forbidden) - rowPotential[current]! - columnPotential[other]!
      if (reduced < least[other]!) {
        least[other] = reduced
        before[other] = column
      }
      if (least[other]! < delta) {
        delta = least[other]!
        next = other
      }
    }
    for (let other = 0; other <= columns; other++)
      if (isDone[other]) {
        rowPotential[rowOf[other]!]! += delta
        columnPotential[other]! -= delta
      } else least[other]! -= delta
    column = next
  } while (rowOf[column] !== 0)
  return { end: column, before }
}

const large = 1e15
/** Dearer than any sum of real costs. */
const forbidden = 1e9
