import type { TextRole } from '@broadsheet/document'
import { isJumpLine } from '../articles/jump.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { isOpenRole, plainText } from './facts.ts'

/** A block that heads an article, and what it is in the heading. */
export interface HeadLine {
  readonly view: BlockView
  readonly role: TextRole
  readonly confidence: number
  readonly reason: string
}

/** A line that may be part of a heading by its words: short, no sentence, no jump line. */
export function mayHead(view: BlockView, page: PageView): boolean {
  const text = plainText(view)
  if (!(isOpenRole(view) || view.block.role === 'heading') || text === '' || isJumpLine(text)) return false
  if (!/\p{L}/u.test(text) || text.length > 140) return false
  if (page.bodyEm !== undefined && view.size < 1.6 && /[。，、；]$/.test(text)) return false
  return page.bodyEm !== undefined || !/[。；，、,;:：]$/.test(text)
}
