import type { Block } from '@broadsheet/document'
import { type Context, defineRule, type FlagFinding, type Rule } from '../rule.ts'
import { endsSentence, isHanAt } from '../text/characters.ts'
import { isProse } from '../text/prose.ts'

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
    {
      before: [
        '今年秋天，全镇各村的晚稻收割进展顺利，农机站抽调人手日夜轮班，晚稻收割进展',
        '顺利，农机站抽调人手日夜轮班，做到机不离田、人不离机。'
      ],
      after: [
        '今年秋天，全镇各村的晚稻收割进展顺利，农机站抽调人手日夜轮班，晚稻收割进展',
        '顺利，农机站抽调人手日夜轮班，做到机不离田、人不离机。'
      ],
      flagged: ['晚稻收割进展', '顺利，农机站抽调人手日夜轮班，']
    },
    {
      before: '明天最低气温8℃至12℃,提醒公8℃至12℃,提醒公众出门添衣，老人和孩子尤其要注意保暖。',
      after: '明天最低气温8℃至12℃,提醒公8℃至12℃,提醒公众出门添衣，老人和孩子尤其要注意保暖。',
      flagged: ['8℃至12℃,提醒公8℃至12℃,提醒公']
    },
    { before: '他连声说：好好好，好好好，好好好，好好好！', after: '他连声说：好好好，好好好，好好好，好好好！' }
  ],
  *find(context) {
    for (const block of context.blocks) yield* findRuns(block, context.textOf(block))
    yield* findDoubledBlocks(context)
    yield* findRunsAcross(context)
    yield* findRepeatedMottos(context)
  }
})

const shortest = 8
/** A second copy begins at most so far behind the first. */
const farthest = 60
const widestGap = 3

function* findRuns(block: Block, raw: string): Generator<FlagFinding> {
  const { text, places } = withoutBlanks(raw)
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
    const [from, to] = [places[run.first]!, places[run.second + run.length - 1]! + 1]
    yield {
      kind: 'flag',
      block: block.id,
      from,
      to,
      reason: `“${text.slice(run.first, run.first + 12)}…” stands here twice within ${run.second + run.length - run.first} characters: read twice, perhaps over something else.`,
      confidence: 0.9,
      certainty: 'certain',
      evidence: { repeated: text.slice(run.first, run.first + run.length) },
      guesses: [{ text: raw.slice(from, places[run.second]), score: 1 }]
    }
    at = run.second + run.length
  }
}

/** The text without its blanks, and where each of its characters stands: a line may end in one copy and not in the other. */
function withoutBlanks(raw: string): { text: string; places: number[] } {
  const places: number[] = []
  for (let at = 0; at < raw.length; at++) if (raw[at] !== ' ') places.push(at)
  return { text: places.length === raw.length ? raw : raw.replaceAll(' ', ''), places }
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
  if (gap > widestGap || !isVaried(text.slice(second, second + length))) return undefined
  // With something between, two titles may simply be alike; a sentence's end inside the run, or its length, tells.
  if (gap > 0 && length < 12 && !/[。；]/.test(text.slice(second, second + length - 1))) return undefined
  return { first, second, length }
}

function varietyOf(text: string): number {
  const seen = new Set<string>()
  for (let at = 0; at < text.length; at++) if (isHanAt(text, at)) seen.add(text[at]!)
  return seen.size
}

/** Not the same few characters over and over; figures and units count where some words stand between. */
function isVaried(run: string): boolean {
  const han = varietyOf(run)
  return han >= 5 || (han >= 3 && new Set(run).size >= 7)
}

/** How much of an end and of a start is looked at. */
const across = 64
/** So many characters at an end may be garble that stands where the second copy was cut. */
const mostGarble = 3
/** What a start shares with an end before the two are compared. */
const shared = 6

/**
 * A stretch read twice just where the block was cut: the second copy begins at the end of one block, or with the next piece of the paragraph, which stands
 * anywhere on the page. Each block shows its part of the second copy.
 */
function* findRunsAcross({ blocks, textOf }: Context): Generator<FlagFinding> {
  const prose = blocks.filter(isProse).map((block) => ({ block, text: textOf(block) }))
  const ends = endsByGram(prose)
  for (const start of prose) {
    const end = (ends.get(start.text.slice(0, shared)) ?? []).find(
      (other) => other.block !== start.block && runAcross(other.text, start.text)
    )
    const run = end && runAcross(end.text, start.text)
    if (!run) continue
    const reason = `“${run.text.slice(0, 12)}…” stands twice where the paragraph was cut: read twice, perhaps over something else.`
    const about = { kind: 'flag', reason, confidence: 0.85, certainty: 'certain', evidence: { repeated: run.text } } as const
    if (run.from < end.text.length) yield { ...about, block: end.block.id, from: run.from, to: end.text.length }
    yield { ...about, block: start.block.id, from: 0, to: run.to }
  }
}

interface Passage {
  readonly block: Block
  readonly text: string
}

/** Running text without a final mark, by every few characters near their end. */
function endsByGram(passages: readonly Passage[]): Map<string, Passage[]> {
  const ends = new Map<string, Passage[]>()
  for (const passage of passages) {
    if (endsSentence(passage.text) || !/[，。；,;]/.test(passage.text)) continue
    const tail = passage.text.slice(-across)
    for (let at = 0; at + shared <= tail.length; at++) {
      const gram = tail.slice(at, at + shared)
      const list = ends.get(gram)
      if (!list) ends.set(gram, [passage])
      else if (list.length < mostEnds && list.at(-1) !== passage) list.push(passage)
    }
  }
  return ends
}

/** Ends that share the same characters: more than a few share a formula. */
const mostEnds = 8

/** Where the second copy begins in the end, where it stops in the start, and what both copies say. */
function runAcross(end: string, start: string): { from: number; to: number; text: string } | undefined {
  const head = start.slice(0, across)
  for (let garble = 0; garble <= mostGarble; garble++) {
    const tail = end.slice(-across - garble, garble === 0 ? undefined : -garble)
    const first = tail.lastIndexOf(head.slice(0, shared))
    if (first < 0) continue
    const run = secondCopy(tail, first, head)
    // A phrase may end one text and begin another; what is no garble belongs to the sentence.
    const isPhrase = run !== undefined && run.begun === 0 && (garble > 0 || (run.text.length < 10 && !/[，。；,;]/.test(run.text)))
    if (run && !isPhrase) return { from: end.length - garble - run.begun, to: run.to, text: run.text }
  }
  return undefined
}

/** The tail is “…R1 R2 R1”, the head “R2…”: R1, of `begun` characters, may be nothing; both together are the run. R2 has `to` characters. */
function secondCopy(tail: string, first: number, head: string): { begun: number; to: number; text: string } | undefined {
  let same = shared
  while (first + same < tail.length && tail[first + same] === head[same]) same++
  for (let to = same; to >= shared; to--) {
    const begun = tail.slice(first + to)
    const text = begun + tail.slice(first, first + to)
    if (begun.length <= first && tail.slice(first - begun.length, first) === begun && text.length >= shortest && isVaried(text))
      return { begun: begun.length, to, text }
  }
  return undefined
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
