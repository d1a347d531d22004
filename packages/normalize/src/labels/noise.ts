import { defineRule, type Rule } from '../rule.ts'
import { ems, isOpenRole, lookAtPage, says } from './facts.ts'

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
    for (const view of lookAtPage(context).blocks) {
      if (!isOpenRole(view)) continue
      if (!/[\p{L}\p{N}]/u.test(view.text.replace(/[丨丿丶乚亅]/g, ''))) yield says(view, 'noise', 'No letter and no figure in it.', 0.9)
      else if (view.box && (view.confidence ?? 1) < leastBelieved && ems(view.text) <= 12)
        yield says(view, 'noise', 'A few characters that the engine hardly believes.', 0.8, {
          confidence: Math.round(view.confidence! * 100) / 100
        })
    }
  }
})
