import type { Block } from '@broadsheet/document'
import { type Context, defineRule, type FlagFinding, type Rule } from '../rule.ts'
import { isHanAt } from '../text/characters.ts'
import { isInName } from '../text/names.ts'
import { isProse } from '../text/prose.ts'
import { phrasesOf } from '../text/recurrence.ts'

export const garble: Rule = defineRule({
  name: 'garble',
  phase: 'doubt',
  writing: 'chinese',
  summary: 'Characters that make no sense where they stand: misread, or something beside them lost.',
  why: `They stand alone in the best division into words, and the language model finds them surprising. So are rare names, and the model cannot tell the two
apart: the most surprising places of a page are flagged, at most two in a hundred characters, and nothing is altered. What the page says twice, and names known to be right,
is not flagged.`,
  examples: [
    {
      before:
        '各部门要认真贯彻落实会议精神，加强组织领导，壶卯豕囗，确保各项任务按期完成，让人民群众得到更多实惠。要进一步提高认识，明确责任，完善制度，推动全年工作目标顺利实现。',
      after:
        '各部门要认真贯彻落实会议精神，加强组织领导，壶卯豕囗，确保各项任务按期完成，让人民群众得到更多实惠。要进一步提高认识，明确责任，完善制度，推动全年工作目标顺利实现。',
      flagged: ['壶', '囗']
    },
    { before: '各部门要认真贯彻落实会议精神，确保各项任务按期完成。', after: '各部门要认真贯彻落实会议精神，确保各项任务按期完成。' }
  ],
  *find(context) {
    const from = loudOn(context)
    const found = context.blocks.filter(isProse).flatMap((block) => loudPlaces(context, block, from))
    found.sort((a, b) => b.score - a.score || (a.block.id < b.block.id ? -1 : a.block.id > b.block.id ? 1 : a.from - b.from))
    for (const place of loudest(found, budgetOf(context))) yield flag(context, place)
  }
})

/** The first `most` that do not stand within two characters of one before them. */
function loudest(found: readonly Place[], most: number): Place[] {
  const near = new Map<Block, Set<number>>()
  const taken: Place[] = []
  for (const place of found) {
    if (taken.length >= most) break
    const closed = near.get(place.block) ?? new Set()
    if (closed.has(place.from)) continue
    near.set(place.block, closed)
    for (let at = place.from - 2; at <= place.from + 2; at++) closed.add(at)
    taken.push(place)
  }
  return taken
}

interface Place {
  readonly block: Block
  readonly from: number
  readonly score: number
}

/** From this score on a place may be flagged on a page the model is at home on; of those, the loudest. */
const loud = 19
/** What a page's symbols cost on average in the model's own kind of prose, and how much more is asked for every bit above that. */
const usual = 7
const perBit = 1

/** On a page of talk or verse every other word surprises a model of reports: more is asked there. */
function loudOn(context: Context): number {
  let sum = 0
  let count = 0
  for (const block of context.blocks)
    if (isProse(block))
      for (const bits of context.model.surprise(context.textOf(block)))
        if (bits > 0) {
          sum += Math.min(bits, mostCounted)
          count++
        }
  return loud + perBit * Math.max(0, sum / Math.max(1, count) - usual)
}

const mostCounted = 20

/** The share of the page's running text that may be flagged. */
const share = 0.022

function budgetOf({ blocks, textOf }: Context): number {
  return Math.max(2, Math.floor(blocks.filter(isProse).reduce((sum, block) => sum + textOf(block).length, 0) * share))
}

/**
 * Characters that stand alone in the best division into words, by what they and the next symbol cost; neighbours that stand alone too make it
 * worse, a common character makes it less.
 */
function loudPlaces(context: Context, block: Block, from: number): Place[] {
  const text = context.textOf(block)
  const { model, names } = context
  const surprise = model.surprise(text)
  const phrases = phrasesOf(context)
  const alone = standingAlone(context, text)
  const places: Place[] = []
  for (let at = 0; at < text.length; at++) {
    if (!alone[at] || !isHanAt(text, at)) continue
    const cost = surprise[at]! + (surprise[at + 1] ?? 0)
    if (cost + besideLonely < from) continue
    const lonely = alone[at - 1] || alone[at + 1] ? besideLonely : 0
    const score = cost + lonely - Math.log2(model.dictionary.frequency(text[at]!) + 1) * 0.7
    if (score >= from && !isKnown(text, at, phrases, names)) places.push({ block, from: at, score: Math.round(score * 8) / 8 })
  }
  return places
}

const besideLonely = 6

function standingAlone({ model }: Context, text: string): Uint8Array {
  const alone = new Uint8Array(text.length)
  let from = 0
  for (const to of model.dictionary.segment(text).ends) {
    if (to - from === 1 && isHanAt(text, from)) alone[from] = 1
    from = to
  }
  return alone
}

/** The page says it twice, it is a known name, or a name by what stands before it. */
function isKnown(text: string, at: number, phrases: ReadonlyMap<string, number>, names: ReadonlySet<string>): boolean {
  if ((phrases.get(text.slice(at - 1, at + 1)) ?? 0) >= 2 || (phrases.get(text.slice(at, at + 2)) ?? 0) >= 2) return true
  if (
    /(?:书记|记者|主任|市长|区长|县长|镇长|主席|总统|总理|部长|局长|院长|校长|经理|教授|先生|女士|·)[\u4e00-\u9fff]{0,2}$/.test(
      text.slice(Math.max(0, at - 4), at)
    )
  )
    return true
  return isInName(text, at, names)
}

function flag(context: Context, { block, from, score }: Place): FlagFinding {
  return {
    kind: 'flag',
    block: block.id,
    from,
    to: from + 1,
    reason: `“${context.textOf(block).slice(Math.max(0, from - 1), from + 2)}” makes little sense here; it may be misread, or a rare name.`,
    confidence: Math.round(Math.min(0.9, 0.3 + (score - loud) / 40) * 100) / 100,
    certainty: 'probable',
    evidence: { surpriseBits: score }
  }
}
