import { describe, expect, it } from 'vitest'
import { cluster, indexPlaces, widenBy } from '../../src/articles/place-index.ts'
import { distance, type Flow } from '../../src/articles/space.ts'

const box = (start: number, top: number, width = 10, depth = 10): Flow => ({ start, end: start + width, top, bottom: top + depth })

/** Places strewn over a page by a fixed rule. */
const strewn: Flow[] = Array.from({ length: 300 }, (_, index) =>
  box((index * 7919) % 1000, (index * 104_729) % 1400, 5 + (index % 40), 5 + (index % 9))
)

describe('indexPlaces', () => {
  it('finds everything that touches an area, in the order given', () => {
    const index = indexPlaces(strewn, (place) => place, 50)
    for (const area of [box(0, 0, 100, 100), box(480, 700, 30, 400), box(-200, -200, 5000, 5000)]) {
      const found = index.near(area)
      const touching = strewn.filter((place) => distance(place, area) === 0)
      expect(found).toEqual(strewn.filter((place) => found.includes(place)))
      expect(touching.filter((place) => !found.includes(place))).toEqual([])
    }
  })

  it('keeps a piece over the whole page, and places that are no numbers of pixels', () => {
    const places = [box(0, 0, 1e12, 1e12), box(Number.NaN, 0), box(5, 5)]
    expect(indexPlaces(places, (place) => place, 1).near(box(4, 4))).toEqual(expect.arrayContaining([places[0], places[2]]))
  })
})

describe('cluster', () => {
  it('puts together what belongs together by way of others, as if all pairs had been looked at', () => {
    const together = (a: Flow, b: Flow): boolean => distance(a, b) < 12
    const groups = cluster(strewn, (place) => place, 12, together)
    expect(groups.flat()).toHaveLength(strewn.length)
    const groupOf = new Map(groups.flatMap((group, at) => group.map((place) => [place, at] as const)))
    for (const a of strewn) for (const b of strewn) if (a !== b && together(a, b)) expect(groupOf.get(a)).toBe(groupOf.get(b))
    expect(groups.length).toBeGreaterThan(10)
  })

  it('lets the group stand where its last member does', () => {
    const [a, b, c] = [box(0, 0), box(100, 0), box(11, 0)]
    expect(
      cluster(
        [a, b, c],
        (place) => place,
        5,
        (x, y) => distance(x, y) < 5
      )
    ).toEqual([[b], [a, c]])
    expect(widenBy(a, 2)).toEqual({ start: -2, end: 12, top: -2, bottom: 12 })
  })
})
