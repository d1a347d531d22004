import { groupByPlace } from './group-by-place.ts'
import type { PageGroup } from './page-group.ts'
import { groupBySequence } from './sequence.ts'
import type { PageView } from './view.ts'

/** The articles of one page, in the paper's order: by their boxes where there are boxes, else by order and words. */
export function groupPage(view: PageView): PageGroup[] {
  const placed = view.blocks.filter(({ box }) => box !== undefined).length
  return view.bodyEm !== undefined && placed * 2 > view.blocks.length ? groupByPlace(view) : groupBySequence(view.blocks)
}
