import { describe, expect, it } from 'vitest'
import { fileAlong } from '../../src/joins/nearby.ts'

const columns = Array.from({ length: 60 }, (_, index) => ({ start: (index % 20) * 100, end: (index % 20) * 100 + 90 }))
const wide = { start: 0, end: 1990 }
const overlaps = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  Math.min(a.end, b.end) > Math.max(a.start, b.start)

describe('fileAlong', () => {
  const all = [...columns.slice(0, 30), wide, ...columns.slice(30)]
  const near = fileAlong(all, (column) => column)
  it.each([
    [0, 90],
    [95, 99],
    [250, 340],
    [-50, 700]
  ])('finds all that overlaps %d to %d, in order', (start, end) => {
    const found = near({ start, end }).filter((thing) => overlaps(thing, { start, end }))
    expect(found).toEqual(all.filter((thing) => overlaps(thing, { start, end })))
  })
  it('looks at one column of many', () => {
    expect(near({ start: 110, end: 180 }).length).toBeLessThan(all.length / 2)
  })
})
