import { parseDateline } from './dateline.ts'
import { isJumpLine, parseJump } from './jump.ts'
import { isFurniture, isHead, type PageGroup } from './page-group.ts'
import { isFinished } from './signature.ts'
import type { BlockView } from './view.ts'

interface Draft {
  readonly blocks: BlockView[]
  hasText: boolean
  isClosed: boolean
  readonly opensWith: Opening
}

type Opening = 'heading' | 'dateline' | 'jump' | 'page'

/**
 * Groups the blocks of a page without boxes: by their order and their words. A heading opens an article; so does a dateline
 * after a closing credit. What stands before the first heading is an article without one.
 */
export function groupBySequence(blocks: readonly BlockView[]): PageGroup[] {
  const drafts: Draft[] = []
  for (const view of blocks) {
    if (isFurniture(view)) continue
    const current = drafts.at(-1)
    const opening = current ? opensArticle(view, current) : openingOf(view)
    if (opening || !current) drafts.push({ blocks: [view], hasText: isText(view), isClosed: false, opensWith: opening ?? 'page' })
    else addTo(current, view)
  }
  return drafts.map(settle)
}

function opensArticle(view: BlockView, current: Draft): Opening | undefined {
  if (isHead(view)) return current.hasText || current.isClosed ? 'heading' : undefined
  if (!current.isClosed) return undefined
  if (view.block.role === 'paragraph' && parseDateline(view.text)) return 'dateline'
  return view.block.role === 'jump-line' && parseJump(view.text)?.direction === 'from' ? 'jump' : undefined
}

function openingOf(view: BlockView): Opening {
  if (isHead(view)) return 'heading'
  return isJumpLine(view.text) ? 'jump' : 'page'
}

function isText(view: BlockView): boolean {
  return ['paragraph', 'crosshead', 'table', 'note', 'other'].includes(view.block.role)
}

function addTo(draft: Draft, view: BlockView): void {
  draft.blocks.push(view)
  if (isText(view)) draft.hasText = true
  const closes = view.block.role === 'credit' || (view.block.role === 'jump-line' && parseJump(view.text)?.direction === 'to')
  if ((closes && draft.hasText) || (view.block.role === 'paragraph' && isFinished(view.text))) draft.isClosed = true
}

const reasons: Readonly<Record<Opening, readonly [confidence: number, reason: string]>> = {
  heading: [0.9, 'From its heading to the next, in the order of the page.'],
  dateline: [0.7, 'No heading; it opens with a dateline, after the credit of the article before.'],
  jump: [0.7, 'No heading; it goes on from another page.'],
  page: [0.6, 'No heading stands before it on the page.']
}

function settle(draft: Draft): PageGroup {
  const [confidence, reason] = reasons[draft.opensWith]
  return { blocks: draft.blocks, confidence: draft.isClosed ? Math.min(0.98, confidence + 0.05) : confidence, reason, alternatives: [] }
}
