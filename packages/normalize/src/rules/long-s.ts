import type { Block } from '@broadsheet/document'
import { type Context, defineRule, type Finding, type Rule } from '../rule.ts'
import { wordsOf } from '../text/latin-words.ts'

export const longS: Rule = defineRule({
  name: 'long-s',
  phase: 'character',
  writing: 'alphabetic',
  summary: 'A long s (ſ) left over in a text set with round ones, or an f read for it.',
  why: `Until about 1800, and in black letter until 1941, s inside a word was set long. Where a page writes it so throughout, that is how it is printed,
and it stays. A few long ones among round ones are what the engine made of some of them, and become round; in words quoted, which have no round s where
a long one may stand, that is only proposed: an old motto is quoted as it is cut. An engine that knows no long s reads f:
a word with f is proposed with s where the page has it with s elsewhere, and with f nowhere else.`,
  examples: [
    {
      before: 'The houſe was sold, and its masters said so. The price was less than usual; his sister was pleased.',
      after: 'The house was sold, and its masters said so. The price was less than usual; his sister was pleased.'
    },
    {
      before:
        'The motto, “Waſte not, want not,” is still seen over the house; the masters said so, and restored its last letters this season.',
      after:
        'The motto, “Waſte not, want not,” is still seen over the house; the masters said so, and restored its last letters this season.',
      proposed: ['ſ → s']
    },
    {
      before: 'Die Geſellſchaft beſchloß in der letzten Sitzung.',
      after: 'Die Geſellſchaft beſchloß in der letzten Sitzung.',
      language: 'de'
    },
    {
      before: 'The Congress met. The Congrefs then rose, and the Congress will meet again.',
      after: 'The Congress met. The Congrefs then rose, and the Congress will meet again.',
      proposed: ['f → s']
    },
    { before: 'The wife was wise, and the wise wife was safe.', after: 'The wife was wise, and the wise wife was safe.' }
  ],
  *find(context) {
    const isRound = usesRoundS(context)
    for (const block of context.blocks) {
      if (isRound) yield* findLong(block, context.textOf(block))
      yield* findF(context, block)
    }
  }
})

/** Fewer than one long s in ten that could be. */
function usesRoundS({ blocks, textOf }: Context): boolean {
  let long = 0
  let round = 0
  for (const block of blocks) {
    const text = textOf(block)
    for (const _ of text.matchAll(/ſ/g)) long++
    for (const _ of text.matchAll(/s(?=\p{Ll})/gu)) round++
  }
  return long * 9 <= round
}

function* findLong(block: Block, text: string): Generator<Finding> {
  const quotes = text.includes('ſ') ? oldQuotes(text) : []
  for (const match of text.matchAll(/ſ/g)) {
    const isQuoted = quotes.some(([from, to]) => from <= match.index && match.index < to)
    yield {
      kind: 'replace',
      block: block.id,
      from: match.index,
      to: match.index + 1,
      after: 's',
      reason: isQuoted
        ? 'The page is set with round s; these words may be quoted in old letters.'
        : 'The page is set with round s; a few long ones are the engine’s.',
      confidence: isQuoted ? 0.5 : 0.95,
      certainty: isQuoted ? 'probable' : 'certain'
    }
  }
}

/** Words in quotation marks that have long s, and no round one where a long one may stand. */
function oldQuotes(text: string): [number, number][] {
  return [...text.matchAll(/[“„»‘][^“”„»«‘’]{1,200}[”“«’]/gu)]
    .filter(([quote]) => quote.includes('ſ') && !/s\p{Ll}/u.test(quote))
    .map((match) => [match.index, match.index + match[0].length])
}

function* findF(context: Context, block: Block): Generator<Finding> {
  const words = wordsOf(context)
  const text = context.textOf(block)
  for (const match of text.matchAll(/(?<!\p{L})\p{L}\p{Ll}{4,30}/gu)) {
    const word = match[0].toLowerCase()
    if (!match[0].slice(0, -1).includes('f') || (words.get(word) ?? 0) > 1) continue
    for (let at = match[0].indexOf('f'); at >= 0; at = word.indexOf('f', at + 1)) {
      const other = `${word.slice(0, at)}s${word.slice(at + 1)}`
      if ((words.get(other) ?? 0) < 2) continue
      yield {
        kind: 'replace',
        block: block.id,
        from: match.index + at,
        to: match.index + at + 1,
        after: 's',
        reason: `The page has “${other}” elsewhere; “${match[0]}” may be it with a long s.`,
        confidence: 0.7,
        certainty: 'probable'
      }
      break
    }
  }
}
