import type { Block } from '@broadsheet/document'
import { type Context, defineRule, type FlagFinding, type Rule } from '../rule.ts'
import { isHanAt } from '../text/characters.ts'

export const repeatedRun: Rule = defineRule({
  name: 'repeated-run',
  phase: 'doubt',
  writing: 'chinese',
  summary: 'The same words twice in a row: a stretch or a whole line that was read twice, often over its neighbour.',
  why: `Where two readings of overlapping strips are put together, or a line is found twice, the same characters stand twice, and what they were read
over is lost. Eight characters or more, repeated at once or nearly so, are flagged with the text without the second copy as a guess. Nothing is taken
away: which copy is the false one, and what it hides, only the scan shows. Titles and slogans that printers do repeat have something
between.`,
  examples: [
    {
      before: '全年实现外贸进出口总额同比增长四成，实现外贸进出口总额同比增长四成，其中出口增势良好。',
      after: '全年实现外贸进出口总额同比增长四成，实现外贸进出口总额同比增长四成，其中出口增势良好。',
      flagged: ['实现外贸进出口总额同比增长四成，实现外贸进出口总额同比增长四成，']
    },
    {
      before: '要坚持发展第一要务，坚持改革第一动力，坚持创新驱动发展，坚持绿色发展。',
      after: '要坚持发展第一要务，坚持改革第一动力，坚持创新驱动发展，坚持绿色发展。'
    },
    { before: '他连声说：好好好，好好好，好好好，好好好！', after: '他连声说：好好好，好好好，好好好，好好好！' }
  ],
  *find(context) {
    for (const block of context.blocks) yield* findRuns(block, context.textOf(block))
    yield* findDoubledBlocks(context)
    yield* findRepeatedMottos(context)
  }
})

const shortest = 8
/** A second copy begins at most so far behind the first. */
const farthest = 60
const widestGap = 3

function* findRuns(block: Block, text: string): Generator<FlagFinding> {
  const last = new Map<string, number>()
  for (let at = 0; at + shortest <= text.length; ) {
    const seed = text.slice(at, at + shortest)
    const first = last.get(seed)
    last.set(seed, at)
    const run = first === undefined || at - first > farthest ? undefined : runAt(text, first, at)
    if (!run) {
      at++
      continue
    }
    yield {
      kind: 'flag',
      block: block.id,
      from: run.first,
      to: run.second + run.length,
      reason: `“${text.slice(run.first, run.first + 12)}…” stands here twice within ${run.second + run.length - run.first} characters: read twice, perhaps over something else.`,
      confidence: 0.9,
      certainty: 'certain',
      evidence: { repeated: text.slice(run.first, run.first + run.length) },
      guesses: [{ text: text.slice(run.first, run.second), score: 1 }]
    }
    at = run.second + run.length
  }
}

interface Run {
  readonly first: number
  readonly second: number
  readonly length: number
}

function runAt(text: string, first: number, second: number): Run | undefined {
  const distance = second - first
  let length = shortest
  while (length < distance && second + length < text.length && text[first + length] === text[second + length]) length++
  const gap = distance - length
  if (gap > widestGap || varietyOf(text.slice(second, second + length)) < 5) return undefined
  // With something between, two titles may simply be alike; a sentence's end inside the run, or its length, tells.
  if (gap > 0 && length < 12 && !/[。；]/.test(text.slice(second, second + length - 1))) return undefined
  return { first, second, length }
}

function varietyOf(text: string): number {
  const seen = new Set<string>()
  for (let at = 0; at < text.length; at++) if (isHanAt(text, at)) seen.add(text[at]!)
  return seen.size
}

/** A block that is its neighbour once more. */
function* findDoubledBlocks({ blocks, textOf }: Context): Generator<FlagFinding> {
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1]
    const text = textOf(block)
    if (!before || text.length < shortest || text !== textOf(before) || varietyOf(text.slice(0, 200)) < 5) continue
    yield {
      kind: 'flag',
      block: block.id,
      from: 0,
      to: text.length,
      reason: 'The block before says the same: one of the two was read twice.',
      confidence: 0.8,
      certainty: 'certain',
      guesses: [{ text: '', score: 1 }]
    }
  }
}

/** A motto of several parts of which two are the same: 服务大众 … 服务大众. */
function* findRepeatedMottos({ blocks, textOf }: Context): Generator<FlagFinding> {
  for (const block of blocks) {
    const text = textOf(block)
    if (text.length > 60 || !text.includes(' ')) continue
    const parts = text.split(/ +/)
    if (parts.length < 3 || parts.some((part) => !/^[\u4e00-\u9fff]{3,8}$/.test(part)) || new Set(parts).size === parts.length) continue
    yield {
      kind: 'flag',
      block: block.id,
      from: 0,
      to: text.length,
      reason: 'Two parts of the motto are the same; one was probably another.',
      confidence: 0.6,
      certainty: 'certain'
    }
  }
}
