import { type Block, isReadPiece } from '@broadsheet/document'
import type { Context } from '../rule.ts'
import { barePart } from '../text/characters.ts'
import { jointsOf } from '../text/joints.ts'
import { isInName } from '../text/names.ts'
import { isProse } from '../text/prose.ts'
import { phrasesOf } from '../text/recurrence.ts'
import { confidencesOf } from './confidences.ts'
import { suspectsIn } from './misreading.ts'
import { type PageSigns, type PlacedSuspect, probabilitiesOf } from './page-damage.ts'
import { averageBits } from './surprise.ts'

/** What is looked at: a page as its changes leave it. */
export type DamageView = Pick<Context, 'blocks' | 'changes' | 'regions' | 'model' | 'names' | 'textOf'>

/** A character of the clean text that may be damaged, or stand beside damage. */
export interface DamagedPlace {
  readonly block: Block
  /** Offset in the block's text. */
  readonly at: number
  /** What the place costs in the language model, in bits. */
  readonly bits: number
  /** Offset of the joint of two columns that it stands at, if any. */
  readonly joint?: number
  /** That it is damaged, 0 to 1. */
  readonly probability: number
}

/**
 * Every place of a page in Chinese that may be damaged, the most probable first. Most of them are not: those a person should be shown are flagged by
 * the rule `garble`; the order of the others tells where to look next.
 */
export function damagedPlaces(view: DamageView): DamagedPlace[] {
  const suspects = suspectsOf(view)
  const probabilities = probabilitiesOf(suspects, signsOf(view))
  return suspects
    .map(({ block, at, bits, joint }, index) => ({
      block,
      at,
      bits,
      ...(joint === undefined ? {} : { joint }),
      probability: probabilities[index]!
    }))
    .sort((a, b) => b.probability - a.probability || (a.block.id < b.block.id ? -1 : a.block.id > b.block.id ? 1 : a.at - b.at))
}

type Suspected = PlacedSuspect & { readonly block: Block }

function suspectsOf(view: DamageView): Suspected[] {
  const { model, names, blocks, textOf } = view
  const phrases = phrasesOf(view)
  return blocks.filter(isProse).flatMap((block) => {
    const text = textOf(block)
    const joints = jointsOf(block)
    const confidences = confidencesIn(view, block)
    return suspectsIn(text, model, (at) => isBarePart(text[at]!) || isKnown(text, at, phrases, names)).map((suspect) => {
      const confidence = confidences?.[suspect.at] ?? Number.NaN
      // Where the engine says how sure it was, a joint says nothing more.
      const joint = Number.isNaN(confidence) ? joints.find((offset) => suspect.at >= offset - 2 && suspect.at <= offset) : undefined
      return {
        ...suspect,
        block,
        ...(joint === undefined ? {} : { joint }),
        ...(Number.isNaN(confidence) ? {} : { confidence })
      }
    })
  })
}

/** Those are what `stray-glyph` flags. */
const bare = new RegExp(barePart.source, 'u')
const isBarePart = (char: string): boolean => bare.test(char)

/** How sure the engine was of each character of a block, NaN where it does not say; undefined where it says nothing. */
function confidencesIn({ regions }: DamageView, block: Block): Float64Array | undefined {
  let all: Float64Array | undefined
  let start = 0
  for (const piece of block.pieces) {
    const region = isReadPiece(piece) ? regions.get(piece.region) : undefined
    const confidences = region && confidencesOf(region)
    if (confidences && isReadPiece(piece)) {
      all ??= new Float64Array(block.pieces.reduce((sum, { text }) => sum + text.length, 0)).fill(Number.NaN)
      all.set(confidences.subarray(piece.at, piece.at + piece.text.length), start)
    }
    start += piece.text.length
  }
  return all
}

/** The page says it twice, it ends a dateline, it is a known name, or a name by what stands before it. */
function isKnown(text: string, at: number, phrases: ReadonlyMap<string, number>, names: ReadonlySet<string>): boolean {
  if ((phrases.get(text.slice(at - 1, at + 1)) ?? 0) >= 2 || (phrases.get(text.slice(at, at + 2)) ?? 0) >= 2) return true
  if (text[at] === '讯' && text[at - 1] === '日') return true
  if (
    /(?:书记|记者|主任|市长|区长|县长|镇长|主席|总统|总理|部长|局长|院长|校长|经理|教授|先生|女士|·)[\u4e00-\u9fff]{0,2}$/.test(
      text.slice(Math.max(0, at - 4), at)
    )
  )
    return true
  return isInName(text, at, names)
}

/** Which sign of damage the findings of a rule are. */
const signOfRule: Readonly<Record<string, 'lookAlikes' | 'strays' | 'marks'>> = {
  'look-alike': 'lookAlikes',
  'stray-glyph': 'strays',
  'split-character': 'strays',
  'foreign-variant': 'strays',
  'repeated-run': 'strays',
  'unbalanced-quote': 'marks',
  'missing-final-mark': 'marks'
}

function signsOf({ blocks, changes, model, textOf }: DamageView): PageSigns {
  const signs = { lookAlikes: 0, strays: 0, marks: 0 }
  for (const { rule, status } of changes) {
    const sign = status === 'rejected' ? undefined : signOfRule[rule]
    if (sign) signs[sign]++
  }
  const texts = blocks.filter(isProse).map(textOf)
  return { ...signs, characters: texts.reduce((sum, text) => sum + text.length, 0), bits: averageBits(model, texts) }
}
