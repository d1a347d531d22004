import type { Block } from '@broadsheet/document'
import { isNext } from '../joins/assign.ts'
import { type Strand, strandsOf } from '../joins/ends.ts'
import { matchPairs, type Pair } from '../joins/matching.ts'
import { type Joint, type Places, placesOf } from '../joins/places.ts'
import { defineRule, type Rule } from '../rule.ts'
import { isProse } from '../text/prose.ts'

export const brokenParagraph: Rule = defineRule({
  name: 'broken-paragraph',
  phase: 'join',
  writing: 'alphabetic',
  summary: 'A paragraph cut in two where its line, its column or its page ended.',
  why: `A block that stops on a hyphen, a comma or in mid-sentence goes on with the next one when that begins in small letters; where boxes tell, when the
last line is full and the next begins without an indent. A block that stops on a word which ends no sentence (the, of, und, de) goes on whatever
the next begins with. Else, a long block without a final mark and its neighbour are proposed as one. Half a word looks for its other half on the whole
page: one orphan that begins in small letters is proposed.`,
  examples: [
    {
      before: ['The Harbour Board resolved to set lamps along the North Quay, the cost of', 'which will be borne by the Fish Merchants.'],
      after: ['The Harbour Board resolved to set lamps along the North Quay, the cost of which will be borne by the Fish Merchants.']
    },
    {
      before: ['They sat with the Fish Merchants’ Associa-', 'tion until midnight.'],
      after: ['They sat with the Fish Merchants’ Associa-tion until midnight.']
    },
    {
      before: ['The lamps will burn before the season opens.', 'Captain Rudd spoke against it.'],
      after: ['The lamps will burn before the season opens.', 'Captain Rudd spoke against it.']
    },
    {
      before: [{ text: 'HARBOUR BOARD AGREES', role: 'heading' }, 'The Harbour Board met last night.'],
      after: ['HARBOUR BOARD AGREES', 'The Harbour Board met last night.']
    },
    {
      before: ['Der Gemeinderat beschloß gestern, die alte Holzbrücke am unteren', 'Tor abzubrechen.'],
      after: ['Der Gemeinderat beschloß gestern, die alte Holzbrücke am unteren', 'Tor abzubrechen.'],
      proposed: ['eren → Tor '],
      language: 'de'
    },
    {
      before: ['Durch die Haupt-', 'und Nebengebäude ging gestern eine Kommission.'],
      after: ['Durch die Haupt- und Nebengebäude ging gestern eine Kommission.'],
      language: 'de',
      with: ['line-end-hyphen']
    }
  ],
  *find(context) {
    const strands = strandsOf(context)
    const places = placesOf(context, strands)
    const taken = new Set<Block>()
    const placed = places.areKnown ? matchPlaces(strands, places) : undefined
    for (const choice of placed?.values() ?? []) taken.add(choice.start.block)
    // Who stops in mid-sentence chooses first.
    const ends = strands.filter(mayBreak)
    for (const end of [...ends.filter(({ text }) => !endsSentence(text)), ...ends.filter(({ text }) => endsSentence(text))]) {
      const choice = placed?.get(end) ?? follower(end, strands, taken, places)
      if (!choice) continue
      taken.add(choice.start.block)
      const half = isHalf(end.text) && !sharesItsEnd.test(choice.start.text)
      yield {
        kind: 'join',
        block: end.block.id,
        target: choice.start.block.id,
        glue: half ? '' : ' ',
        reason: choice.reason,
        confidence: choice.certain ? 0.96 : 0.65,
        certainty: choice.certain ? 'certain' : 'probable',
        ...(choice.joint ? { evidence: { place: choice.joint.goesOn ? `goes on, ${choice.joint.way}` : choice.joint.way } } : {})
      }
    }
  }
})

/** A word divided at its end, with any of the hyphens of old type. */
const isHalf = (text: string): boolean => /\p{L}[-⸗¬‐\u00ad=]$/u.test(text)
/** What goes on behind half a word that shares its end with the next: Haupt- | und Nebengebäude, pre- | and post-war. “and” alone may end a word. */
const sharesItsEnd = /^(?:(?:und|oder|sowie)(?!\p{L})|(?:and|or) \p{L}{1,30}-\p{L})/u
const endsSentence = (text: string): boolean => /[.!?:;…][”’"'»“)\]]*$/.test(text.slice(-8))
const beginsSmall = (text: string): boolean => /^[“"'‘(»„]?\p{Ll}/u.test(text)
/** Words that end no sentence, and no heading. */
const unfinished =
  /(?:\b(?:the|a|an|of|and|to|in|for|with|by|from|at|or|that|which|who|his|her|their|its|was|is|were|be|been|has|have|had|will|der|die|das|den|dem|des|und|von|zu|mit|auf|für|im|am|ein|eine|einen|einer|daß|dass|sich|ist|sind|wurde|le|la|les|de|du|des|et|à|un|une|que|qui|dans|pour|par|sur|au|aux))$/iu

function mayBreak({ block, text }: Strand): boolean {
  return isProse(block) && text.length >= 3 && /\p{L}/u.test(text) && !/^\P{Ll}+$/u.test(text)
}

interface Choice {
  readonly start: Strand
  readonly certain: boolean
  readonly reason: string
  readonly joint?: Joint
}

function follower(end: Strand, strands: readonly Strand[], taken: ReadonlySet<Block>, places: Places): Choice | undefined {
  const starts = nearby(end, strands).filter((start) => isProse(start.block) && !taken.has(start.block) && /[\p{L}\p{N}]/u.test(start.text))
  const placed = starts.map((start) => ({ start, joint: places.jointOf(end, start) }))
  const finished = endsSentence(end.text)
  if (finished) return undefined
  const next = placed.find(({ start, joint }) => (joint && joint.way !== 'elsewhere') || (!joint && isNext(end, start, strands)))
  if (next && beginsSmall(next.start.text))
    return {
      ...withJoint(next),
      certain: isCertain(places),
      reason: 'The text stops in mid-sentence, and what follows begins in small letters.'
    }
  if (next && !isHalf(end.text) && unfinished.test(end.text.slice(-12)))
    return {
      ...withJoint(next),
      certain: isCertain(places),
      reason: 'The text stops on a word that ends no sentence.'
    }
  if (isHalf(end.text) || (unfinished.test(end.text.slice(-12)) && !next)) return onlyOrphan(end, strands, taken)
  if (next && (end.text.length >= longText || end.text.endsWith(',')) && !next.joint?.begins)
    return { ...withJoint(next), certain: false, reason: 'The text stops without a final mark.' }
  return undefined
}

interface PlacedPair extends Pair {
  readonly joint: Joint
}

/** Where boxes tell: one assignment of all ends to what their places lead to. Empty where the words forbid it. */
function matchPlaces(strands: readonly Strand[], places: Places): Map<Strand, Choice> {
  const table = new Map<Strand, PlacedPair[]>()
  for (const end of strands.filter(mayBreak)) {
    const pairs = nearby(end, strands).flatMap((start): PlacedPair[] => {
      const joint = isProse(start.block) && /[\p{L}\p{N}]/u.test(start.text) ? places.jointOf(end, start) : undefined
      if (!joint?.goesOn || joint.way === 'gap') return []
      if (joint.way === 'elsewhere' && !isNext(end, start, strands)) return []
      return [{ end, start, joint, score: joint.bits - Math.min(joint.doubt, 20) / 2 + wordBits(end.text, start.text) }]
    })
    table.set(
      end,
      pairs.sort((a, b) => b.score - a.score || a.start.index - b.start.index)
    )
  }
  const matching = matchPairs(table)
  const choices = new Map<Strand, Choice>()
  for (const [end, pair] of matching.chosen) {
    const { start, joint } = pair
    const isSmall = beginsSmall(start.text)
    if (endsSentence(end.text) && !isSmall) continue
    const asked = askedOf[joint.way] + (isSmall || unfinished.test(end.text.slice(-12)) ? 0 : 12)
    choices.set(end, {
      start,
      joint,
      certain: !endsSentence(end.text) && matching.lossWithout(pair) >= asked + joint.doubt,
      reason: 'The last line is full to its end, and the line that follows by its place begins without an indent.'
    })
  }
  return choices
}

/** How much all pairs together have to lose without this one; more where the words do not say that it goes on. */
const askedOf: Readonly<Record<Joint['way'], number>> = { row: 8, below: 4, past: 22, gap: 99, column: 8, elsewhere: 99 }

/** What the words say for going on, in bits. */
function wordBits(end: string, start: string): number {
  const isSmall = beginsSmall(start)
  if (endsSentence(end)) return isSmall ? -2 : -20
  if (isHalf(end)) return isSmall ? 14 : -6
  return (isSmall ? 10 : 0) + (unfinished.test(end.slice(-12)) ? 6 : 2)
}

/** Where boxes tell, but lead nowhere, what only follows in the order of reading is likely. */
function isCertain(places: Places): boolean {
  return !places.areKnown
}

const longText = 60

function withJoint({ start, joint }: { start: Strand; joint: Joint | undefined }): Pick<Choice, 'start' | 'joint'> {
  return { start, ...(joint ? { joint } : {}) }
}

/** How many blocks to either side are looked at. */
const reach = 40

function nearby(end: Strand, strands: readonly Strand[]): Strand[] {
  return strands.slice(Math.max(0, end.index - reach), end.index + reach + 1).filter((start) => start !== end)
}

/** The one block near by that begins in small letters behind a finished one: it belongs to somebody. */
function onlyOrphan(end: Strand, strands: readonly Strand[], taken: ReadonlySet<Block>): Choice | undefined {
  const orphans = nearby(end, strands).filter((start) => {
    const before = strands[start.index - 1]
    return (
      isProse(start.block) &&
      !taken.has(start.block) &&
      beginsSmall(start.text) &&
      (!before || !isProse(before.block) || endsSentence(before.text))
    )
  })
  return orphans.length === 1
    ? {
        start: orphans[0]!,
        certain: false,
        reason: 'The text stops in mid-sentence, and one block near by begins in small letters behind a finished one.'
      }
    : undefined
}
