import { describe, expect, test } from 'vitest'
import { connectedBlobs } from '../../src/layout/blob.ts'
import type { Mask } from '../../src/layout/mask.ts'
import { grainFinder, markTexture, solidArea, solidBoxes } from '../../src/layout/texture.ts'
import type { TintMap } from '../../src/layout/tints.ts'

const em = 20
const newMask = (): Mask => ({ data: new Uint8Array(300 * 300), width: 300, height: 300 })
const newMap = (): TintMap => ({ cells: new Uint8Array(30 * 30), across: 30, down: 30, cell: 10 })

function ink({ data, width }: Mask, x: number, y: number, wide: number, high: number, value = 1): void {
  for (let row = y; row < y + high; row++) data.fill(value, row * width + x, row * width + x + wide)
}

/** Share of the cells of a square of pixels that are marked. */
function marked({ cells, across, cell }: TintMap, x: number, y: number, side: number): number {
  let count = 0
  const from = [Math.ceil(x / cell), Math.ceil(y / cell)] as const
  const steps = Math.floor(side / cell)
  for (let v = 0; v < steps; v++) for (let u = 0; u < steps; u++) count += cells[(from[1] + v) * across + from[0] + u]!
  return count / steps ** 2
}

const texture = (mask: Mask): TintMap => {
  const map = newMap()
  markTexture(map, mask, connectedBlobs(mask), em)
  return map
}

describe('markTexture', () => {
  test('a field of halftone dots is no text', () => {
    const mask = newMask()
    for (let y = 100; y < 200; y += 6) for (let x = 100; x < 200; x += 6) ink(mask, x, y, 3, 3)
    const map = texture(mask)
    expect(marked(map, 110, 110, 80)).toBe(1)
    expect(marked(map, 10, 10, 60)).toBe(0)
  })

  test('full stops and dots over letters are not: there are too few of them', () => {
    const mask = newMask()
    for (let y = 100; y < 200; y += 30) for (let x = 100; x < 200; x += 20) ink(mask, x, y, 3, 3)
    expect(marked(texture(mask), 0, 0, 290)).toBe(0)
  })

  test('a large piece full of small holes is a picture; a large character is not', () => {
    const picture = newMask()
    ink(picture, 100, 100, 120, 120)
    for (let y = 104; y < 216; y += 5) for (let x = 104; x < 216; x += 5) ink(picture, x, y, 3, 4, 0)
    expect(marked(texture(picture), 110, 110, 100)).toBe(1)
    const character = newMask()
    for (const at of [0, 50, 100]) {
      ink(character, 100, 100 + at, 120, 18)
      ink(character, 100 + at, 100, 18, 120)
    }
    expect(marked(texture(character), 0, 0, 290)).toBe(0)
  })
})

describe('grainFinder', () => {
  const line = { x0: 100, y0: 100, x1: 160, y1: 120, area: 200 }
  const dots = (every: number): Mask => {
    const mask = newMask()
    for (let y = 60; y < 200; y += every) for (let x = 60; x < 200; x += every) ink(mask, x, y, 2, 2)
    return mask
  }

  test('a line amid the specks of a photograph is grain', () => {
    expect(grainFinder(connectedBlobs(dots(10)), em)(line, [])).toBe(true)
  })

  test('a line on a dusty page is not', () => {
    expect(grainFinder(connectedBlobs(dots(30)), em)(line, [])).toBe(false)
  })

  test('its own dots are its own: leaders, a dotted rule, full stops', () => {
    const mask = newMask()
    for (let x = 100; x < 160; x += 5) for (const y of [105, 112]) ink(mask, x, y, 2, 2)
    const own = connectedBlobs(mask)
    expect(grainFinder(own, em)(line, own)).toBe(false)
    expect(grainFinder(own, em)(line, [])).toBe(true)
  })
})

describe('solidBoxes', () => {
  const boxes = (mask: Mask): number => solidBoxes(mask, connectedBlobs(mask), em).length

  test('a black bar with light type cut out of it', () => {
    const mask = newMask()
    ink(mask, 50, 100, 160, 36)
    for (let x = 60; x < 200; x += 22) ink(mask, x, 108, 8, 20, 0)
    expect(boxes(mask)).toBe(1)
  })

  test('no frame, no rule, no square character', () => {
    const frame = newMask()
    ink(frame, 50, 100, 160, 40)
    ink(frame, 54, 104, 152, 32, 0)
    const rule = newMask()
    ink(rule, 50, 100, 160, 6)
    const square = newMask()
    ink(square, 50, 100, 40, 40)
    expect([frame, rule, square].map(boxes)).toEqual([0, 0, 0])
  })
})

describe('solidBoxes', () => {
  test('a box with light figures cut out is one; where it is grainy too, and where a rule hangs on it', () => {
    const mask = newMask()
    ink(mask, 40, 40, 90, 44)
    ink(mask, 60, 52, 12, 20, 0)
    ink(mask, 90, 52, 12, 20, 0)
    for (let y = 40; y < 84; y += 4) for (let x = 40; x < 130; x += 4) ink(mask, x, y, 1, 1, 0)
    ink(mask, 40, 84, 90, 3)
    expect(
      solidBoxes(
        mask,
        connectedBlobs(mask).filter(({ area }) => area > 100),
        em
      )
    ).toMatchObject([{ x0: 40, y0: 40, x1: 130 }])
  })

  test('characters that touch are none: white opens between their strokes along the edge', () => {
    const mask = newMask()
    for (const x of [40, 86]) {
      ink(mask, x, 40, 44, 8)
      ink(mask, x + 16, 40, 12, 44)
      ink(mask, x, 60, 44, 8)
    }
    ink(mask, 40, 62, 90, 4)
    expect(solidBoxes(mask, connectedBlobs(mask), em)).toEqual([])
  })
})

describe('solidArea', () => {
  test('is let out to the ink that cells with some paper in them left out, and no further', () => {
    const mask = newMask()
    ink(mask, 50, 95, 160, 40)
    const area = { x0: 50, y0: 100, x1: 210, y1: 130, area: 0 }
    expect(solidArea(mask, area, em)).toMatchObject([{ x0: 50, y0: 95, x1: 210, y1: 135 }])
  })

  test('is cut to its ink', () => {
    const mask = newMask()
    ink(mask, 50, 104, 160, 36)
    expect(solidArea(mask, { x0: 50, y0: 100, x1: 210, y1: 145, area: 0 }, em)).toMatchObject([{ y0: 104, y1: 140 }])
  })
})
