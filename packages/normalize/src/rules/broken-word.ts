import type { Block } from '@broadsheet/document'
import { defineRule, type Finding, type Rule } from '../rule.ts'
import { wordsOf } from '../text/latin-words.ts'

export const brokenWord: Rule = defineRule({
  name: 'broken-word',
  phase: 'character',
  writing: 'alphabetic',
  summary: 'A word with blanks between its letters, or one in its middle: c o u n c i l, hap pened.',
  why: `Spaced type (in German the way to stress a word) and loose setting leave blanks inside words. Five letters or more that stand one by one are one
word, or several words set so: they are drawn together when the page has the word elsewhere, else the joined form is proposed. Two halves are proposed as one
when the page has the whole word elsewhere, at least twice, and neither half. Initials (J. S. B.) and lists of letters are left alone.`,
  examples: [
    {
      before: 'The c o u n c i l met. It was the first time the council had met this year.',
      after: 'The council met. It was the first time the council had met this year.'
    },
    {
      before: 'Der V e r e i n tagte gestern.',
      after: 'Der V e r e i n tagte gestern.',
      proposed: [' e r e i  → erei'],
      language: 'de'
    },
    {
      before: 'It hap pened twice; what happened then happened again.',
      after: 'It hap pened twice; what happened then happened again.',
      proposed: ['  → ']
    },
    { before: 'Letters A B C D E F are printed on the boxes.', after: 'Letters A B C D E F are printed on the boxes.' },
    {
      before: 'The news man read the newsman twice as the newsman had asked the man for news.',
      after: 'The news man read the newsman twice as the newsman had asked the man for news.'
    }
  ],
  *find(context) {
    const words = wordsOf(context)
    for (const block of context.blocks) {
      const text = context.textOf(block)
      yield* findSpaced(block, text, words)
      yield* findHalves(block, text, words)
    }
  }
})

/** Five letters or more, one by one, small from the second on. */
const spaced = /(?<![\p{L}\p{N}’'-])\p{L}(?: \p{Ll}){4,40}(?![\p{L}\p{N}’'-])/gu

function* findSpaced(block: Block, text: string, words: ReadonlyMap<string, number>): Generator<Finding> {
  for (const match of text.matchAll(spaced)) {
    const whole = match[0].replaceAll(' ', '')
    const isKnown = (words.get(whole.toLowerCase()) ?? 0) > 0
    yield {
      kind: 'replace',
      block: block.id,
      from: match.index,
      to: match.index + match[0].length,
      after: whole,
      reason: isKnown ? `Spaced letters; the page has “${whole}” elsewhere.` : 'Spaced letters, perhaps one word.',
      confidence: isKnown ? 0.97 : 0.8,
      certainty: isKnown ? 'certain' : 'probable'
    }
  }
}

function* findHalves(block: Block, text: string, words: ReadonlyMap<string, number>): Generator<Finding> {
  for (const match of text.matchAll(/(?<=^|[^\p{L}’'-])(\p{L}{2,20}) (?=(\p{Ll}{2,20})(?![\p{L}’'-]))/gu)) {
    const [, first, second] = match as unknown as [string, string, string]
    const count = (word: string): number => words.get(word.toLowerCase()) ?? 0
    if (count(first + second) < 2 || count(first) > 1 || count(second) > 1) continue
    const at = match.index + first.length
    yield {
      kind: 'replace',
      block: block.id,
      from: at,
      to: at + 1,
      after: '',
      reason: `The page has “${first}${second}” elsewhere, and neither half.`,
      confidence: 0.8,
      certainty: 'probable'
    }
  }
}
