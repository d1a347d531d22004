import { expect, test } from 'vitest'
import { cutAtTiers } from '../../src/layout/cut-at-tiers.ts'
import { toLine } from '../../src/layout/text-line.ts'

const em = 20
const characters = (x0: number, y0: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ x0: x0 + index * 20, x1: x0 + index * 20 + 18, y0, y1: y0 + 18, area: 160 }))
/** A line, turned so that it runs across, whose parts begin at `starts`, ten characters each. */
const line = (y: number, ...starts: number[]) =>
  toLine(
    starts.flatMap((x) => characters(x, y, 10)),
    em
  )
const [first, second] = [0, 214]
const tiers = [40, 70, 100, 130].flatMap((y) => [line(y, first), line(y, second)])
const startsAt = (lines: readonly { x0: number; y0: number }[], y: number) => lines.filter(({ y0 }) => y0 === y).map(({ x0 }) => x0)

test('a line that runs on into the next tier of the page is cut there', () => {
  expect(startsAt(cutAtTiers([...tiers, line(600, first, second)], em), 600)).toEqual([first, second])
})
test('so are lines side by side', () => {
  const found = cutAtTiers([...tiers, line(600, first, second), line(630, first, second)], em)
  expect([...startsAt(found, 600), ...startsAt(found, 630)]).toEqual([first, second, first, second])
})
test('not where a line beside it runs over the blank', () => {
  const lines = [...tiers, line(600, first, second), line(630, 10, 210)]
  expect(cutAtTiers(lines, em)).toEqual(lines)
})
test('not at a blank where no tier ends', () => {
  const lines = [...tiers, line(600, 60, 274)]
  expect(cutAtTiers(lines, em)).toEqual(lines)
})
test('a single character with its mark in the next tier is cut off too', () => {
  const end = toLine([...characters(first, 600, 10), ...characters(second, 600, 1)], em)
  expect(startsAt(cutAtTiers([...tiers, end], em), 600)).toEqual([first, second])
  const commas = [40, 70, 100, 130, 600].map((y) => toLine([...characters(first, y, 10), ...characters(second, y, 1)], em))
  expect(cutAtTiers(commas, em)).toEqual(commas)
})
