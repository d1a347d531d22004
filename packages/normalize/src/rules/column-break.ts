import { surnames } from '../articles/surnames.ts'
import { assignContinuations, isNext, type OpenEnd } from '../joins/assign.ts'
import type { Belief } from '../joins/beliefs.ts'
import { phraseBits } from '../joins/claims.ts'
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
      before: ['摊主说：“今年的藕比去年卖得好，一天能卖出两百多斤。', '”镇上的市场又添了两排摊位。“镇长说，年底前还要再添一排。'],
      after: ['摊主说：“今年的藕比去年卖得好，一天能卖出两百多斤。', '”镇上的市场又添了两排摊位。“镇长说，年底前还要再添一排。'],
      proposed: ['百多斤。 → ”镇上的']
    },
    {
      before: ['今年新列入试点的地方有青禾县、白河县、石桥县、云溪县、', '柳林县、松河县、东湖县、'],
      after: ['今年新列入试点的地方有青禾县、白河县、石桥县、云溪县、柳林县、松河县、东湖县、']
    },
    {
      before: [
        '城东区：卜学文、仝秀兰、蔺大有、亓志远、芮长青、敖小满、缑建',
        '城西区：冼家旺、逄春生、郏向阳、戎来喜、盖同福、仇满仓、门大海'
      ],
      after: [
        '城东区：卜学文、仝秀兰、蔺大有、亓志远、芮长青、敖小满、缑建',
        '城西区：冼家旺、逄春生、郏向阳、戎来喜、盖同福、仇满仓、门大海'
      ]
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
    const isClosed = !/^[”’]/.test(start.head) || (before.brackets > 0 && !start.misreadsQuote)
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
  const ranked = open.belief?.ranked ?? []
  const isNextBlock = ({ continuation }: Ranked): boolean => isNext(open.end, continuation.start, strands)
  const next = ranked.find(isNextBlock)
  const [other, second] = ranked.filter((one) => one !== next)
  const found: readonly (readonly [Ranked, Certainty | undefined, boolean])[] = [
    ...(next ? [[next, judgeNext(next), true] as const] : []),
    ...(other ? [[other, judgeDisplaced(open, other, Math.max(second?.share ?? 0, next?.share ?? 0)), false] as const] : [])
  ]
  const [named] = found.toSorted((a, b) => rankOf(b[1]) - rankOf(a[1]) || b[0].share - a[0].share)
  return named?.[1] && describe(open, named[0].continuation, named[1], named[2], leads)
}

type Ranked = Belief<Continuation>['ranked'][number]

const rankOf = (certainty: Certainty | undefined): number => (certainty === 'certain' ? 2 : certainty ? 1 : 0)

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
  leads: Leads
): JoinFinding {
  const { score, gain, word, wordGain, phrase } = chosen
  const share = belief === undefined || chosen.joint ? undefined : belief.ranked.find(({ continuation }) => continuation === chosen)?.share
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
    candidates: share === undefined ? byScore(ranked) : byShare(belief!)
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
/** Behind a final mark, where the place of both says that the paragraph goes on. */
const placedFrom = 12

/**
 * From these shares of belief on, of 1, the next block goes on: where a word lies across the joint, behind a short line, behind running text (less where
 * it can hardly end there), where little but its place speaks for the two, and with a block that breaks off itself. Found on pages of news and on readings
 * of real pages.
 */
const nextFrom = { word: 0.4, short: 0.5, long: 0.6, running: 0.62, unbound: 0.82, broken: 0.95, proposed: 0.05 } as const
/**
 * From these shares on a block elsewhere is this end's: joined behind running text, behind running text whose end may be damaged, behind a short line; named.
 * Joined only where it goes so many times better than any other, and reading on saves so many bits.
 */
const elsewhereFrom = { long: 0.28, doubtful: 0.33, short: 0.33, proposed: 0.08, over: 3 } as const
const elsewhereGain = 3
/** So many bits say that the two are one text, and no rests of others. */
const boundBits = 2
/** Where the end may be damaged, so many bits, or such a gain, bind the two all the same. */
const bindingBits = 1
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

function judgeNext({ continuation, share }: Ranked): Certainty | undefined {
  if (share < nextFrom.proposed) return undefined
  const asked = saysSo(continuation) ? nextFrom.word : askedOfNext(continuation)
  return share >= asked && !mayEndThere(continuation) ? 'certain' : 'probable'
}

function askedOfNext(continuation: Continuation): number {
  const { end, start, claim } = continuation
  if (goesOnListing(continuation)) return nextFrom.running
  if (start.isOpen) return nextFrom.broken
  if (claim.overRest < 0) return runsOn(continuation) ? nextFrom.running : nextFrom.unbound
  return end.isLong ? nextFrom.long : nextFrom.short
}

/** A list breaks off behind the mark between its items, and a list of items that end alike goes on: 甲县、乙县、 and 丙县、丁县. */
function goesOnListing({ end, start }: Continuation): boolean {
  const last = /([\u4e00-\u9fff])、[^，。；：、]{1,8}\1、$/.exec(end.text.slice(-20))?.[1]
  return last !== undefined && new RegExp(`^[^，。；：、]{1,8}${last}、`).test(start.text)
}

/** A long text with no full stop where one is hardly possible, before what does not begin a paragraph. */
function runsOn({ end, start, claim, gain }: Continuation): boolean {
  return end.isLong && !end.isDoubtful && end.stopBits >= 7 && claim.breaksOff > 0 && gain >= -3 && start.opening === 'none'
}

/** Whatever the belief: joints that real pages have shown to be wrong too often, unless the words bind the two. */
function mayEndThere(continuation: Continuation): boolean {
  const { end, start, claim, gain } = continuation
  if (saysSo(continuation)) return false
  // Behind these a paragraph may end, as what is said or listed begins on a line of its own; behind the rest of a formula, too.
  if (mayStopThere(end) || endsOnName(end)) return true
  // A character by itself that makes no word with the end, nor goes with it, is a stray one as likely as not.
  if (gain < 0 && /^[\u4e00-\u9fff][。！？]/.test(start.head)) return true
  // No line ends on an opening quote: behind a final mark it is a closing one misread.
  if (/[。！？…]“$/.test(end.text)) return true
  // Who speaks does not go on with who else speaks.
  if (start.opening === 'speaks' && endsSpeaking.test(end.tail)) return true
  // Figures behind a decimal point go on with figures.
  if (/\d[.．]$/.test(end.tail)) return !/^\d/.test(start.head)
  // A misread end fits many starts.
  return end.isDoubtful && !end.damage && claim.overRest < bindingBits && gain < bindingGain
}

const endsSpeaking = /(?:指出|表示|强调|介绍|说|称|认为|透露|提出|宣布|显示)[，,]$/

function mayStopThere({ text }: Strand): boolean {
  return /[：:；;…·—$}]$/u.test(text)
}

/** What issues notices. */
const issuer =
  /[。！？][”’]?[\u4e00-\u9fff（）]{2,24}(?:法院|检察院|公安局|公司|董事会|委员会|人民政府|办公室|管理局|协会|编辑部|银行|中心)$/u

/** Stops on a name by itself behind a full stop: of who wrote it, or whose notice it is. */
function endsOnName({ text }: Strand): boolean {
  if (issuer.test(text.slice(-36))) return true
  const last = /[。！？%％][”’]?([\u4e00-\u9fff]{2,3})$/u.exec(text.slice(-6))?.[1]
  return last !== undefined && surnames.includes(last[0]!)
}

/** Where the true continuation is lost or damaged another may look fit: it has to be far likelier than any other, and something has to bind the two. */
function judgeDisplaced({ end }: OpenEnd, { continuation, share }: Ranked, rival: number): Certainty | undefined {
  if (share < elsewhereFrom.proposed || mayStopThere(end)) return undefined
  const { start, gain } = continuation
  const asked = end.isLong ? (end.isDoubtful ? elsewhereFrom.doubtful : elsewhereFrom.long) : elsewhereFrom.short
  // Behind a line that may be a heading, nothing less than words that belong together.
  const isFit = saysSo(continuation) || bindingOf(continuation) >= boundBits || (end.isLong && gain >= elsewhereGain)
  const mayHead = start.isOpen && !start.hasClause
  return share >= asked && share >= elsewhereFrom.over * rival && isFit && !mayHead && !endsOnName(end) ? 'certain' : 'probable'
}

/** What says that the two are one text; a phrase that the page has elsewhere does so in many places. */
function bindingOf({ claim, phrase }: Continuation): number {
  return claim.overRest - (phrase === undefined ? 0 : phraseBits)
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

function reasonFor(
  { word, wordGain, phrase, closes, balances, end, start, joint, items }: Continuation,
  next: boolean,
  leads: Leads
): string {
  const where = next ? 'the next block' : 'a block elsewhere on the page'
  if (joint?.goesOn && joint.way !== 'elsewhere' && !(word && wordGain >= 5))
    return joint.way === 'column'
      ? 'The last line is full to its end, and the head of the next column begins without an indent.'
      : 'The last line is full to its end, and the line below it begins without an indent.'
  if (closes) return `The text stops without a final mark, and ${where} begins with a closing mark.`
  if (word && wordGain >= 5) return `The text stops without a final mark; ${where} completes the word “${word}”.`
  if (next && leads.completes(end, start)) return `The text stops inside a lead of the pattern the page repeats; ${where} completes it.`
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
