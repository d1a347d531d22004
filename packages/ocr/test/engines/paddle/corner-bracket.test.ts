import { expect, test } from 'vitest'
import { cornerBracketIn } from '../../../src/engines/paddle/corner-bracket.ts'
import type { Grey } from '../../../src/engines/resample.ts'

const side = 40
const paper = 230

/** A cell of paper with dark rectangles: x, y, width, height. */
function cellWith(...boxes: readonly (readonly [number, number, number, number])[]): Grey {
  const pixels = new Uint8Array(side * side).fill(paper)
  for (const [x, y, width, height] of boxes)
    for (let row = y; row < y + height; row++) pixels.fill(20, row * side + x, row * side + x + width)
  return { pixels, width: side, height: side }
}

test.each([
  ['a bar with a hook down on its right', cellWith([6, 20, 28, 3], [31, 20, 3, 10]), '「'],
  ['a bar with a hook up on its left', cellWith([6, 20, 28, 3], [6, 11, 3, 10]), '」'],
  ['the same with a grain of dirt', cellWith([6, 20, 28, 3], [31, 20, 3, 10], [15, 26, 1, 1]), '「'],
  ['一 with the end of its stroke', cellWith([6, 20, 28, 3], [29, 17, 4, 3]), undefined],
  ['二', cellWith([10, 10, 20, 3], [6, 22, 28, 3]), undefined],
  ['a square', cellWith([6, 6, 28, 28]), undefined],
  ['paper', cellWith(), undefined]
])('%s', (_, cell, bracket) => expect(cornerBracketIn(cell, side)).toBe(bracket))
