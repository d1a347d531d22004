import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'
import type { Block } from './blocks.ts'
import type { Rule } from './rules.ts'

/** Highest a strip with date, section and page number is, in ems of the page's text. */
const highestStrip = 2.5
/** Width and height of a page number of one digit, together; less is a speck. */
const leastMark = 1.5

interface FolioContext {
  readonly rules: readonly Rule[]
  readonly em: number
  /** A vertical page, turned so that the head of the page lies at the left. */
  readonly turned: boolean
}

/**
 * The strip of short lines with the paper's name, date and page number, where it would not be read first anyway: at the foot of a
 * page that has none at its head, or beside the tiers of a vertical page.
 */
export function findFolio(blocks: readonly Block[], { rules, em, turned }: FolioContext): Block[] {
  if (turned) return outermost(blocks, 'x', -1, em)
  // Names of papers and sections at the head are often set large.
  if (outermost(blocks, 'y', -1, 2 * em).length > 0) return []
  const strip = outermost(blocks, 'y', 1, em)
  return isApart(strip, blocks, rules, em) ? strip : []
}

/** Fewest lines of a column, how level columns end, and how far below them what stands at the foot begins, in ems. */
const shortestColumn = 5
const sameEnd = 1.2
const belowColumns = 0.8

/**
 * Single lines at the foot of the page, below columns that all end level: the paper's name, a signature, an imprint. They go on with
 * none of the columns, though they stand below one of them.
 */
export function findFoot(blocks: readonly Block[], { em, turned }: FolioContext): Block[] {
  if (turned) return []
  const columns = blocks.filter((block) => block.kind === 'text' && block.lines.length >= shortestColumn)
  const end = Math.max(...columns.map((block) => block.y1))
  const level = columns.filter((block) => end - block.y1 < sameEnd * em)
  const apart = level.some((a) => level.some((b) => a.x1 < b.x0))
  const foot = blocks.filter((block) => block.y0 > end + belowColumns * em)
  const isLine = (block: Block): boolean => block.lines.length === 1 && block.kind === 'text' && block.y0 < end + highestStrip * 2 * em
  const rest = blocks.filter((block) => !foot.includes(block))
  if (!apart || foot.length === 0 || !foot.every(isLine) || rest.some((block) => block.y1 > end + belowColumns * em)) return []
  return heightOf(unite(foot)) < highestStrip * em ? foot.sort((a, b) => a.x0 - b.x0) : []
}

/** Whether a rule or wide white parts the foot from the page: last lines of columns are no folio. */
function isApart(strip: readonly Block[], blocks: readonly Block[], rules: readonly Rule[], em: number): boolean {
  const [foot, page] = [unite(strip), unite(blocks)]
  const above = Math.max(...blocks.filter((block) => !strip.includes(block) && block.y1 <= foot.y0).map((block) => block.y1))
  const between = rules.filter((rule) => rule.across && rule.y0 > above - 0.5 * em && rule.y1 < foot.y0 + 0.5 * em)
  const ruled = between.some((rule) => shared(rule.x0, rule.x1, page.x0, page.x1) > 0.5 * widthOf(page))
  return ruled || foot.y0 - above > 3 * em
}

/** Single lines at one end of the page that nothing else stands beside: two at least, one in small type, with white between. */
function outermost(blocks: readonly Block[], axis: 'x' | 'y', end: -1 | 1, em: number): Block[] {
  const near = (block: Blob): number => (end < 0 ? block[`${axis}0`] : -block[`${axis}1`])
  const far = (block: Blob): number => (end < 0 ? block[`${axis}1`] : -block[`${axis}0`])
  const sorted = blocks.filter((block) => widthOf(block) + heightOf(block) > leastMark * em).sort((a, b) => near(a) - near(b))
  const strip: Block[] = []
  let reach = -Infinity
  for (const block of sorted) {
    if (strip.length > 0 && near(block) > reach + 0.3 * em) break
    strip.push(block)
    reach = Math.max(reach, far(block))
  }
  if (strip.length < 2 || strip.length === blocks.length || strip.some((block) => block.lines.length > 1)) return []
  if (strip.every((block) => block.kind === 'heading')) return []
  const [area, page] = [unite(strip), unite(blocks)]
  const [thick, long, whole] = axis === 'y' ? [heightOf(area), widthOf, widthOf(page)] : [widthOf(area), heightOf, heightOf(page)]
  const covered = strip.reduce((sum, block) => sum + long(block), 0)
  return thick < highestStrip * em && long(area) > 0.5 * whole && covered < 0.8 * long(area) ? strip : []
}
