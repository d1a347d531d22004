import { furnitureRoles, type TextRole } from '@broadsheet/document'
import type { BlockView } from './view.ts'

/** Blocks of one page that are one article, or the part of it that stands on this page. */
export interface PageGroup {
  /** In reading order. */
  readonly blocks: readonly BlockView[]
  /** 0 to 1. */
  readonly confidence: number
  /** What the grouping went by. */
  readonly reason: string
  readonly alternatives: readonly Alternative[]
}

/** The same article with other blocks, nearly as plausible. */
export interface Alternative {
  readonly blocks: readonly BlockView[]
  readonly confidence: number
  readonly reason: string
}

const headRoles: ReadonlySet<TextRole> = new Set<TextRole>(['kicker', 'heading', 'deck'])

/** Whether a block is part of an article's heading: kicker, heading or deck. */
export function isHead(view: BlockView): boolean {
  return headRoles.has(view.block.role)
}

/** Whether a block belongs to the page and to no article. */
export function isFurniture(view: BlockView): boolean {
  return furnitureRoles.has(view.block.role)
}
