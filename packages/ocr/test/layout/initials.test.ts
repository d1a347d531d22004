import { describe, expect, test } from 'vitest'
import { type Blob, unite } from '../../src/layout/blob.ts'
import { apartFromInitial, initialsOf, withInitials } from '../../src/layout/initials.ts'
import { toLine } from '../../src/layout/text-line.ts'

const em = 20

/** Letters of one row, twelve pixels apart. */
const letters = (x: number, y: number, count = 12, height = 14): Blob[] =>
  Array.from({ length: count }, (_, k) => ({ x0: x + 12 * k, x1: x + 12 * k + 9, y0: y, y1: y + height, area: 60 }))

const initial: Blob = { x0: 0, x1: 40, y0: 0, y1: 62, area: 1200 }
const one = (pieces: readonly Blob[]): Blob[][] => [[...pieces]]

describe('apartFromInitial', () => {
  test('an initial that hangs below its line is a piece of its own', () => {
    const first = letters(44, 0)
    expect(apartFromInitial([initial, ...first], em, one)).toEqual([[initial], first])
  })

  test('the lines beside it come apart too', () => {
    const [first, second] = [letters(44, 0), letters(44, 24)]
    expect(apartFromInitial([initial, ...first, ...second], em, () => [first, second])).toEqual([[initial], first, second])
  })

  test('a large letter on the line stays in it', () => {
    const row = [initial, ...letters(44, 48)]
    expect(apartFromInitial(row, em, one)).toEqual([row])
  })

  test('and so does the capital of a headline', () => {
    const row = [initial, ...letters(44, 4, 8, 50)]
    expect(apartFromInitial(row, em, one)).toEqual([row])
  })
})

describe('withInitials', () => {
  const line = (pieces: readonly Blob[]) => toLine(pieces, em)
  const [big, first, second, third] = [line([initial]), line(letters(44, 0)), line(letters(44, 24)), line(letters(0, 72))]

  test('an initial comes before the first line beside it', () => {
    const lines = [third, second, first, big]
    const initials = initialsOf(lines, em)
    expect(withInitials([first, second, third], initials)).toEqual([big, first, second, third])
  })

  test('a large piece with nothing beside it is none', () => {
    expect(initialsOf([big, third], em).size).toBe(0)
    expect(unite([initial]).y1).toBe(62)
  })
})
