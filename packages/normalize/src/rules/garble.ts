import type { Block } from '@broadsheet/document'
import { type DamagedPlace, damagedPlaces } from '../evidence/damaged-places.ts'
import { type Context, defineRule, type FlagFinding, type Rule } from '../rule.ts'
import { isProse } from '../text/prose.ts'

export const garble: Rule = defineRule({
  name: 'garble',
  phase: 'doubt',
  writing: 'chinese',
  summary: 'Characters that make no sense where they stand: misread, or something beside them lost.',
  why: `They stand alone in the best division into words, and the language model finds them surprising. So are coined words, firms, villages and verse, of which
a sound page may have dozens. What tells the two apart is weighed: how common the character is by itself, whether one that looks like it would make a word, whether it stands in
a list, in quotes, among four characters between marks or before the name of a firm. Then the page decides: one that was badly read shows it by other things as well, by
characters that have a better look-alike, bare parts of characters, quotes that do not come out even, final marks that are missing. Where the engine says how sure it was, that
counts most. Flagged is what is damaged about as often as not or more, on pages that were measured; at the joint of two columns, where damage hides, somewhat less will do.
Where the page says a thing twice, and in names known to be right, nothing is flagged. Nothing is altered.`,
  examples: [
    {
      before:
        '会议强调，要坚持问题导向，抓好各项任务落买，确保全年目标顺利完成。各级各部门要提高认识，明确贵任，完善制度，推动全年工作目标顺利实现。要加强组织领导，抓好廉政建没，促进经济平稳教快发展。',
      after:
        '会议强调，要坚持问题导向，抓好各项任务落买，确保全年目标顺利完成。各级各部门要提高认识，明确贵任，完善制度，推动全年工作目标顺利实现。要加强组织领导，抓好廉政建没，促进经济平稳教快发展。',
      flagged: ['贵', '没']
    },
    {
      before: '老船工佴阿寿撑起竹篙，哼着渔谣驶向芦荡深处，两岸的乌桕红得像火。他说，祖辈都在这片水上讨生活。',
      after: '老船工佴阿寿撑起竹篙，哼着渔谣驶向芦荡深处，两岸的乌桕红得像火。他说，祖辈都在这片水上讨生活。'
    },
    { before: '各部门要认真贯彻落实会议精神，确保各项任务按期完成。', after: '各部门要认真贯彻落实会议精神，确保各项任务按期完成。' }
  ],
  *find(context) {
    for (const place of worstOf(damagedPlaces(context), mostOf(context))) yield flag(context, place)
  }
})

/** From so probable on a place is flagged. On held-out pages of real noise three in four of those are damaged. */
const likely = 0.4
/** At the joint of two columns. */
const likelyAtJoint = 0.2
/** The share of the page's running text that may be flagged at most. */
const share = 0.03

function mostOf({ blocks, textOf }: Context): number {
  const length = blocks.filter(isProse).reduce((sum, block) => sum + textOf(block).length, 0)
  return Math.max(1, Math.floor(length * share))
}

/** The most probable of them, none within three characters of one before it. */
function worstOf(places: readonly DamagedPlace[], most: number): DamagedPlace[] {
  const near = new Map<Block, Set<number>>()
  const taken: DamagedPlace[] = []
  for (const place of places) {
    if (taken.length >= most || place.probability < likelyAtJoint) break
    const closed = near.get(place.block) ?? new Set()
    if (closed.has(place.at) || place.probability < (place.joint !== undefined ? likelyAtJoint : likely)) continue
    near.set(place.block, closed)
    for (let at = place.at - 3; at <= place.at + 3; at++) closed.add(at)
    taken.push(place)
  }
  return taken
}

/** At a joint the foot of the first column is flagged: what stands behind it is often sound and only follows from nothing. */
function flag(context: Context, { block, at, bits, joint, probability }: DamagedPlace): FlagFinding {
  const text = context.textOf(block)
  const from = joint !== undefined && at >= joint ? joint - 1 : at
  return {
    kind: 'flag',
    block: block.id,
    from,
    to: from + 1,
    reason: `“${text.slice(Math.max(0, from - 1), from + 2)}” makes little sense here; it is probably misread, or something beside it lost.`,
    confidence: Math.round(probability * 100) / 100,
    certainty: 'probable',
    evidence: { surpriseBits: Math.round(bits * 8) / 8 }
  }
}
