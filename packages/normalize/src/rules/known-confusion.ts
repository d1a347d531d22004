import type { Block } from '@broadsheet/document'
import type { Confusion } from '../profile/confusion.ts'
import { type Context, defineRule, type ReplaceFinding, type Rule } from '../rule.ts'
import { isInName } from '../text/names.ts'

export const knownConfusion: Rule = defineRule({
  name: 'known-confusion',
  phase: 'character',
  summary: 'A misreading that the house profile lists, because people mended it before.',
  why: `The same paper in the same type is misread in the same way. What the profile lists (区具委 → 区县委) is set as printed where it stands, if it is longer than
one character, as read is neither a word nor known to the language, and the words around it divide better so; where they divide no worse it is proposed. Names known to be right are left alone. Without a profile
the rule finds nothing. broadsheet profile --preview shows everything a profile would touch.`,
  examples: [
    {
      before: '会议要求，各区具委书记要带头落实。',
      after: '会议要求，各区县委书记要带头落实。',
      profile: { confusions: [{ read: '区具委', printed: '区县委' }] }
    },
    {
      before: '车间里摆满了工具和量具。',
      after: '车间里摆满了工具和量具。',
      profile: { confusions: [{ read: '具', printed: '县' }] }
    },
    {
      before: '厂里把一批量具委托给邻县代为检修。',
      after: '厂里把一批量具委托给邻县代为检修。',
      profile: { confusions: [{ read: '具委', printed: '县委' }] }
    },
    {
      before: '区具街道办事处今年新建了三座便民桥。',
      after: '区具街道办事处今年新建了三座便民桥。',
      profile: { names: ['区具街道'], confusions: [{ read: '区具', printed: '区县' }] }
    }
  ],
  *find(context) {
    for (const confusion of context.profile?.confusions ?? []) {
      const isCertain = confusion.read.length > 1 && !isKnown(context, confusion.read)
      for (const block of context.blocks) yield* findInBlock(context, block, confusion, isCertain)
    }
  }
})

function isKnown({ model }: Context, text: string): boolean {
  return model.dictionary.frequency(text) > 0 || (text.length <= 4 && model.knows(text))
}

/** From so many bits on the text around a place speaks for it. */
const leastGain = 5

/** Bits that the words around it save with the place as printed: 工具委托 holds 具委 by chance, and is better left. */
function wordsGained({ model }: Context, text: string, at: number, read: string, printed: string): number {
  const bits = (middle: string): number =>
    model.dictionary.segment(text.slice(Math.max(0, at - 4), at) + middle + text.slice(at + read.length, at + read.length + 4)).bits
  return bits(read) - bits(printed)
}

function* findInBlock(context: Context, block: Block, { read, printed }: Confusion, isCertain: boolean): Generator<ReplaceFinding> {
  const text = context.textOf(block)
  for (let at = text.indexOf(read); at >= 0; at = text.indexOf(read, at + read.length)) {
    const gain = wordsGained(context, text, at, read, printed)
    const isSure = isCertain && gain >= leastGain
    if (gain < 0) continue
    if (isInName(text, at, context.names) || isInName(text, at + read.length - 1, context.names)) continue
    yield {
      kind: 'replace',
      block: block.id,
      from: at,
      to: at + read.length,
      after: printed,
      reason: `“${read}” is a known misreading of “${printed}” in this newspaper.`,
      confidence: isSure ? 0.95 : 0.5,
      certainty: isSure ? 'certain' : 'probable'
    }
  }
}
