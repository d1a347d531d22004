import { memoize, type TextRole } from '@broadsheet/document'
import { type BlockView, type PageView, viewPage } from '../articles/view.ts'
import type { Context, LabelFinding } from '../rule.ts'

/** Roles that are no more than a first guess, and may be told better. */
const openRoles: ReadonlySet<TextRole> = new Set<TextRole>(['paragraph', 'other'])

/** The page as the label rules see it. */
export function lookAtPage(context: Context): PageView {
  return viewPage(context.page, context.blocks)
}

/** Whether nothing better than “paragraph”, or the layout's guess of a heading by its size, is known of a block. */
export function isOpenRole(view: BlockView): boolean {
  return openRoles.has(view.block.role) || (view.isGuess && view.block.role === 'heading')
}

/** A block's text without the marks some engines put before headings (`##`, △). */
export const plainText: (view: BlockView) => string = memoize((view) =>
  view.text
    .replace(/^[#\s]+/, '')
    .replace(/^[△▲◆■●▼□○◇★☆\s]+/, '')
    .trim()
)

/** Whether a text ends as a sentence ends. */
export function endsSentence(text: string): boolean {
  const tail = text.slice(-64)
  return /[。！？…!?][”’"'」』）)》\]]*$/.test(tail) || /[\p{Ll}\d)”"]\.[”"’')]*$/u.test(tail)
}

/** Whether a text reads as running text: it has sentences, or is too long for anything else. */
export function isProse(text: string): boolean {
  return (
    /[。；]/.test(text) ||
    text.length > 120 ||
    (endsSentence(text) && (text.length > 24 || /\p{Ll}\./u.test(text)) && !/[!?！？][”"]?$/.test(text))
  )
}

/** Printed length in ems: Han and full-width marks one, others half. Of a text that is no line any more, at least so much. */
export function ems(text: string): number {
  if (text.length > 4000) return text.length / 2
  let sum = 0
  for (const char of text) sum += char.codePointAt(0)! >= 0x2e80 ? 1 : 0.5
  return sum
}

/** Running text: of the page's common size, and either prose or several full lines. */
export const isRunningText: (view: BlockView) => boolean = memoize((view) => {
  if (view.block.role !== 'paragraph' && view.block.role !== 'other') return false
  if (view.size > 1.22 || view.size < 0.75) return false
  return isProse(view.text) ? view.text.length > 12 : view.lines.length >= 3 && ems(view.text) > 20
})

/** The finding that a block is of this kind. */
export function says(
  view: BlockView,
  role: TextRole,
  reason: string,
  confidence: number,
  evidence: NonNullable<LabelFinding['evidence']> = {}
): LabelFinding {
  return {
    kind: 'label',
    block: view.block.id,
    role,
    reason,
    confidence,
    certainty: confidence >= 0.75 ? 'certain' : 'probable',
    evidence: { ...sizeEvidence(view), ...evidence }
  }
}

function sizeEvidence(view: BlockView): NonNullable<LabelFinding['evidence']> {
  return view.box && view.em !== undefined ? { typeSize: Math.round(view.size * 100) / 100 } : {}
}
