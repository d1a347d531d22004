import { expect, test } from 'vitest'
import type { Blob } from '../../src/layout/blob.ts'
import { amidScreen, screenDots } from '../../src/layout/screen.ts'

const em = 20

function square(x: number, y: number, side: number, share = 0.8): Blob {
  return { x0: x, y0: y, x1: x + side, y1: y + side, area: Math.round(side * side * share) }
}

/** Dots of a screen, `down` rows of `across`. */
const grid = (across: number, down: number): Blob[] =>
  Array.from({ length: across * down }, (_, k) => square(100 + 14 * (k % across), 100 + 14 * Math.floor(k / across), 9))

test('dots one beside the other on all sides are a screen, those at its edges too', () => {
  expect(screenDots(grid(8, 6), em).size).toBe(48)
})

test('a row of leaders, full stops and characters are none', () => {
  const leaders = Array.from({ length: 30 }, (_, k) => square(14 * k, 300, 9))
  const type = Array.from({ length: 40 }, (_, k) => square(22 * (k % 10), 400 + 28 * Math.floor(k / 10), 18, 0.4))
  const stops = type.map(({ x1, y1 }) => square(x1, y1 - 3, 3))
  expect(screenDots([...leaders, ...type, ...stops], em).size).toBe(0)
})

test('bold characters of one size, larger than the dots of any screen, are none', () => {
  const type = Array.from({ length: 40 }, (_, k) => square(22 * (k % 10), 28 * Math.floor(k / 10), 18, 0.6))
  expect(screenDots(type, em).size).toBe(0)
})

test('small letters as solid as dots, whose rows stand further apart than they do, are none', () => {
  const letters = Array.from({ length: 160 }, (_, k) => square(15 * (k % 20), 30 * Math.floor(k / 20), 12))
  expect(screenDots(letters, em).size).toBe(0)
})

test('a few letters alike in one place are none', () => {
  expect(screenDots(grid(4, 2), em).size).toBe(0)
})

test('what stands amid dots is of the screen, what stands an em and more below it is not', () => {
  const isOfScreen = amidScreen(screenDots(grid(8, 6), em), em)
  expect(isOfScreen({ x0: 120, y0: 140, x1: 170, y1: 160, area: 500 })).toBe(true)
  expect(isOfScreen({ x0: 120, y0: 215, x1: 170, y1: 235, area: 500 })).toBe(false)
})
