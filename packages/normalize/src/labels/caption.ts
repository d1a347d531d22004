import { isOpen } from '../articles/assemble.ts'
import { distance, type Flow, flowOf, overlapAlong, picturesOf } from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { ems, isOpenRole, isProse, isRunningText, lookAtPage, says } from './facts.ts'
import { captionEnd, captionStart } from './words.ts'

export const caption: Rule = defineRule({
  name: 'caption',
  phase: 'label',
  summary: 'The words under a picture.',
  why: 'A caption is read into the column beside the picture. It is told by its place right under a picture and its small type, or by its words: 图为 at the start, a photographer at the end.',
  examples: [
    {
      before: ['昨日航拍的环湖快速路月亮湾互通。 记者 岑默 摄'],
      after: [{ text: '昨日航拍的环湖快速路月亮湾互通。 记者 岑默 摄', role: 'caption' }]
    },
    { before: ['图为盾构机缓缓转动刀盘。'], after: [{ text: '图为盾构机缓缓转动刀盘。', role: 'caption' }] },
    { before: ['这张照片是他二十年前拍的，一直挂在墙上。'], after: ['这张照片是他二十年前拍的，一直挂在墙上。'] }
  ],
  *find(context) {
    const page = lookAtPage(context)
    const pictures = picturesOf(page)
    for (const view of page.blocks) {
      if (!isOpenRole(view) || view.size > 1.2) continue
      if (isCaptionByWords(view)) yield says(view, 'caption', 'Worded as a caption.', 0.88)
      else if (isUnderPicture(view, page, pictures)) yield says(view, 'caption', 'Stands in small type right beside a picture.', 0.86)
    }
  }
})

function isCaptionByWords(view: BlockView): boolean {
  if (ems(view.text) > 120) return false
  if (captionStart.test(view.text) && view.text.length > 6) return true
  if (view.box && view.size < 0.9 && view.lines.length <= 2 && /[。\s](?:记者|通讯员|摄影)\s?\p{Script=Han}{2,4}$/u.test(view.text))
    return true
  return captionEnd.test(view.text.slice(-40)) && ems(view.text) > 10 && (view.text.match(/。/g)?.length ?? 0) <= 2
}

/** Under it, or over it, no wider than it, and set smaller than the text or in one or two lines. */
function isUnderPicture(view: BlockView, page: PageView, pictures: readonly Flow[]): boolean {
  const place = flowOf(view, page)
  if (!place || page.bodyEm === undefined || view.lines.length > 6) return false
  const near = pictures.some(
    (picture) =>
      distance(place, picture) < 1.3 * page.bodyEm! &&
      overlapAlong(place, picture) > 0.8 &&
      place.end - place.start <= (picture.end - picture.start) * 1.15 &&
      place.top >= picture.bottom - page.bodyEm! * 0.5
  )
  if (!near || goesOn(view, place, page)) return false
  return view.size < 0.955 || (view.lines.length <= 2 && ems(view.text) < 40 && isOneSentence(view.text) && view.size < 1.1)
}

function isOneSentence(text: string): boolean {
  return !isProse(text) || (ems(text) < 30 && !/[。.!?！？]./u.test(text))
}

/** The end of a paragraph under a picture: text follows it without white, or it goes on from the text before it. */
function goesOn(view: BlockView, place: Flow, page: PageView): boolean {
  const before = page.blocks[view.index - 1]
  const isTail = view.size > 0.9 && before !== undefined && isRunningText(before) && isOpen(before.text) && !isCaptionByWords(view)
  const follows = page.blocks.some((other) => {
    const there = other !== view && isRunningText(other) ? flowOf(other, page) : undefined
    return there && overlapAlong(there, place) > 0.6 && Math.abs(there.top - place.bottom) < 0.6 * page.bodyEm!
  })
  return view.size > 0.9 && (isTail || (follows && view.size > 0.955))
}
