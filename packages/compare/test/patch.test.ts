import { rawPageText } from '@broadsheet/document'
import { applyPatch } from 'diff'
import { expect, test } from 'vitest'
import { explain, explainTexts, formatPatch, leftText, patchTexts, rightText } from '../src/index.ts'
import { change, cleanPage, pageOf, samplePage } from './pages.ts'

test('an explanation gives back both texts', () => {
  const clean = samplePage()
  expect(leftText(explain(clean))).toBe(rawPageText(clean.page))
  expect(rightText(explain(clean)).split('\n\n')).toHaveLength(4)
  const split = cleanPage(pageOf('p', '一个标题正文从这里开始。', '下一段。'), [
    change({ kind: 'split', region: 'r1', from: 4, role: 'paragraph' })
  ])
  expect(leftText(explain(split))).toBe(rawPageText(split.page))
})

test('the patch turns raw into clean', () => {
  const clean = samplePage()
  expect(applyPatch(rawPageText(clean.page), formatPatch(explain(clean)))).toBe(rightText(explain(clean)))
})

test.each([
  ['', '一\n'],
  ['一\n', ''],
  ['一', '一\n'],
  ['一\n二\n三\n四\n五\n六\n七\n八\n九', '一\n二\n三\n四！\n五\n六\n七\n八\n九'],
  ['a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n', 'b\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n'],
  ['同\n', '同\n']
])('patches %j to %j', (left, right) => {
  const patch = patchTexts(left, right, { leftName: 'a/x.txt', rightName: 'b/x.txt' })
  expect(patch === '' ? left : applyPatch(left, patch)).toBe(right)
})

test('two texts are explained line by line, both sides kept', () => {
  const [left, right] = ['第一行\n第二行，旧。\n第三行\n', '第一行\n第二行，新。\n插入的行\n第三行\n']
  const explanation = explainTexts(left, right, { leftName: 'old.txt', rightName: 'new.txt' })
  const hunks = explanation.rows.flatMap((row) => row.hunks)
  expect(hunks.map((hunk) => hunk.raw).join('')).toBe(left)
  expect(hunks.map((hunk) => hunk.clean).join('')).toBe(right)
  expect(hunks.filter((hunk) => hunk.kind === 'replaced').map((hunk) => hunk.raw + hunk.clean)).toEqual(['旧新'])
})
