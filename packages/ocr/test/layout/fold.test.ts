import { describe, expect, test } from 'vitest'
import type { GreyImage } from '../../src/image/grey.ts'
import { orientGrey } from '../../src/image/orientation.ts'
import { findFold } from '../../src/layout/fold.ts'
import { draw, fill } from './draw.ts'

const rows = (row: string, count = 22): string[] => Array.from({ length: count }, () => row)
const twoPages = 'AAAAAAAAA BBBBBBBBB    CCCCCCCCC DDDDDDDDD'
/** Where the fold of `twoPages` is. */
const middle = (3 + twoPages.length / 2) * 25

/** The shadow of a fold: dark in the middle, lighter to both sides, from edge to edge. */
function withShadow(image: GreyImage, x: number): GreyImage {
  for (const [away, value] of [190, 150, 90, 150, 190].entries()) fill(image, x - 15 + 6 * away, 0, 6, image.height, value)
  return image
}

/** Two pages whose lines run down: the square of two pages, its rows drawn as columns. */
const down = (): GreyImage => {
  const tall = rows('AAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAA', 12)
  return orientGrey(draw([...tall, '', '', '', ...tall]), 5)
}

describe('findFold', () => {
  test('two pages side by side, nothing across the white between them', () => {
    const fold = findFold(draw(rows(twoPages)))!
    expect(Math.abs(fold.top - middle)).toBeLessThan(15)
    expect(Math.abs(fold.bottom - middle)).toBeLessThan(15)
    expect(fold.rightFirst).toBe(false)
  })

  test('the shadow of the fold is found where it is', () => {
    const fold = findFold(withShadow(draw(rows(twoPages)), middle + 20))!
    expect(Math.abs(fold.top - middle - 20)).toBeLessThan(6)
  })

  test('pages whose lines run down are read from the right', () => {
    const page = down()
    expect(findFold(withShadow(page, page.width / 2))?.rightFirst).toBe(true)
  })

  const headline = [...rows(twoPages, 3), 'AAAAAAAAA BBBBBB  AAAAAA   CCCC DDDDDDDDDD', ...rows(twoPages, 18)]
  const rule = [...rows(twoPages, 8), '-'.repeat(twoPages.length), ...rows(twoPages, 13)]
  const picture = [...rows(twoPages, 5), ...rows('AAAAAAAAA BBBBBB########CCCCCC DDDDDDDDD', 8), ...rows(twoPages, 9)]
  test.each([
    ['higher than wide', draw(rows('AAAAAAA    BBBBBBB', 30))],
    ['a headline runs across', draw(headline)],
    ['a headline runs across the shadow', withShadow(draw(headline), middle)],
    ['a rule runs across', draw(rule)],
    ['a picture lies across', draw(picture)],
    ['the white is as wide between all columns', draw(rows('AAAAAAAA   BBBBBBBB   CCCCCCCC   DDDDDDDD'))],
    ['only the gutter of columns, with a rule in it', columnRule(draw(rows('AAAAAAAAAA BBBBBBBBBB CCCCCCCCCC DDDDDDDDDD')))],
    ['one side is empty', draw(rows('AAAAAAAAA BBBBBBBBB                       '))],
    ['a page that lies on its side, two articles of it apart', down()],
    ['blank paper', draw(rows(' '.repeat(40)))]
  ])('one page: %s', (_, image) => {
    expect(findFold(image)).toBeUndefined()
  })
})

function columnRule(image: GreyImage): GreyImage {
  fill(image, image.width / 2 - 1, 100, 3, image.height - 200, 20)
  return image
}
