import { expect, test } from 'vitest'
import { isFlatStroke, isSquat, readShapes } from '../../../src/engines/paddle/flat-stroke.ts'
import type { Shape } from '../../../src/engines/paddle/strip.ts'
import type { Grey } from '../../../src/engines/resample.ts'

const side = 40

/** A cell of paper with dark rectangles: x, y, width, height. */
function cellWith(...boxes: readonly (readonly [number, number, number, number])[]): Grey {
  const pixels = new Uint8Array(side * side).fill(230)
  for (const [x, y, width, height] of boxes)
    for (let row = y; row < y + height; row++) pixels.fill(20, row * side + x, row * side + x + width)
  return { pixels, width: side, height: side }
}

test.each([
  ['a stroke across the cell', cellWith([5, 18, 30, 4]), true],
  ['a dash, which stands upright', cellWith([18, 5, 4, 30]), false],
  ['a colon, two dots side by side', cellWith([6, 18, 5, 5], [29, 18, 5, 5]), false],
  ['a comma', cellWith([26, 6, 8, 8]), false],
  ['a character', cellWith([5, 5, 30, 30]), false]
])('%s', (_, cell, flat) => {
  expect(isFlatStroke(cell, side)).toBe(flat)
})

const peak = (text: string, at: number) => ({ text, at, confidence: 0.6, firstStep: 0, lastStep: 0, variants: [] })
const textOf = (peaks: readonly { readonly text: string }[]): string => peaks.map(({ text }) => text).join('')
const inner = { from: 40, to: 80, end: false, text: '一' } as const

test.each<[string, ReturnType<typeof peak>[], Shape, string]>([
  ['taken for two', [peak('第', 20), peak('二', 60)], inner, '第一'],
  ['taken for a mark', [peak('第', 20), peak('“', 60), peak('天', 100)], inner, '第一天'],
  ['passed over', [peak('第', 20), peak('天', 100)], inner, '第一天'],
  ['read as a character that is no stroke', [peak('第', 20), peak('日', 60)], inner, '第日'],
  ['a bit of a rule at the end, where nothing was seen', [peak('第', 20)], { ...inner, end: true }, '第'],
  ['a corner bracket taken for a stroke', [peak('曰', 20), peak('一', 60)], { ...inner, text: '「' } as const, '曰「'],
  ['at the end, where the network saw a stroke', [peak('第', 20), peak('_', 60)], { ...inner, end: true }, '第一']
])('one stroke across its cell: %s', (_, peaks, stroke, text) => {
  expect(textOf(readShapes([stroke], peaks))).toBe(text)
})

test.each([
  ['as wide as it is high', cellWith([4, 6, 32, 30]), true],
  ['higher than it is wide', cellWith([9, 4, 22, 32]), false],
  ['a stroke', cellWith([5, 18, 30, 4]), false]
])('squat: %s', (_, cell, squat) => {
  expect(isSquat(cell, side)).toBe(squat)
})

test('日 in a squat cell is 曰, and nothing else there is', () => {
  const squat = { ...inner, text: '曰' } as const
  expect(textOf(readShapes([squat], [peak('文', 20), peak('日', 60)]))).toBe('文曰')
  expect(textOf(readShapes([squat], [peak('文', 20), peak('四', 60)]))).toBe('文四')
  expect(textOf(readShapes([squat], [peak('文', 20)]))).toBe('文')
})
