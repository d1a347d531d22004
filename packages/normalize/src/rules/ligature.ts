import { defineRule, type Rule } from '../rule.ts'
import { inBlocks } from '../text/prose.ts'

const letters: Readonly<Record<string, string>> = { ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' }

export const ligature: Rule = defineRule({
  name: 'ligature',
  phase: 'character',
  summary: 'Two or three letters cast on one body, written as one character: ﬁ for fi.',
  why: `Type founders join f with what follows it, and PDF files and some engines write the joined form. It is found by no search. The letters are set in
its place. Characters that are letters of a language (æ, œ, ß) stay.`,
  examples: [
    { before: 'The ﬁrst oﬃcer of the ﬂeet.', after: 'The first officer of the fleet.', language: 'en' },
    { before: 'Cæsar’s œuvre, Straße.', after: 'Cæsar’s œuvre, Straße.', language: 'en' }
  ],
  find: (context) =>
    inBlocks(
      context,
      () => true,
      function* (block, text) {
        for (const match of text.matchAll(/[ﬀ-ﬆ]/g))
          yield {
            kind: 'replace',
            block: block.id,
            from: match.index,
            to: match.index + 1,
            after: letters[match[0]]!,
            reason: `“${match[0]}” is a joined form of “${letters[match[0]]}”.`,
            confidence: 0.999,
            certainty: 'certain'
          }
      }
    )
})
