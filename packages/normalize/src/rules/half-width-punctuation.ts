import type { Block } from '@broadsheet/document'
import { type Context, defineRule, type ReplaceFinding, type Rule } from '../rule.ts'
import { isChineseMark, isDigitAt, isHanAt, isLatinAt, isSolidAt } from '../text/characters.ts'
import { inBlocks } from '../text/prose.ts'

const wide: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）', '.': '。' }

export const halfWidthPunctuation: Rule = defineRule({
  name: 'half-width-punctuation',
  phase: 'character',
  writing: 'chinese',
  summary: 'A half-width mark (, ; : ? ! ( )) in a Chinese sentence.',
  why: `Chinese newspapers set full-width marks; many recognisers and keyboards know only the half-width ones. A mark is widened when what stands
beside it, behind blanks, quotes and per cent signs, is Chinese. Between figures (a ratio, a time, thousands) and inside foreign phrases it stays;
brackets are decided in pairs, by what they hold and where they stand. A point becomes 。 where the engine writes its full stops so: paragraphs end with
them, and 。 is rare. Else a point is another mark misread, within a paragraph far more often a comma than a full stop: both are proposed, and
nothing is applied.`,
  examples: [
    { before: '会上,代表们审议了报告(草案);大家一致认为,方向明确.', after: '会上，代表们审议了报告（草案）；大家一致认为，方向明确。' },
    { before: '投资占比35%,比上年高,达41.93亿元。', after: '投资占比35%，比上年高，达41.93亿元。' },
    {
      before: '水泥和砂的比例为3:7，十时开赛，12:30结束，共售1,000张票。',
      after: '水泥和砂的比例为3:7，十时开赛，12:30结束，共售1,000张票。'
    },
    {
      before: '在应对近年的几次波动中.产业政策发挥了重要作用。市场已经平稳。价格也在回升.',
      after: '在应对近年的几次波动中.产业政策发挥了重要作用。市场已经平稳。价格也在回升.',
      proposed: ['. → ，', '. → 。']
    },
    { before: '他把“Made in China (Linhu), since 1958”印在盒上。', after: '他把“Made in China (Linhu), since 1958”印在盒上。' },
    { before: '详见 http://example.org/a?b=1 一页。', after: '详见 http://example.org/a?b=1 一页。' }
  ],
  *find(context) {
    const pointIsStop = writesPoints(context)
    yield* inBlocks(
      context,
      () => true,
      (block, text) => findInBlock(block, text, pointIsStop)
    )
  }
})

/** Whether the engine writes its full stops as points: paragraphs end with them, and there are three for one 。 at least. */
function writesPoints({ blocks, textOf }: Context): boolean {
  let stops = 0
  let points = 0
  let ends = 0
  for (const block of blocks) {
    const text = textOf(block)
    if (/[\u4e00-\u9fff]\.["”’]?\s*$/.test(text.slice(-8))) ends++
    for (const [mark] of text.matchAll(/。|[\u4e00-\u9fff]\.(?!\.)/g))
      if (mark === '。') stops++
      else points++
  }
  return ends > 0 && stops * 3 <= points
}

function* findInBlock(block: Block, text: string, pointIsStop: boolean): Generator<ReplaceFinding> {
  if (!/[,;:?!().]/.test(text)) return
  const partners = matchBrackets(text)
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    const after = wide[char]
    if (after === undefined) continue
    const verdict =
      char === '(' || char === ')' ? judgeBracket(text, at, partners) : char === '.' ? judgeStop(text, at) : judgeMark(text, at)
    if (!verdict) continue
    if (char === '.' && !pointIsStop) {
      yield misreadPoint(block, text, at)
      continue
    }
    yield {
      kind: 'replace',
      block: block.id,
      from: at,
      to: at + 1,
      after,
      reason: `The half-width mark “${char}” stands in Chinese text.`,
      confidence: char === '.' ? 0.97 : 0.999,
      certainty: 'certain'
    }
  }
}

/** A point among ideographic full stops: within a paragraph most often a comma. */
function misreadPoint(block: Block, text: string, at: number): ReplaceFinding {
  const isLast = neighbour(text, at, 1) < 0
  const [first, second] = isLast ? ['。', '，'] : ['，', '。']
  return {
    kind: 'replace',
    block: block.id,
    from: at,
    to: at + 1,
    after: first!,
    reason: `The page does not write its full stops as points, so this one is another mark misread: “${first}” most likely.`,
    confidence: isLast ? 0.7 : 0.8,
    certainty: 'probable',
    candidates: [
      { text: first!, score: isLast ? 0.7 : 0.8 },
      { text: second!, score: 0.2 }
    ]
  }
}

/** Blanks, straight quotes and the like do not tell whether a text is Chinese: what stands behind them does. */
const transparent = new Set(' "\'%‰℃°)([]')
const look = 6

function neighbour(text: string, at: number, step: 1 | -1): number {
  let index = at + step
  for (let left = look; left > 0 && index >= 0 && index < text.length && transparent.has(text[index]!); left--) index += step
  return index >= 0 && index < text.length ? index : -1
}

function judgeMark(text: string, at: number): boolean {
  if (isDigitAt(text, at - 1) && isDigitAt(text, at + 1)) return false
  if (text[at] === ';' && /&#?[a-zA-Z0-9]{1,10}$/.test(text.slice(Math.max(0, at - 12), at))) return false
  if (text[at] === ':' && (text[at + 1] === '/' || text[at + 1] === '\\')) return false
  const before = neighbour(text, at, -1)
  const after = neighbour(text, at, 1)
  if (isSolidAt(text, before)) return true
  if (!isSolidAt(text, after)) return before >= 0 && isChineseAround(text, at) && (after < 0 || !isLatinAt(text, after))
  // Behind a figure, a letter or another mark, and Chinese goes on.
  return before >= 0 && !/[/\\@=&]/.test(text[before]!)
}

/** A full stop read as a point: only behind a Chinese character, where the sentence ends. */
function judgeStop(text: string, at: number): boolean {
  if (!isHanAt(text, at - 1) || '.·…'.includes(text[at + 1] ?? ' ')) return false
  const start = Math.max(0, at - 8)
  const clause = text.slice(start, at)
  // 一. 二. are numbers of a list, and a short clause may be an abbreviation.
  if (!/[\u4e00-\u9fff]{4}$/.test(clause)) return false
  const next = neighbour(text, at, 1)
  return next < 0 || isSolidAt(text, next)
}

function judgeBracket(text: string, at: number, partners: ReadonlyMap<number, number>): boolean {
  const partner = partners.get(at)
  if (partner === undefined) return isSolidAt(text, neighbour(text, at, -1)) || isSolidAt(text, neighbour(text, at, 1))
  if (isChineseMark(text[partner]!)) return true
  const open = Math.min(at, partner)
  const close = Math.max(at, partner)
  const inner = text.slice(open + 1, close)
  if (/[\u4e00-\u9fff]/.test(inner)) return true
  if (isLatinAt(text, neighbour(text, open, -1))) return false
  return isSolidAt(text, neighbour(text, open, -1)) || isSolidAt(text, neighbour(text, close, 1))
}

/** Chinese on either side within a clause's length. */
function isChineseAround(text: string, at: number): boolean {
  const near = text.slice(Math.max(0, at - 12), at + 12)
  return (near.match(/[\u4e00-\u9fff]/g)?.length ?? 0) >= 6
}

const longestBracket = 200

/** Which bracket closes which, half-width and full-width alike. */
function matchBrackets(text: string): Map<number, number> {
  const partners = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '(' || char === '（') open.push(at)
    else if (char === ')' || char === '）') {
      const start = open.pop()
      if (start === undefined || at - start > longestBracket) continue
      partners.set(start, at)
      partners.set(at, start)
    }
  }
  return partners
}
