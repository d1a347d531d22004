import type { Block } from '@broadsheet/document'
import { surnames } from '../articles/surnames.ts'
import { doubtfulEnd, strandsOf } from '../joins/ends.ts'
import { readTraditional } from '../language/traditional.ts'
import { type Context, defineRule, type FlagFinding, type Rule } from '../rule.ts'
import { barePart, isHanAt } from '../text/characters.ts'
import { jointsOf } from '../text/joints.ts'
import { endsInName } from '../text/names.ts'
import { isProse } from '../text/prose.ts'
import { phrasesOf } from '../text/recurrence.ts'
import { endsInCredit } from '../text/signature.ts'

export const strayGlyph: Rule = defineRule({
  name: 'stray-glyph',
  phase: 'doubt',
  writing: 'chinese',
  summary: 'A character that no text has in this place: a bare part of a character, or signs left over at the edge of the page.',
  why: `Dirt, rules and pictures are read as parts of characters (亻, 灬, 囗) or as a character or two by themselves. Such glyphs are flagged and kept: they
may cover something. At the joint of two columns the same question is asked of the last characters before it: are they fluent?`,
  examples: [
    { before: '全市农业亻生产形势总体平稳。', after: '全市农业亻生产形势总体平稳。', flagged: ['亻'] },
    {
      before: '记者在现场看到，座椅高度照顾了老人，灯杆上还装了求助按钮，启用两个月来已经帮助七位走失老人平安回家口田',
      after: '记者在现场看到，座椅高度照顾了老人，灯杆上还装了求助按钮，启用两个月来已经帮助七位走失老人平安回家口田',
      flagged: ['口田']
    },
    { before: '偏旁部首是汉字的基础。', after: '偏旁部首是汉字的基础。' },
    {
      before: ['本报讯', '西门里的老书场昨天重新开张，掌柜的请街坊白听三天。'],
      after: ['本报讯', '西门里的老书场昨天重新开张，掌柜的请街坊白听三天。']
    }
  ],
  *find(context) {
    for (const block of context.blocks) {
      yield* findParts(block, context.textOf(block))
      yield* findLeftover(context, block)
    }
    yield* findAtJoints(context)
    yield* findAtEnds(context)
  }
})

function* findParts(block: Block, text: string): Generator<FlagFinding> {
  for (const match of text.matchAll(barePart)) {
    const quoted = /[“‘「（"]/.test(text[match.index - 1] ?? '') && /[”’」）"]/.test(text[match.index + 1] ?? '')
    if (quoted || /[旁部首字头底]/.test(text[match.index + 1] ?? '')) continue
    yield {
      kind: 'flag',
      block: block.id,
      from: match.index,
      to: match.index + match[0].length,
      reason: `“${match[0]}” is a part of a character, not one that texts use.`,
      confidence: 0.9,
      certainty: 'certain'
    }
  }
}

/** A block of one or two characters that is no word, no number, no name of a section. */
function* findLeftover(context: Context, block: Block): Generator<FlagFinding> {
  const text = context.textOf(block).trim()
  if (text.length === 0 || text.length > 3 || !/^[\u4e00-\u9fff]+$/.test(text) || !(isProse(block) || block.role === 'noise')) return
  if (text.length > 1 && (surnames.includes(text[0]!) || /[省市区县旗乡镇村州盟]$/.test(text))) return
  if (text.length > 1 && (opensReports.test(text) || isWord(context, text) || isSaidAgain(context, text))) return
  yield {
    kind: 'flag',
    block: block.id,
    from: 0,
    to: context.textOf(block).length,
    reason: `“${text}” stands by itself and is no word: a seal, a signature, or nothing at all.`,
    confidence: 0.6,
    certainty: 'certain'
  }
}

/** 本报讯, 本市訊, 专电: set by themselves above a report. */
const opensReports = /[讯訊电電]$/

/** A word, in simplified or in traditional script. */
function isWord({ model }: Context, text: string): boolean {
  return [model, readTraditional(model)].some(({ dictionary, knows }) => dictionary.frequency(text) >= 30 || knows(text))
}

/** Dirt is not read twice as the same characters. */
function isSaidAgain(context: Context, text: string): boolean {
  const phrases = phrasesOf(context)
  for (let at = 0; at + 1 < text.length; at++) if ((phrases.get(text.slice(at, at + 2)) ?? 0) < 2) return false
  return true
}

/** Running text that stops without a final mark, on two characters that the language does not expect there. */
function* findAtEnds(context: Context): Generator<FlagFinding> {
  for (const { block, isOpen, openness, endSurprise } of strandsOf(context)) {
    if (!isOpen || openness < 4 || endSurprise < doubtfulEnd || !isProse(block)) continue
    const text = context.textOf(block).trimEnd()
    if (mayBeName(text, text.length)) continue
    yield {
      kind: 'flag',
      block: block.id,
      from: text.length - 2,
      to: text.length,
      reason: `The text breaks off behind “${text.slice(-2)}”, which makes little sense there: the end is damaged, or a rare name.`,
      confidence: 0.6,
      certainty: 'certain',
      evidence: { surpriseBits: Math.round(endSurprise * 10) / 10 }
    }
  }
}

/** Names surprise every model: of those who signed, of those who are spoken of, of what was counted. */
function mayBeName(text: string, at: number): boolean {
  const end = text.slice(Math.max(0, at - 40), at)
  return (
    endsInName(end) ||
    endsInCredit(end) ||
    [...end.slice(-4, -1)].some((char) => surnames.includes(char)) ||
    /\d\s?[\u4e00-\u9fff]{2,3}$/.test(end)
  )
}

/** A word of the dictionary ends at the joint, or goes across it. */
function isDivided({ model }: Context, text: string, at: number): boolean {
  const from = Math.max(0, at - 6)
  const ends = model.dictionary.segment(text.slice(from, at + 3)).ends
  const lastWord = ends.findIndex((end) => from + end >= at)
  return ends[lastWord]! - (ends[lastWord - 1] ?? 0) > 1
}

/** How surprising the characters on both sides of a joint may be before they are flagged, in bits a symbol. */
const jointFrom = 12.5

/** Where two columns were joined without any word to speak for it, damage hides at the foot of the first. */
function* findAtJoints(context: Context): Generator<FlagFinding> {
  const { model } = context
  for (const block of context.blocks) {
    if (!isProse(block)) continue
    const text = context.textOf(block)
    for (const at of jointsOf(block)) {
      const from = Math.max(0, at - 3)
      if (!isHanAt(text, from) || !isHanAt(text, at - 1) || !isHanAt(text, at)) continue
      if (mayBeName(text.slice(0, at), at) || isDivided(context, text, at)) continue
      const surprise = model.surprise(text.slice(from, at + 2), text.slice(Math.max(0, from - 8), from))
      const mean = surprise.reduce((sum, bits) => sum + bits, 0) / surprise.length
      if (mean < jointFrom) continue
      yield {
        kind: 'flag',
        block: block.id,
        from,
        to: at,
        reason: `“${text.slice(from, at)}” at the foot of a column does not read on in “${text.slice(at, at + 4)}”: the joint is damaged.`,
        confidence: 0.7,
        certainty: 'certain',
        evidence: { surpriseBits: Math.round(mean * 10) / 10 }
      }
    }
  }
}
