import { type Block, blockText, type TextRole } from '@broadsheet/document'
import { alignBlocks } from '../block-align.ts'
import type { RoleDetail, Truth } from './truth.ts'

/** Roles of blocks held against the truth, as finely as the truth tells them. */
export interface LabelScore {
  readonly blocks: number
  readonly right: number
  /** `heading read as paragraph`: how often. */
  readonly confusions: Readonly<Record<string, number>>
}

/** Pairs of blocks: in one article in both, in the result only, in the truth only. */
export interface GroupingScore {
  readonly both: number
  readonly resultOnly: number
  readonly truthOnly: number
}

/** The block of the result that has most of each block of the truth; undefined where none has a third of it. */
export function matchBlocks(truth: Truth, blocks: readonly Block[]): (Block | undefined)[] {
  const texts = blocks.map(blockText)
  const segments = alignBlocks(truth.blocks.map((block) => block.text).join('\n'), texts.join('\n'))
  const starts = startsOf(texts)
  let at = 0
  return truth.blocks.map(({ text }) => {
    const [from, to] = [at, at + text.length]
    at = to + 1
    const shares = new Map<number, number>()
    for (const segment of segments) {
      const shared = Math.min(to, segment.aTo) - Math.max(from, segment.aFrom)
      if (shared <= 0) continue
      const place = segment.bFrom + Math.max(0, from - segment.aFrom) + shared / 2
      const index = starts.findLastIndex((start) => start <= place)
      shares.set(index, (shares.get(index) ?? 0) + shared)
    }
    const [best] = [...shares].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    return best && best[1] * 3 >= text.length ? blocks[best[0]] : undefined
  })
}

function startsOf(texts: readonly string[]): number[] {
  let at = 0
  return texts.map((text) => {
    const start = at
    at += text.length + 1
    return start
  })
}

export function scoreLabels(truth: Truth, matched: readonly (Block | undefined)[]): LabelScore | undefined {
  if (truth.roles === 'none') return undefined
  const confusions: Record<string, number> = {}
  let [blocks, right] = [0, 0]
  for (const [index, { role }] of truth.blocks.entries()) {
    const block = matched[index]
    if (!block || role === undefined) continue
    const [wanted, found] = [classOf(role, truth.roles), classOf(block.role, truth.roles)]
    blocks++
    if (wanted === found) right++
    else confusions[`${wanted} read as ${found}`] = (confusions[`${wanted} read as ${found}`] ?? 0) + 1
  }
  return { blocks, right, confusions }
}

const headings: ReadonlySet<TextRole> = new Set<TextRole>(['heading', 'crosshead', 'masthead', 'section'])

/** PAGE-XML knows fewer kinds of text than a newspaper has. */
const pageClasses: Readonly<Partial<Record<TextRole, string>>> = {
  kicker: 'heading',
  deck: 'heading',
  crosshead: 'heading',
  masthead: 'header',
  folio: 'header',
  section: 'header',
  'page-number': 'header',
  dateline: 'paragraph',
  note: 'paragraph',
  'jump-line': 'paragraph',
  slogan: 'other',
  poster: 'other',
  advert: 'other',
  noise: 'other'
}

function classOf(role: TextRole, detail: RoleDetail): string {
  if (detail === 'headings') return headings.has(role) ? 'heading' : 'other'
  return detail === 'page' ? (pageClasses[role] ?? role) : role
}

/** Undefined when truth or result know no articles. */
export function scoreGrouping(
  truth: Truth,
  matched: readonly (Block | undefined)[],
  articleOf: (block: string) => string | undefined
): GroupingScore | undefined {
  const known = truth.blocks.flatMap(({ article }, index) => {
    const block = matched[index]
    return article === undefined || !block ? [] : [{ article, found: articleOf(block.id) }]
  })
  if (known.length < 2 || known.every((one) => one.found === undefined)) return undefined
  const score = { both: 0, resultOnly: 0, truthOnly: 0 }
  for (const [index, one] of known.entries())
    for (const other of known.slice(index + 1)) {
      const [wanted, found] = [one.article === other.article, one.found !== undefined && one.found === other.found]
      if (wanted && found) score.both++
      else if (found) score.resultOnly++
      else if (wanted) score.truthOnly++
    }
  return score
}
