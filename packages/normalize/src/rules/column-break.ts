import { surnames } from '../articles/surnames.ts'
import { assignContinuations, isNext, type OpenEnd } from '../joins/assign.ts'
import type { Belief } from '../joins/beliefs.ts'
import { type Strand, strandsOf } from '../joins/ends.ts'
import { leadPatterns } from '../joins/leads.ts'
import { type Joint, type Places, placesOf } from '../joins/places.ts'
import type { Continuation } from '../joins/score.ts'
import { type Certainty, defineRule, type Finding, type JoinFinding, type LabelFinding, type Rule } from '../rule.ts'
import { isDisplay } from '../text/prose.ts'

export const columnBreak: Rule = defineRule({
  name: 'column-break',
  phase: 'join',
  writing: 'chinese',
  summary: 'A paragraph cut in two where its column ended; its second half is the next block, or stands elsewhere on the page.',
  why: `A column ends in mid-sentence and the reader takes the rest for a new paragraph, sometimes in the wrong place. Every block without a final mark
is an open end; all open ends and all blocks that may be a continuation are judged together, each pair by the word across the joint, by what the language
model saves by reading on, by quotes that open here and close there, by how the end breaks off. How often the text goes on in the next block, elsewhere or nowhere
is learned from the page itself: where many ends are out of place, or have only lost their mark, the others are less sure, too. Where boxes tell, the
make-up of the page leads from the foot of one column to the head of the next, past pictures and under headings, and all pairs of a page are chosen at
once. Joined is what is clear against every rival; what is likely is proposed, with its rivals.`,
  examples: [
    {
      before: [
        '入秋以来，镇里的阅览室延长了开放时间，又添了三排书架，还请来退休教师给孩子们普',
        '及地震避险的知识，周末来的人比从前多了一倍。'
      ],
      after: ['入秋以来，镇里的阅览室延长了开放时间，又添了三排书架，还请来退休教师给孩子们普及地震避险的知识，周末来的人比从前多了一倍。']
    },
    {
      before: ['会议强调，要坚持问题导向，抓好各项任务落实，', '确保全年目标顺利完成。'],
      after: ['会议强调，要坚持问题导向，抓好各项任务落实，确保全年目标顺利完成。']
    },
    {
      before: ['柳林镇新修了三条村道，村民出行更加方便。', '城西小学的孩子们昨天领到了新课本。'],
      after: ['柳林镇新修了三条村道，村民出行更加方便。', '城西小学的孩子们昨天领到了新课本。']
    },
    {
      before: ['走在前，关键在人', '有了目标，如何实现？关键在于凝聚人心。'],
      after: ['走在前，关键在人', '有了目标，如何实现？关键在于凝聚人心。'],
      proposed: ['关键在人 → 有了目标']
    },
    {
      before: [
        '为方便群众出行，市交通运输部门经过反复研究论证，今年新开通了三条公共汽',
        '本报讯 昨日，记者从市气象台获悉，本周多阴雨天气。',
        '雨天路滑，请市民注意出行安全。',
        '车线路，分别连接高铁站、大学城和新建的市民中心。'
      ],
      after: [
        '为方便群众出行，市交通运输部门经过反复研究论证，今年新开通了三条公共汽车线路，分别连接高铁站、大学城和新建的市民中心。',
        '本报讯 昨日，记者从市气象台获悉，本周多阴雨天气。',
        '雨天路滑，请市民注意出行安全。'
      ]
    }
  ],
  *find(context): Generator<Finding> {
    const strands = strandsOf(context)
    const leads = leadPatterns(strands)
    const places = placesOf(context, strands)
    yield* closingStarts(strands, places)
    for (const open of assignContinuations(context, strands, leads, places)) {
      const finding = decide(open, strands, leads, places)
      if (!finding) continue
      // What goes on is no heading, whatever it looked like.
      if (finding.certainty === 'certain' && isDisplay(open.end.block)) yield relabel(open.end)
      yield finding
    }
  }
})

/** Nothing begins with a closing mark: such a block belongs to the one before it, even if that seems complete. */
function* closingStarts(strands: readonly Strand[], places: Places): Generator<JoinFinding> {
  for (const [index, start] of strands.entries()) {
    const before = strands[index - 1]
    if (!before || before.isOpen || !start.mayContinue || !before.mayContinue || !/^[，。、；！？）》”’]/.test(start.head)) continue
    // A closing quote may be an opening one misread: only what was opened can be closed.
    const isClosed = !/^[”’]/.test(start.head) || before.brackets > 0
    const isPlain = isClosed && (!places.areKnown || places.jointOf(before, start)?.doubt === 0)
    yield join(before, start, isPlain ? 'certain' : 'probable', isPlain ? 0.97 : 0.7, `Nothing begins with “${start.head[0]}”.`, {})
  }
}

type Leads = ReturnType<typeof leadPatterns>

function decide(open: OpenEnd, strands: readonly Strand[], leads: Leads, places: Places): JoinFinding | undefined {
  return places.areKnown ? decideByPlace(open, strands, leads) : decideByWords(open, strands, leads)
}

/** Where no box tells: what the words of the whole page let believe. */
function decideByWords(open: OpenEnd, strands: readonly Strand[], leads: Leads): JoinFinding | undefined {
  const likeliest = open.belief?.ranked[0]
  if (!likeliest) return undefined
  const { continuation, share } = likeliest
  const isNextBlock = isNext(open.end, continuation.start, strands)
  const certainty = isNextBlock ? judgeNext(continuation, share) : judgeDisplaced(open, continuation, share)
  if (certainty === 'certain') return describe(open, continuation, certainty, isNextBlock, leads)
  const elsewhere = judgeElsewhere(open, isNextBlock ? share : 0, strands)
  if (elsewhere === 'certain') return describe(open, open.chosen!, elsewhere, false, leads)
  const owned = open.owners!.ranked[0]!
  const ownedFor = judgeOwned(open, isNextBlock ? share : 0, strands)
  if (ownedFor) return describe(open, owned.continuation, ownedFor, false, leads, open.owners)
  if (elsewhere) return describe(open, open.chosen!, elsewhere, false, leads)
  return certainty && describe(open, continuation, certainty, isNextBlock, leads)
}

/** The block elsewhere that the assignment of the whole page gave the end, where the words bind them, or where little speaks for the next block. */
function judgeElsewhere(open: OpenEnd, nextShare: number, strands: readonly Strand[]): Certainty | undefined {
  const { end, chosen, belief, endMargin, startMargin, anyMargin } = open
  if (!chosen || isNext(end, chosen.start, strands)) return undefined
  const own = belief?.ranked.find(({ continuation }) => continuation === chosen)?.share ?? 0
  const { score, wordGain } = chosen
  const isClear = Math.min(endMargin, startMargin) >= 5 && anyMargin >= 2
  if (
    isClear &&
    isBound(chosen) &&
    !endsOnName(end) &&
    own >= believedFrom.assigned &&
    score >= (wordGain >= 15 ? displacedByWordFrom : displacedFrom)
  )
    return 'certain'
  return score >= proposesFrom && own >= believedFrom.proposed && nextShare < unlikely ? 'probable' : undefined
}

/** The block elsewhere that is likeliest this end's when every start of the page has to be somebody's. */
function judgeOwned({ end, owners }: OpenEnd, nextShare: number, strands: readonly Strand[]): Certainty | undefined {
  const [first, second] = owners!.ranked
  if (!first || nextShare >= ownedFrom.next || isNext(end, first.continuation.start, strands) || mayStopThere(end)) return undefined
  const { continuation, share } = first
  const asked = end.isLong ? (end.isDoubtful ? ownedFrom.doubtful : ownedFrom.long) : ownedFrom.short
  const isClear = share >= asked && share >= ownedFrom.overSecond * (second?.share ?? 0)
  // Behind a line that may be a heading, nothing less than a word across the joint.
  const isFit = saysSo(continuation) || (end.isLong && continuation.gain >= ownedGain)
  if (isClear && isFit && !endsOnName(end)) return 'certain'
  return share >= (end.isLong ? ownedFrom.proposed : ownedFrom.proposedShort) ? 'probable' : undefined
}

/** Where boxes tell: what the place of both leaves no doubt of is certain; what words alone would settle is only likely. */
function decideByPlace(open: OpenEnd, strands: readonly Strand[], leads: Leads): JoinFinding | undefined {
  const { end, chosen, next } = open
  if (chosen) {
    const isNextInOrder = isNext(end, chosen.start, strands)
    const certainty = judgePlace(open, chosen, isNextInOrder)
    if (!end.isOpen) return certainty && describe(open, chosen, certainty, true, leads)
    const isNextBlock = isNextInOrder || (chosen.joint !== undefined && chosen.joint.way !== 'elsewhere')
    const isLikely = isNextBlock
      ? chosen.closes || leads.completes(end, chosen.start) || chosen.score >= leastOf(chosen)
      : chosen.score >= proposesFrom && (!next || next.score < Math.max(proposesFrom, chosen.score - farBetter))
    if (certainty || isLikely) return describe(open, chosen, certainty ?? 'probable', isNextBlock, leads)
  }
  // Another place looked better, but not well enough: the next block is likelier than it looks.
  return end.isOpen && next && next.score >= leastOf(next) ? describe(open, next, 'probable', true, leads) : undefined
}

function describe(
  { end, ranked, margin, belief }: OpenEnd,
  chosen: Continuation,
  certainty: Certainty,
  isNextBlock: boolean,
  leads: Leads,
  from: Belief<Continuation> | undefined = belief
): JoinFinding {
  const { score, gain, word, wordGain, phrase } = chosen
  const share = from === undefined || chosen.joint ? undefined : from.ranked.find(({ continuation }) => continuation === chosen)?.share
  return {
    ...join(end, chosen.start, certainty, certainty === 'certain' ? 0.97 : 0.7, reasonFor(chosen, isNextBlock, leads), {
      score: round(score),
      ...(share === undefined ? {} : { belief: Math.round(share * 100) / 100 }),
      modelGainBits: round(gain),
      opennessBits: round(end.openness),
      marginBits: round(margin),
      ...(word ? { word, wordBits: round(wordGain) } : {}),
      ...(phrase ? { phrase } : {}),
      ...(chosen.items === undefined ? {} : { items: chosen.items }),
      ...(chosen.joint
        ? { place: chosen.joint.begins ? 'begins' : chosen.joint.goesOn ? `goes on, ${chosen.joint.way}` : chosen.joint.way }
        : {})
    }),
    candidates: share === undefined ? byScore(ranked) : byShare(from!)
  }
}

type Candidates = NonNullable<JoinFinding['candidates']>

function byScore(ranked: readonly Continuation[]): Candidates {
  return ranked.slice(0, 4).map(({ start, score }) => ({ target: start.block.id, text: start.head, score: round(score) }))
}

function byShare({ ranked }: Belief<Continuation>): Candidates {
  return ranked
    .slice(0, 4)
    .map(({ continuation: { start }, share }) => ({ target: start.block.id, text: start.head, score: Math.round(share * 100) / 100 }))
}

/** From these scores on, in bits. Found on pages of news that the model has not seen. */
const proposesFrom = 6
/** Another place is named before the next block when it goes so much better, in bits. */
const farBetter = 2
/** From this share down, the next block is not likely to go on. */
const unlikely = 0.3
const displacedFrom = 14
/** Where a long word lies across the joint. */
const displacedByWordFrom = 10
/** Where the model saves so much by reading on that it binds the two. */
const clearGain = 8
/** Behind a final mark, where the place of both says that the paragraph goes on. */
const placedFrom = 12

/**
 * From these shares of belief on, of 1: of the next block, behind a short line, and behind running text that can hardly end there; of a block elsewhere.
 * Found on pages of news and on readings of real pages, which the weights have not seen.
 */
const believedFrom = { next: 0.7, short: 0.75, running: 0.6, displaced: 0.7, assigned: 0.35, proposed: 0.1 } as const
/**
 * From these shares on a block elsewhere is this end's: joined behind running text, behind running text whose end may be damaged, behind a short line; named.
 * Not where the next block was believed in so much; joined only where it goes so many times better than the second, and reading on saves so many bits.
 */
const ownedFrom = { long: 0.28, doubtful: 0.33, short: 0.33, proposed: 0.12, proposedShort: 0.3, next: 0.9, overSecond: 3 } as const
const ownedGain = 3
/** So much likelier than otherwise, in bits. */
const bindingOdds = 1
const bindingGain = 4

/**
 * Where boxes tell, a join is certain only when the place of both is beyond doubt (`isSure`) and the words do not speak against it. In the same
 * column that is enough; from column to column, and all the more by reading order alone, the words have to speak for it, too.
 */
function judgePlace(open: OpenEnd, chosen: Continuation, isNextInOrder: boolean): Certainty | undefined {
  const { joint, gain, score } = chosen
  const { margin } = open
  if (!joint?.goesOn || gain <= againstIt) return undefined
  if (!open.end.isOpen && (score < placedFrom || margin <= 0)) return undefined
  const { withWord, alone } = askedOf[joint.way === 'elsewhere' && isNextInOrder ? 'order' : joint.way]
  const asked = saysSo(chosen) ? withWord : alone
  return margin >= asked + joint.doubt * (open.end.isOpen ? 1 : 3) ? 'certain' : undefined
}

/** So many bits lost by reading on, and the two do not belong together whatever their place. */
const againstIt = -8

/** How much the page has to lose without the joint: where a word of the dictionary lies across it, and where none does. */
const askedOf: Readonly<Record<Joint['way'] | 'order', { readonly withWord: number; readonly alone: number }>> = {
  row: { withWord: 4, alone: 8 },
  below: { withWord: 0, alone: 4 },
  past: { withWord: 4, alone: 8 },
  gap: { withWord: 99, alone: 99 },
  column: { withWord: 2, alone: 6 },
  order: { withWord: 14, alone: 18 },
  elsewhere: { withWord: 22, alone: 99 }
}

/** A word of the dictionary lies across the joint, or a sum adds up. */
function saysSo({ wordGain, items }: Continuation): boolean {
  return wordGain >= 5 || items !== undefined
}

function judgeNext(continuation: Continuation, share: number): Certainty | undefined {
  if (share < believedFrom.proposed) return undefined
  const { end } = continuation
  const asked = !end.isLong ? believedFrom.short : runsOn(continuation) ? believedFrom.running : believedFrom.next
  return share >= asked && !mayEndThere(continuation) ? 'certain' : 'probable'
}

/** A long text with no full stop where one is hardly possible, and nothing that begins or breaks off behind it. */
function runsOn({ end, start, gain }: Continuation): boolean {
  return end.stopBits >= 7 && gain >= -5 && start.opening === 'none' && !end.isDoubtful && !start.isOpen
}

/** Whatever the belief: joints that real pages have shown to be wrong too often, unless the words bind the two. */
function mayEndThere(continuation: Continuation): boolean {
  const { end, start, odds, gain } = continuation
  if (saysSo(continuation)) return false
  // Behind these a paragraph may end, as what is said or listed begins on a line of its own; behind the rest of a formula, too.
  if (mayStopThere(end)) return true
  // A misread end fits many starts; and a start that is broken off itself is as likely a piece of something else.
  return odds.overOther < bindingOdds && ((end.isDoubtful && gain < bindingGain) || start.isOpen)
}

function mayStopThere({ text }: Strand): boolean {
  return /[：:；;…·—$}]$/u.test(text)
}

/** Stops on a name by itself behind a full stop: of who wrote it. */
function endsOnName({ text }: Strand): boolean {
  const last = /[。！？%％][”’]?([\u4e00-\u9fff]{2,3})$/u.exec(text.slice(-6))?.[1]
  return last !== undefined && surnames.includes(last[0]!)
}

/** Where the true continuation is lost or damaged another may look fit: something in the words must bind the two. */
function judgeDisplaced(open: OpenEnd, continuation: Continuation, share: number): Certainty | undefined {
  if (share < believedFrom.proposed) return undefined
  const isClear = open.chosen === continuation && open.anyMargin >= 2
  return isClear && isBound(continuation) && share >= believedFrom.displaced ? 'certain' : 'probable'
}

function isBound({ wordGain, items, gain }: Continuation): boolean {
  return wordGain >= 5 || items !== undefined || gain >= clearGain
}

/** Shorter than this, a line without a final mark is a heading as likely as not. */
const shortText = 12

/** From this score on, the next block is proposed: more is asked of a short line that could as well stand by itself, most of what looks like a heading. */
function leastOf({ end, gain }: Continuation): number {
  const mayBeHeading = isDisplay(end.block) || end.text.length < shortText
  if (mayBeHeading && end.openness < 0 && gain < 0) return proposesFrom + 6
  return end.openness < 0 ? proposesFrom - 4 : proposesFrom - 5
}

function relabel({ block }: Strand): LabelFinding {
  return {
    kind: 'label',
    block: block.id,
    role: 'paragraph',
    reason: 'It goes on in another block: the beginning of a paragraph, not a heading.',
    confidence: 0.95,
    certainty: 'certain'
  }
}

function reasonFor({ word, wordGain, phrase, closes, balances, end, joint, items }: Continuation, next: boolean, leads: Leads): string {
  const where = next ? 'the next block' : 'a block elsewhere on the page'
  if (joint?.goesOn && joint.way !== 'elsewhere' && !(word && wordGain >= 5))
    return joint.way === 'column'
      ? 'The last line is full to its end, and the head of the next column begins without an indent.'
      : 'The last line is full to its end, and the line below it begins without an indent.'
  if (closes) return `The text stops without a final mark, and ${where} begins with a closing mark.`
  if (word && wordGain >= 5) return `The text stops without a final mark; ${where} completes the word “${word}”.`
  if (next && leads.has(end)) return `The text stops inside a lead of the pattern the page repeats; ${where} completes it.`
  if (items !== undefined)
    return `The text stops on a verb and its object; ${where} begins with a list of ${items} that gives the number itself, and it adds up.`
  if (phrase) return `The text stops without a final mark; ${where} completes “${phrase}”, which the page has whole elsewhere.`
  if (balances) return `The text stops inside a quotation or bracket that ${where} closes.`
  if (end.stopsInClause) return `The text stops inside a clause, and ${where} reads on.`
  return `The text stops without a final mark, and reads on in ${where} better than anywhere else.`
}

function join(
  end: Strand,
  start: Strand,
  certainty: Certainty,
  confidence: number,
  reason: string,
  evidence: JoinFinding['evidence'] & object
): JoinFinding {
  return { kind: 'join', block: end.block.id, target: start.block.id, glue: '', reason, confidence, certainty, evidence }
}

function round(bits: number): number {
  return Math.round(bits * 10) / 10
}
