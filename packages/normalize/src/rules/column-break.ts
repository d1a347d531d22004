import { assignContinuations, isNext, type OpenEnd } from '../joins/assign.ts'
import { doubtfulEnd, type Strand, strandsOf } from '../joins/ends.ts'
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
model saves by reading on, by quotes that open here and close there. The next block is likelier than others. Where boxes tell, the make-up of
the page leads from the foot of one column to the head of the next, past pictures and under headings, and all pairs of a page are chosen at once. Joined is
what is clear against every rival; what is likely is proposed, with its rivals.`,
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
      after: ['走在前，关键在人', '有了目标，如何实现？关键在于凝聚人心。']
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
    const isPlain = !places.areKnown || places.jointOf(before, start)?.doubt === 0
    yield join(before, start, isPlain ? 'certain' : 'probable', isPlain ? 0.97 : 0.7, `Nothing begins with “${start.head[0]}”.`, {})
  }
}

type Leads = ReturnType<typeof leadPatterns>

function decide(open: OpenEnd, strands: readonly Strand[], leads: Leads, places: Places): JoinFinding | undefined {
  const { end, chosen, next } = open
  if (!end.isOpen)
    return chosen && judgePlace(open, chosen, isNext(end, chosen.start, strands)) === 'certain'
      ? describe(open, chosen, 'certain', true, leads)
      : undefined
  if (chosen) {
    const isNextBlock = chosen.joint
      ? chosen.joint.way !== 'elsewhere' || isNext(end, chosen.start, strands)
      : isNext(end, chosen.start, strands)
    const certainty =
      judgePlace(open, chosen, isNext(end, chosen.start, strands)) ??
      withoutPlace(isNextBlock ? judgeNext(open, chosen, leads) : judgeDisplaced(open, chosen), places)
    if (certainty === 'certain' || (certainty && (isNextBlock || !next || next.score < Math.max(proposesFrom, chosen.score - farBetter))))
      return describe(open, chosen, certainty, isNextBlock, leads)
  }
  // Another place looked better, but not well enough: the next block is likelier than it looks.
  return next && next.score >= leastOf(next) ? describe(open, next, 'probable', true, leads) : undefined
}

/** What words alone would settle is only likely where boxes could tell, and do not. */
function withoutPlace(certainty: Certainty | undefined, { areKnown }: Places): Certainty | undefined {
  return areKnown && certainty === 'certain' ? 'probable' : certainty
}

function describe(
  { end, ranked, margin }: OpenEnd,
  chosen: Continuation,
  certainty: Certainty,
  isNextBlock: boolean,
  leads: Leads
): JoinFinding {
  const { score, gain, word, wordGain, phrase } = chosen
  return {
    ...join(end, chosen.start, certainty, certainty === 'certain' ? 0.97 : 0.7, reasonFor(chosen, isNextBlock, leads), {
      score: round(score),
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
    candidates: ranked.slice(0, 4).map(({ start, score: bits }) => ({ target: start.block.id, text: start.head, score: round(bits) }))
  }
}

/** From these scores on, in bits. Found on pages of news that the model has not seen. */
const joinsFrom = 15
const proposesFrom = 6
/** Another place is named before the next block when it goes so much better, in bits. */
const farBetter = 2
/** Where the model saves so much by reading on that little else is asked. */
const readsOnFrom = 8
const clearGain = 8
const displacedFrom = 14
/** Behind a final mark, where the place of both says that the paragraph goes on. */
const placedFrom = 12
/** Where a long word lies across the joint. */
const displacedByWordFrom = 10

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

function judgeNext(open: OpenEnd, continuation: Continuation, leads: Leads): Certainty | undefined {
  const { score, closes } = continuation
  const margin = Math.min(open.endMargin, open.startMargin)
  if (closes || leads.completes(open.end, open.chosen!.start)) return 'certain'
  // Behind these a paragraph may end, as what is said or listed begins on a line of its own.
  if (/[：:…·—]$/u.test(continuation.end.text) && !saysSo(continuation)) return score >= leastOf(continuation) ? 'probable' : undefined
  if (score >= joinsFrom && margin >= (saysSo(continuation) ? 0 : 5) && readsOn(continuation)) return 'certain'
  if (score >= joinsFrom && margin >= 8 && stopsInRunningText(continuation)) return 'certain'
  if (score >= readsOnFrom && margin >= 5 && continuation.gain >= clearGain) return 'certain'
  return score >= leastOf(continuation) ? 'probable' : undefined
}

/** A long text without a final mark, and nothing that begins a paragraph behind it: a mark may be lost, but seldom is. */
function stopsInRunningText({ end, start, gain }: Continuation): boolean {
  return end.openness >= 7 && end.stopBits >= 7 && gain >= -5 && start.startness === 0 && end.endSurprise < doubtfulEnd
}

/** Shorter than this, a line without a final mark is a heading as likely as not. */
const shortText = 12

/** From this score on, the next block is proposed: more is asked of a short line that could as well stand by itself, most of what looks like a heading. */
function leastOf({ end, gain }: Continuation): number {
  const mayBeHeading = isDisplay(end.block) || end.text.length < shortText
  if (mayBeHeading && end.openness < 0 && gain < 0) return proposesFrom + 6
  return end.openness < 0 ? proposesFrom - 4 : proposesFrom - 5
}

/**
 * Something in the words themselves speaks for the joint, not only the lack of a final mark: a mark may be lost. The less the sentence
 * can end where it ends, the less is asked of its continuation.
 */
function readsOn({ end, start, gain, wordGain, phrase, balances }: Continuation): boolean {
  if (wordGain >= 5 || phrase !== undefined || balances) return true
  // What ends in garble may end there, or not: only what follows can tell.
  if (end.endSurprise >= doubtfulEnd) return gain >= 4
  const asked = end.stopsInClause || end.stopBits >= 9 ? -5 : end.stopBits >= 6 ? -1 : 3
  return gain >= asked + (start.startness > 0 ? 4 : 0)
}

function judgeDisplaced(open: OpenEnd, { score, wordGain, items, gain, end }: Continuation): Certainty | undefined {
  const margin = Math.min(open.endMargin, open.startMargin)
  if (end.endSurprise >= doubtfulEnd && items === undefined && wordGain < 5 && gain < 4)
    return score >= proposesFrom ? 'probable' : undefined
  // Where the true continuation is lost or damaged another may look fit: something in the words must bind the two.
  const isBound = wordGain >= 5 || items !== undefined || gain >= clearGain
  if (isBound && score >= (wordGain >= 15 ? displacedByWordFrom : displacedFrom) && margin >= 5 && open.anyMargin >= 2) return 'certain'
  return score >= proposesFrom ? 'probable' : undefined
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
