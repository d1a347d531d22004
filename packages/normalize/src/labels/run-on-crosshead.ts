import { type Block, type Line, lineSpans, offsetOf, type TextRegion, type TextRole } from '@broadsheet/document'
import { toFlow } from '../articles/space.ts'
import { type PageView, viewPage } from '../articles/view.ts'
import { type Context, defineRule, type Rule, type SplitFinding } from '../rule.ts'
import { ems, endsSentence } from './facts.ts'

export const runOnCrosshead: Rule = defineRule({
  name: 'run-on-crosshead',
  phase: 'split',
  summary: 'A crosshead read as a line of the paragraph under it.',
  why: 'A crosshead without much white round it is taken for the first line of the paragraph. Its place shows what it is: a short line that is no sentence, that leaves its end of the column empty, before a line with the blank of a new paragraph. Only where boxes tell; a poem or a list, whose lines are all short, is left alone.',
  examples: [
    {
      before: [{ lines: ['这些事项请留意', '交警部门提醒，快速路主线禁止', '摩托车通行。'] }],
      after: [{ lines: ['这些事项请留意', '交警部门提醒，快速路主线禁止', '摩托车通行。'] }]
    },
    { before: ['船是慢的', '湖也是慢的'], after: ['船是慢的', '湖也是慢的'] }
  ],
  *find(context) {
    const page = viewPage(context.page, context.blocks)
    if (page.bodyEm === undefined) return
    for (const block of context.blocks) if (block.role === 'paragraph') yield* cutsOf(block, page, context)
  }
})

interface Placed {
  readonly line: Line
  /** Offset in the block's text. */
  readonly at: number
  /** White before and behind the line in its column, in ems. */
  readonly before: number
  readonly behind: number
}

function* cutsOf(block: Block, page: PageView, context: Context): Iterable<SplitFinding> {
  for (const region of regionsOf(block, context)) {
    const lines = placeLines(block, region, page)
    const full = lines.filter((line) => line.behind < 0.6).length
    if (lines.length < 4 || full < 2) continue
    for (const [index, line] of lines.entries()) {
      const next = lines[index + 1]
      if (!next || !isCrosshead(line, lines[index - 1], next)) continue
      if (line.at > 0) yield cut(block, line.at, 'crosshead')
      yield cut(block, next.at, 'paragraph')
      return
    }
  }
}

function isCrosshead(line: Placed, last: Placed | undefined, next: Placed): boolean {
  const text = line.line.text.trim()
  if (line.behind < 0.7 || next.before < 1.2 || next.before - line.before > 4 || next.behind > 1.5) return false
  if (ems(text) < 3 || ems(text) > 18 || endsSentence(text.replace(/[?？!！]$/, '')) || /[，、：:；。]$/.test(text)) return false
  return !last || endsSentence(last.line.text.trim())
}

function cut(block: Block, at: number, role: TextRole): SplitFinding {
  return {
    kind: 'split',
    block: block.id,
    at,
    role,
    reason: 'A short line that leaves its column empty stands before a line with the blank of a new paragraph.',
    confidence: 0.85,
    certainty: 'certain'
  }
}

function regionsOf(block: Block, { regions }: Context): TextRegion[] {
  const ids = new Set(block.pieces.flatMap((piece) => ('region' in piece ? [piece.region] : [])))
  return [...ids].flatMap((id) => regions.get(id) ?? [])
}

/** The lines of a region that the block holds, with the white at both ends. */
function placeLines(block: Block, region: TextRegion, page: PageView): Placed[] {
  const flows = lineSpans(region).flatMap(({ line, from }) => {
    const at = line.box ? offsetOf(block, { region: region.id, at: from }) : undefined
    return at === undefined ? [] : [{ line, at, flow: toFlow(line.box!, page.vertical) }]
  })
  const start = Math.min(...flows.map(({ flow }) => flow.start))
  const end = Math.max(...flows.map(({ flow }) => flow.end))
  const em = page.bodyEm!
  return flows.map(({ line, at, flow }) => ({ line, at, before: (flow.start - start) / em, behind: (end - flow.end) / em }))
}
