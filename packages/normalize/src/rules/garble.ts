import { type Block, isReadPiece } from '@broadsheet/document'
import { confidencesOf } from '../evidence/confidences.ts'
import { probabilitiesOf, type Suspect, suspectsIn } from '../evidence/misreading.ts'
import { type Context, defineRule, type FlagFinding, type Rule } from '../rule.ts'
import { barePart } from '../text/characters.ts'
import { isInName } from '../text/names.ts'
import { isProse } from '../text/prose.ts'
import { phrasesOf } from '../text/recurrence.ts'

export const garble: Rule = defineRule({
  name: 'garble',
  phase: 'doubt',
  writing: 'chinese',
  summary: 'Characters that make no sense where they stand: misread, or something beside them lost.',
  why: `They stand alone in the best division into words, and the language model finds them surprising. So are rare names and terms; what tells the two apart
(how common the character is by itself, whether one that looks like it would fit, what stands beside it) is weighed, and the page decides how probable damage is: one with many
good suspects was badly read, one with a few has names. Flagged is what is more likely damaged than not, or nearly so. Other certain damage on the page (a bare part of a
character, a run read twice) makes room for the most probable places beside. Where the engine was sure of a character, where the page says a thing twice, and in names known to be
right, nothing is flagged. Nothing is altered.`,
  examples: [
    {
      before:
        '各部门要认真贯彻落实会议精神，加强组织领导，壶卯豕囗，确保各项任务按期完成，让人民群众得到更多实惠。要进一步提高认识，明确责任，完善制度，推动全年工作目标顺利实现。',
      after:
        '各部门要认真贯彻落实会议精神，加强组织领导，壶卯豕囗，确保各项任务按期完成，让人民群众得到更多实惠。要进一步提高认识，明确责任，完善制度，推动全年工作目标顺利实现。',
      flagged: ['豕']
    },
    {
      before: '老船工佴阿寿撑起竹篙，哼着渔谣驶向芦荡深处，两岸的乌桕红得像火。他说，祖辈都在这片水上讨生活。',
      after: '老船工佴阿寿撑起竹篙，哼着渔谣驶向芦荡深处，两岸的乌桕红得像火。他说，祖辈都在这片水上讨生活。'
    },
    { before: '各部门要认真贯彻落实会议精神，确保各项任务按期完成。', after: '各部门要认真贯彻落实会议精神，确保各项任务按期完成。' }
  ],
  *find(context) {
    const suspects = suspectsOf(context)
    const probabilities = probabilitiesOf(suspects)
    const places = suspects.map((suspect, index): Place => ({ ...suspect, probability: probabilities[index]! }))
    places.sort((a, b) => b.probability - a.probability || (a.block.id < b.block.id ? -1 : a.block.id > b.block.id ? 1 : a.at - b.at))
    for (const place of worstOf(places, roomOf(context))) yield flag(context, place)
  }
})

interface Suspected extends Suspect {
  readonly block: Block
}
interface Place extends Suspected {
  /** That it is damaged. */
  readonly probability: number
}

/** From so probable on a place is flagged whatever else the page shows. */
const likely = 0.5
/** Where the page is damaged for certain, so probable a place is flagged besides. */
const possible = 0.008
/** The share of the page's running text that may be flagged at most. */
const share = 0.03
const placesPerSign = 17

/** What other rules found that shows damage for certain, and how far one such finding shows characters misread. */
const signs: Readonly<Record<string, number>> = { 'split-character': 1, 'stray-glyph': 1.6, 'repeated-run': 0.5, 'foreign-variant': 0.5 }

interface Room {
  /** Places at the most. */
  readonly most: number
  /** Of those, so many even where they are less likely damaged than not. */
  readonly besides: number
}

/** One sign alone may be a mistake itself. */
function roomOf({ blocks, changes, textOf }: Context): Room {
  let shown = -0.45
  for (const { rule, status } of changes) if (status !== 'rejected') shown += signs[rule] ?? 0
  const length = blocks.filter(isProse).reduce((sum, block) => sum + textOf(block).length, 0)
  return { most: Math.max(1, Math.floor(length * share)), besides: Math.max(0, Math.round(shown * placesPerSign)) }
}

/** The most probable of them, none within three characters of one before it. */
function worstOf(places: readonly Place[], { most, besides }: Room): Place[] {
  const near = new Map<Block, Set<number>>()
  const taken: Place[] = []
  for (const place of places) {
    if (taken.length >= most || place.probability < (taken.length < besides ? possible : likely)) break
    const closed = near.get(place.block) ?? new Set()
    if (closed.has(place.at)) continue
    near.set(place.block, closed)
    for (let at = place.at - 3; at <= place.at + 3; at++) closed.add(at)
    taken.push(place)
  }
  return taken
}

function suspectsOf(context: Context): Suspected[] {
  const { model, names } = context
  const prose = context.blocks.filter(isProse)
  const phrases = phrasesOf(context)
  const pageBits = averageBits(context, prose)
  return prose.flatMap((block) => {
    const text = context.textOf(block)
    const sure = readSurely(context, block)
    return suspectsIn(text, model, pageBits, (at) => sure?.[at] === 1 || isBarePart(text[at]!) || isKnown(text, at, phrases, names)).map(
      (suspect) => ({
        ...suspect,
        block
      })
    )
  })
}

/** Those are what `stray-glyph` flags. */
const isBarePart = (char: string): boolean => new RegExp(barePart.source, 'u').test(char)

/** What a symbol of the page's running text costs on average. */
function averageBits({ model, textOf }: Context, prose: readonly Block[]): number {
  let sum = 0
  let count = 0
  for (const block of prose)
    for (const bits of model.surprise(textOf(block)))
      if (bits > 0) {
        sum += Math.min(bits, mostCounted)
        count++
      }
  return sum / Math.max(1, count)
}

const mostCounted = 20

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

function flag(context: Context, { block, at, bits, probability }: Place): FlagFinding {
  return {
    kind: 'flag',
    block: block.id,
    from: at,
    to: at + 1,
    reason: `“${context.textOf(block).slice(Math.max(0, at - 1), at + 2)}” makes little sense here; ${probability >= likely ? 'it is probably misread, or something beside it lost' : 'it may be misread, but is likelier a rare name or word'}.`,
    confidence: Math.round(probability * 100) / 100,
    certainty: 'probable',
    evidence: { surpriseBits: Math.round(bits * 8) / 8 }
  }
}
