import type { Block } from '@broadsheet/document'
import { defineRule, type Finding, type Rule } from '../rule.ts'
import { jointsOf } from '../text/joints.ts'
import { wordsOf } from '../text/latin-words.ts'

export const lineEndHyphen: Rule = defineRule({
  name: 'line-end-hyphen',
  phase: 'character',
  writing: 'alphabetic',
  summary: 'A word divided at the end of a printed line: re- solved for resolved.',
  why: `Printers divide words to fill their lines; written as one text the hyphen and the blank behind it stand in mid-word. Both go where the second
half goes on in small letters. The hyphen stays, and only the blank goes, where it belongs to the word: the page has it so elsewhere, the first half is
a number or a part that is set with a hyphen (self-, vice-, half-), the second begins with a capital. Pairs like pre- and post-war are left alone. Old
type has other hyphens (= and ⸗ in black letter, ¬ in some engines), which are read alike.`,
  examples: [
    {
      before: 'The Harbour Board last night re- solved to set electric lamps.',
      after: 'The Harbour Board last night resolved to set electric lamps.'
    },
    {
      before: ['They sat with the Fish Merchants’ Associa-', 'tion until midnight.'],
      after: ['They sat with the Fish Merchants’ Association until midnight.'],
      with: ['broken-paragraph']
    },
    { before: 'Some twenty- five vessels lay at the quay.', after: 'Some twenty-five vessels lay at the quay.' },
    { before: 'Prices of pre- and post-war houses differ.', after: 'Prices of pre- and post-war houses differ.' },
    { before: 'Die Verhand⸗ lungen sind abge¬ brochen worden.', after: 'Die Verhandlungen sind abgebrochen worden.', language: 'de' },
    { before: 'Der Haus- und Hofmeister kam am Nach- mittag.', after: 'Der Haus- und Hofmeister kam am Nachmittag.', language: 'de' },
    {
      before: 'The well-known by-law was read twice, the by- law being short.',
      after: 'The well-known by-law was read twice, the by-law being short.'
    }
  ],
  *find(context) {
    const words = wordsOf(context)
    for (const block of context.blocks) {
      const text = context.textOf(block)
      if (!/[-=⸗¬‐\u00ad]/.test(text)) continue
      for (const match of text.matchAll(divided)) yield* mend(block, match.index + match[1]!.length, match, words)
      yield* findAtJoints(block, text, words)
    }
  }
})

const divided = /(\p{L}{1,30})([-⸗¬‐\u00ad]|=)( +)(\p{L}{1,30})/gu
/** What stands between two halves that share the rest of a word. */
const pairs = /^(?:and|or|to|und|oder|bis|sowie|wie|et|ou|en|of)$/
/** English words that finish no other: behind a hyphen read at the end of a garbled word they begin anew. */
const whollyWords = /^(?:the|of|was|were|which|that|with|from|his|had)$/
const hyphenated =
  /^(?:self|ex|non|vice|half|well|ill|anti|semi|co|great|grand|mid|by|cross|all|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|north|south|sub)$/i

function* mend(block: Block, at: number, match: RegExpMatchArray, words: ReadonlyMap<string, number>): Generator<Finding> {
  const [, first, mark, blanks, second] = match as unknown as [string, string, string, string, string]
  if (pairs.test(second)) return
  const verdict = judge(first, mark, second, words)
  if (!verdict) return
  yield {
    kind: 'replace',
    block: block.id,
    from: verdict === 'whole' ? at : at + 1,
    to: at + 1 + blanks.length,
    after: '',
    reason:
      verdict === 'whole'
        ? `“${first}${second}” was divided at the end of a line.`
        : `“${first}-${second}” was divided at its own hyphen, at the end of a line.`,
    confidence: 0.97,
    certainty: 'certain'
  }
}

/** What to make of two halves: one word, a word with its hyphen, or nothing that is sure. `own`: how often the place itself counts. */
function judge(first: string, mark: string, second: string, words: ReadonlyMap<string, number>, own = 0): 'whole' | 'hyphen' | undefined {
  const whole = (words.get((first + second).toLowerCase()) ?? 0) > 0
  const kept = (words.get(`${first}-${second}`.toLowerCase()) ?? 0) > own
  if (/^\p{Lu}/u.test(second))
    return /^\p{Lu}\p{Lu}/u.test(first + second) ? (whole ? 'whole' : undefined) : mark === '-' ? 'hyphen' : undefined
  if (!whole && whollyWords.test(second)) return undefined
  if (mark !== '-') return 'whole'
  if (whole !== kept) return whole ? 'whole' : 'hyphen'
  if (hyphenated.test(first)) return 'hyphen'
  return first.length + second.length >= 4 ? 'whole' : undefined
}

/** Where two blocks were joined inside a word the hyphen stands without a blank. */
function* findAtJoints(block: Block, text: string, words: ReadonlyMap<string, number>): Generator<Finding> {
  for (const at of jointsOf(block)) {
    const first = /\p{L}{1,30}(?=[-⸗¬‐\u00ad=]$)/u.exec(text.slice(Math.max(0, at - 31), at))?.[0]
    const second = /^\p{L}{1,30}/u.exec(text.slice(at, at + 30))?.[0]
    if (!first || !second || judge(first, text[at - 1]!, second, words, 1) !== 'whole') continue
    yield {
      kind: 'replace',
      block: block.id,
      from: at - 1,
      to: at,
      after: '',
      reason: `“${first}${second}” was divided at the end of a column.`,
      confidence: 0.97,
      certainty: 'certain'
    }
  }
}
