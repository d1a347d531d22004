import { type Block, blockText, type Line, lineSpans, offsetOf } from '@broadsheet/document'
import { parseCredits } from '../articles/credit.ts'
import { type Context, defineRule, type Rule } from '../rule.ts'
import { ems, endsSentence } from './facts.ts'

export const runOnCredit: Rule = defineRule({
  name: 'run-on-credit',
  phase: 'split',
  summary: 'A credit read as the last line of a paragraph.',
  why: 'The names are set behind the last paragraph, often at the end of its line, and are read as one more line of it. They are cut off where the sentence before them has ended and they begin a printed line, or stand after a wide blank. A name in a sentence, or in brackets behind it, stays.',
  examples: [
    {
      before: [{ lines: ['每所学校每周至少开设1节足球课，并聘', '请退役运动员兼职任教。', '通讯员 巩大鹏'] }],
      after: ['每所学校每周至少开设1节足球课，并聘请退役运动员兼职任教。', { text: '通讯员 巩大鹏', role: 'credit' }]
    },
    {
      before: [{ lines: ['She would serve as a museum of the', 'river trade.', 'By Our Own Correspondent'] }],
      after: ['She would serve as a museum of the river trade. ', { text: 'By Our Own Correspondent', role: 'credit' }],
      language: 'en'
    },
    {
      before: [{ lines: ['他说，路修好了。', '记者昨天看到，车已经通了。'] }],
      after: ['他说，路修好了。记者昨天看到，车已经通了。']
    },
    { before: '夜读区今晚起延长到23时。（记者 曲苒）', after: '夜读区今晚起延长到23时。（记者 曲苒）' }
  ],
  *find(context) {
    for (const block of context.blocks) {
      if (block.role !== 'paragraph') continue
      const at = creditStart(block, context)
      if (at === undefined) continue
      yield {
        kind: 'split',
        block: block.id,
        at,
        role: 'credit',
        reason: 'The last printed line names who wrote it, after a finished sentence.',
        confidence: 0.93,
        certainty: 'certain'
      }
    }
  }
})

/** Where the credit begins: at the last or the last but one printed line, or behind a wide blank in the last. */
function creditStart(block: Block, context: Context): number | undefined {
  const text = blockText(block)
  return [...lineStarts(block, context), ...blankEnds(text)].find((at) => {
    const tail = text.slice(at).trim()
    if (at === 0 || tail.length < 3 || ems(tail) > 45 || /^[（(【[]/.test(tail) || !endsSentence(text.slice(0, at).trimEnd())) return false
    const credits = parseCredits(tail)
    return credits.length > 0 && credits.some(({ role }) => !['editor', 'designer', 'other'].includes(role))
  })
}

/** Starts of the last printed lines in the block's text, the earlier first. */
function lineStarts(block: Block, { regions }: Context): number[] {
  const starts: number[] = []
  const seen = new Set<Line>()
  for (const piece of block.pieces.slice(-3)) {
    const region = 'region' in piece ? regions.get(piece.region) : undefined
    if (!region || !('region' in piece)) continue
    for (const { line, from } of lineSpans(region)) {
      const at = seen.has(line) ? undefined : offsetOf(block, { region: region.id, at: from })
      if (at !== undefined) starts.push(at)
      seen.add(line)
    }
  }
  return starts.sort((a, b) => a - b).slice(-2)
}

/** Behind blanks near the end of the text. */
function blankEnds(text: string): number[] {
  const from = Math.max(0, text.length - 60)
  return [...text.slice(from).matchAll(/[。！？”]\s+(?=\S)/g)].map((match) => from + match.index + match[0].length).slice(-2)
}
