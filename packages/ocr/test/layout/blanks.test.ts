import { expect, test } from 'vitest'
import { blankPictures } from '../../src/layout/blanks.ts'
import type { Block } from '../../src/layout/blocks.ts'
import type { Rule } from '../../src/layout/rules.ts'

const body = 20
function block(x0: number, y0: number, lines: number, em: number = body): Block {
  const line = (index: number) => ({ x0, x1: x0 + 200, y0: y0 + index * 30, y1: y0 + index * 30 + em, area: 1, em })
  const all = Array.from({ length: lines }, (_, index) => line(index))
  return { kind: 'text', em, lines: all as unknown as Block['lines'], x0, y0, x1: x0 + 200, y1: all.at(-1)!.y1, area: 1 }
}
const [left, right, head] = [block(0, 100, 12), block(440, 100, 12), block(220, 60, 1)]
const find = (blocks: Block[], rules: Rule[] = [], latin = false) => blankPictures(blocks, { rules, pictures: [], body, latin })

test('small type below a blank amid columns is the caption of a picture that was not seen', () => {
  expect(find([head, left, right, block(220, 400, 1, 16)])).toEqual([{ x0: 220, x1: 420, y0: 80, y1: 400, area: 0 }])
})
test('not type of the text, nor a line right below other text or a rule, nor one at the foot of a page with nothing beside', () => {
  expect(find([head, left, right, block(220, 400, 1)])).toEqual([])
  expect(find([head, left, right, block(220, 120, 1, 16)])).toEqual([])
  const rule: Rule = { x0: 200, x1: 440, y0: 380, y1: 382, area: 1, across: true }
  expect(find([head, left, right, block(220, 400, 1, 16)], [rule])).toEqual([])
  expect(find([head, block(220, 400, 1, 16)])).toEqual([])
})
test('in an alphabet also a line of the size of the text, where it stands alone', () => {
  const caption = block(220, 400, 1)
  expect(find([head, left, right, caption], [], true)).toHaveLength(1)
  expect(find([head, left, right, caption, block(220, 430, 2)], [], true)).toEqual([])
})
