import type { Context } from '../rule.ts'
import { endsSentence } from '../text/characters.ts'
import { type Belief, believe } from './beliefs.ts'
import type { Strand } from './ends.ts'
import type { Leads } from './leads.ts'
import { matchPairs } from './matching.ts'
import { indexPhrases } from './phrases.ts'
import type { Joint, Places } from './places.ts'
import { type Continuation, judgeWords } from './score.ts'
import { headBits } from './traits.ts'

/** An open end with what may follow it, best first. */
export interface OpenEnd {
  readonly end: Strand
  readonly ranked: readonly Continuation[]
  /** The continuation chosen, if any: each start follows one end only. */
  readonly chosen?: Continuation
  /** The next block, whether chosen or not. */
  readonly next?: Continuation
  /** How much the whole page loses without this pair. */
  readonly margin: number
  /** What its words let believe, where it has no final mark; absent on a page whose boxes tell the place of all. */
  readonly belief?: Belief<Continuation>
}

/**
 * What standing next to each other is worth before any word is read: a dozen continuations stand next for one that stands elsewhere;
 * elsewhere is any of some twenty places, and the best of twenty scores is high by chance alone.
 */
export const adjacencyBonus = 12

/** What completing a pattern is worth that the page repeats. */
const leadBonus = 20

/** How many blocks to either side a continuation is looked for. */
const window = 60

/**
 * One assignment over all open ends and possible starts of a page: the pair that is surest of each other is taken first, and its two ends
 * are gone for the others.
 */
export function assignContinuations(context: Context, strands: readonly Strand[], leads: Leads, places: Places): OpenEnd[] {
  const ends = strands.filter((strand) => strand.isOpen || isFullEnd(strand, places) || isPiece(strand, places))
  const starts = strands.filter((strand) => strand.mayContinue || (strand.isRunning && places.placeOf(strand) !== undefined))
  const tails = sampleTails(strands)
  const heads = new Map(starts.map((start) => [start, headBits(context, start, tails)]))
  const table = new Map<Strand, Continuation[]>()
  const phraseAcross = indexPhrases(
    strands.map(({ text }) => text),
    ends.map(({ tail }) => tail)
  )
  for (const end of ends) {
    const fills = end.isOpen && isFullEnd(end, places)
    const near = nearTo(end, starts)
    const judged = near.flatMap((start): Continuation[] => {
      const joint = places.jointOf(end, start)
      const isNextBlock = isNext(end, start, strands)
      // A finished sentence is no open end but where the place says so.
      if (!end.isOpen && !(joint?.goesOn && joint.way !== 'elsewhere')) return []
      if (!end.isOpen && joint?.way !== 'row' && !isFullEnd(end, places)) return []
      if (!joint && !isNextBlock && !mayFollow(end, start, strands)) return []
      const completesLead = isNextBlock && leads.completes(end, start)
      const words = judgeWords(context, end, start, heads.get(start)!, phraseAcross, completesLead)
      const lead = completesLead ? leadBonus : 0
      const standing = joint
        ? placeBits(joint, isNextBlock) + (fills ? Math.max(0, brokenOff - end.openness) : 0)
        : isNextBlock
          ? adjacencyBonus
          : 0
      return [{ ...words, ...(joint ? { joint } : {}), score: words.score + standing + lead + (end.isOpen ? 0 : closedEnd) }]
    })
    table.set(
      end,
      judged.sort((a, b) => b.score - a.score || a.start.index - b.start.index)
    )
  }
  if (isPlaced(table)) return choose(ends, table, strands)
  const open = new Map([...table].filter(([end]) => end.isOpen))
  const isNextBlock = ({ end, start }: Continuation): boolean => isNext(end, start, strands)
  const beliefs = believe(open, isNextBlock)
  return choose(ends, table, strands).map((choice) => {
    const { end } = choice
    return open.has(end) ? { ...choice, belief: beliefs.get(end)! } : choice
  })
}

/** The place of all is known: there is nothing to believe of words alone. */
function isPlaced(table: ReadonlyMap<Strand, readonly Continuation[]>): boolean {
  for (const all of table.values()) if (all.some(({ joint }) => joint === undefined)) return false
  return true
}

/** The starts within `window` blocks of an end; `starts` stand in the order of the page. */
function nearTo(end: Strand, starts: readonly Strand[]): Strand[] {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]!.index < end.index - window) low = middle + 1
    else high = middle
  }
  const near: Strand[] = []
  for (let at = low; at < starts.length && starts[at]!.index <= end.index + window; at++) if (starts[at] !== end) near.push(starts[at]!)
  return near
}

/** What a final mark says against going on, where the place says it does. */
const closedEnd = -6

/** More than this doubt does not set a pair further back, lest the start be given to another. */
const mostDoubt = 20

/** How surely a text breaks off at least, in bits, that fills its last line and has no final mark: by its words it might be a heading. */
const brokenOff = 4

/** Bits that the place of two blocks gives to their being one. */
function placeBits({ goesOn, begins, bits, doubt }: Joint, isNextBlock: boolean): number {
  return bits - Math.min(doubt, mostDoubt) / 2 + (isNextBlock ? 6 : 0) + (begins ? -25 : goesOn ? 12 : 0)
}

/** Ends a sentence, or looks like a crosshead, but fills its line: on a page that indents, the place of what follows tells whether the paragraph ends too. */
function isFullEnd(strand: Strand, places: Places): boolean {
  const mayRun = strand.isRunning || strand.block.role === 'crosshead'
  const place = places.pageIndents && mayRun ? places.placeOf(strand) : undefined
  return place !== undefined && place.gap < 1.2 && (place.view.lines.length > 1 || place.indent >= 1.2)
}

/** Too short to be open by its words: perhaps a piece of a printed line. */
function isPiece(strand: Strand, places: Places): boolean {
  return strand.isRunning && !endsSentence(strand.text) && places.placeOf(strand) !== undefined
}

/** The last words of some blocks, without their final marks. */
function sampleTails(strands: readonly Strand[]): string[] {
  const long = strands.filter(({ text }) => text.length > 30)
  const step = Math.max(1, Math.floor(long.length / samples))
  return long.filter((_, index) => index % step === 0).map(({ tail }) => tail.replace(/[。！？”’」）》]+$/, ''))
}

const samples = 7

/** The next running text of the page, whatever signs and pictures stand between. */
export function isNext(end: Strand, start: Strand, strands: readonly Strand[]): boolean {
  if (start.index <= end.index) return false
  for (let index = end.index + 1; index < start.index; index++) {
    const { role } = strands[index]!.block
    if (!passable.has(role)) return false
  }
  return true
}

const passable = new Set([
  'caption',
  'page-number',
  'folio',
  'header',
  'footer',
  'noise',
  'jump-line',
  'advert',
  'slogan',
  'poster',
  'masthead',
  'section'
])

/** A displaced continuation is an orphan: what stands before it is complete, or no running text. */
function mayFollow(end: Strand, start: Strand, strands: readonly Strand[]): boolean {
  if (isNext(end, start, strands)) return true
  const before = strands[start.index - 1]
  if (!before) return true
  if (['heading', 'deck', 'crosshead', 'kicker', 'dateline'].includes(before.block.role)) return false
  return endsSentence(before.text) || before.isLong || !before.isOpen
}

function choose(ends: readonly Strand[], table: ReadonlyMap<Strand, readonly Continuation[]>, strands: readonly Strand[]): OpenEnd[] {
  const matching = matchPairs(table)
  const { chosen } = matching
  return ends.map((end) => {
    const ranked = table.get(end)!
    const choice = chosen.get(end)
    const following = ranked.find(({ start }) => isNext(end, start, strands))
    const next = following ? { next: following } : {}
    return choice ? { end, ranked, ...next, chosen: choice, margin: matching.lossWithout(choice) } : { end, ranked, ...next, margin: 0 }
  })
}
