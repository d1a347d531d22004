import { expect, test } from 'vitest'
import { type Orientation, orientGrey, turnedAgain } from '../../src/image/orientation.ts'

const all: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]
const picture = { pixels: Uint8Array.from([1, 2, 3, 4, 5, 6]), width: 3, height: 2 }

test('turning twice is turning once by turnedAgain', () => {
  for (const first of all)
    for (const then of all) expect(orientGrey(picture, turnedAgain(first, then))).toEqual(orientGrey(orientGrey(picture, first), then))
})
