import { type Block, isReadPiece } from '@broadsheet/document'
import { confidencesOf } from '../evidence/confidences.ts'
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
apart. So the page decides how many are flagged: every other sign that characters were misread on it (a look-alike found, a bare part of a character, a run read twice)
but the first makes room for eight, the most surprising ones. On a page without such signs only what no text at all would say is flagged. Where the engine was sure of a character,
where the page says a thing twice, and in names known to be right, nothing is flagged. Nothing is altered.`,
  examples: [
    {
      before:
        '各部门要认真贯彻落实会议精神，加强组织领导，壶卯豕囗，确保各项任务按期完成，让人民群众得到更多实惠。要进一步提高认识，明确责任，完善制度，推动全年工作目标顺利实现。',
      after:
        '各部门要认真贯彻落实会议精神，加强组织领导，壶卯豕囗，确保各项任务按期完成，让人民群众得到更多实惠。要进一步提高认识，明确责任，完善制度，推动全年工作目标顺利实现。',
      flagged: ['壶']
    },
    {
      before: '老船工佴阿寿撑起竹篙，哼着渔谣驶向芦荡深处，两岸的乌桕红得像火。他说，祖辈都在这片水上讨生活。',
      after: '老船工佴阿寿撑起竹篙，哼着渔谣驶向芦荡深处，两岸的乌桕红得像火。他说，祖辈都在这片水上讨生活。'
    },
    { before: '各部门要认真贯彻落实会议精神，确保各项任务按期完成。', after: '各部门要认真贯彻落实会议精神，确保各项任务按期完成。' }
  ],
  *find(context) {
    const from = loudOn(context)
    const found = context.blocks.filter(isProse).flatMap((block) => loudPlaces(context, block, from))
    found.sort((a, b) => b.score - a.score || (a.block.id < b.block.id ? -1 : a.block.id > b.block.id ? 1 : a.from - b.from))
    for (const place of loudest(found, budgetOf(context), from + unheardOf)) yield flag(context, place)
  }
})

/** The first `most`, and all from the score `always` on, that do not stand within two characters of one before them. */
function loudest(found: readonly Place[], most: number, always: number): Place[] {
  const near = new Map<Block, Set<number>>()
  const taken: Place[] = []
  for (const place of found) {
    if (taken.length >= most && place.score < always) break
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
const loud = 20.5
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

/** So far above what is asked on its page, a place is flagged whatever else the page shows. */
const unheardOf = 29
/** The share of the page's running text that may be flagged at most. */
const share = 0.022
const placesPerSign = 8

/** What other rules found that shows misread characters, and how far one such finding shows it. */
const signs: Readonly<Record<string, number>> = {
  'look-alike': 1,
  'split-character': 1,
  'stray-glyph': 1.6,
  'repeated-run': 0.5,
  'foreign-variant': 0.5
}

/** One sign alone may be a mistake itself. */
function budgetOf({ blocks, changes, textOf }: Context): number {
  let shown = -1
  for (const { rule, status } of changes) if (status !== 'rejected') shown += signs[rule] ?? 0
  const length = blocks.filter(isProse).reduce((sum, block) => sum + textOf(block).length, 0)
  return Math.max(0, Math.min(Math.round(shown * placesPerSign), Math.floor(length * share)))
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
  const sure = readSurely(context, block)
  const places: Place[] = []
  for (let at = 0; at < text.length; at++) {
    if (!alone[at] || sure?.[at] || !isHanAt(text, at)) continue
    const cost = surprise[at]! + (surprise[at + 1] ?? 0)
    if (cost + besideLonely < from) continue
    const lonely = alone[at - 1] || alone[at + 1] ? besideLonely : 0
    const score = cost + lonely - Math.log2(model.dictionary.frequency(text[at]!) + 1) * 0.2
    if (score >= from && !isKnown(text, at, phrases, names)) places.push({ block, from: at, score: Math.round(score * 8) / 8 })
  }
  return places
}

const besideLonely = 6

/** From here on the engine's word counts for more than the model's surprise. */
const sureFrom = 0.97

/** The characters of a block that the engine was sure of; undefined where it does not say. */
function readSurely({ regions }: Context, block: Block): Uint8Array | undefined {
  let sure: Uint8Array | undefined
  let start = 0
  for (const piece of block.pieces) {
    const region = isReadPiece(piece) ? regions.get(piece.region) : undefined
    const confidences = region && confidencesOf(region)
    if (confidences && isReadPiece(piece)) {
      sure ??= new Uint8Array(block.pieces.reduce((sum, { text }) => sum + text.length, 0))
      for (let at = 0; at < piece.text.length; at++) if (confidences[piece.at + at]! >= sureFrom) sure[start + at] = 1
    }
    start += piece.text.length
  }
  return sure
}

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
