import { distance, flowOf, toFlow } from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { ems, isOpenRole, isRunningText, lookAtPage, says } from './facts.ts'

/** Mean confidence below which a few characters are taken for a picture's. */
const leastBelieved = 0.5

export const noise: Rule = defineRule({
  name: 'noise',
  phase: 'label',
  summary: 'Marks that an engine read where nothing is written.',
  why: 'Folds, frames and screens are read as dots and strokes. A block without a single letter or figure is no text, nor are a few characters that the engine itself hardly believes. It is kept.',
  examples: [
    { before: ['“ ·· — 丨', '湖边的灯今晚都亮了。'], after: [{ text: '“ ·· — 丨', role: 'noise' }, '湖边的灯今晚都亮了。'] },
    { before: ['第九。'], after: ['第九。'] }
  ],
  *find(context) {
    const page = lookAtPage(context)
    for (const view of page.blocks) {
      if (!isOpenRole(view)) continue
      if (!/[\p{L}\p{N}]/u.test(view.text.replace(/[丨丿丶乚亅]/g, ''))) yield says(view, 'noise', 'No letter and no figure in it.', 0.9)
      else if (view.box && (view.confidence ?? 1) < leastBelieved && ems(view.text) <= 12)
        yield says(view, 'noise', 'A few characters that the engine hardly believes.', 0.8, {
          confidence: Math.round(view.confidence! * 100) / 100
        })
      else if (isStray(view, page))
        yield says(view, 'noise', 'A few small or doubtful characters away from all text.', 0.78, {
          confidence: Math.round((view.confidence ?? 1) * 100) / 100
        })
      else if (isSpeck(view, page)) yield says(view, 'noise', 'One character alone outside the text of the page.', 0.8)
    }
  }
})

/** One letter (no figure, which may be a page number) beyond all running text, with nothing near it: the sheet's edge, a fold. */
function isSpeck(view: BlockView, page: PageView): boolean {
  const place = flowOf(view, page)
  if (!place || [...view.text.replace(/[^\p{L}\p{N}]/gu, '')].length !== 1 || /\d/.test(view.text)) return false
  const others = page.blocks.flatMap((other) => (other === view || ems(other.text) < 2 ? [] : (flowOf(other, page) ?? [])))
  const texts = page.blocks.filter((other) => isRunningText(other)).flatMap((other) => flowOf(other, page) ?? [])
  const isOutside = ['start', 'top'].some((side) => {
    const [from, to] = side === 'start' ? (['start', 'end'] as const) : (['top', 'bottom'] as const)
    return texts.every((text) => place[to] <= text[from]) || texts.every((text) => place[from] >= text[to])
  })
  return texts.length > 1 && isOutside && others.every((other) => distance(place, other) > 2 * page.bodyEm!)
}

/** Small or doubtful, of four characters at most, and no running text near: read out of a picture or a border. */
function isStray(view: BlockView, page: PageView): boolean {
  const place = flowOf(view, page)
  if (!place || view.lines.length > 1 || ems(view.text) > 4 || /^\d+$/.test(view.text.trim())) return false
  if ((view.confidence ?? 1) >= 0.75 && view.size >= 0.7) return false
  return page.blocks.every((other) => {
    if (other === view || !(isRunningText(other) || other.block.role === 'heading')) return true
    return other.boxes.every((box) => distance(toFlow(box, page.vertical), place) > 1.5 * page.bodyEm!)
  })
}
