import type { Block } from '@broadsheet/document'
import { type Context, defineRule, type ReplaceFinding, type Rule } from '../rule.ts'
import { emsOf, isDigitAt, isHanAt, isLatinAt, isSolidAt } from '../text/characters.ts'
import { isDisplay, isProse } from '../text/prose.ts'
import { creditStart } from '../text/signature.ts'
import { crossingWord } from '../text/words.ts'

export const wrappedSpace: Rule = defineRule({
  name: 'wrapped-space',
  phase: 'character',
  writing: 'chinese',
  summary: 'A blank inside a Chinese sentence, left where the printed line ended, or between all characters by the engine.',
  why: `Chinese is set without blanks; an engine that turns the end of a printed line into a blank leaves one every so many characters. Where the
stretches between the blanks of a paragraph are of one length, all are line ends. Elsewhere a blank goes when it cuts a word of the dictionary or stands
behind a mark in running text, or where a line of the page would end; in a heading when it cuts a word, or the page has the phrase unbroken. Blanks that the writer set stay: mottos of two halves in
quotes, datelines, credits, names spaced to three places.`,
  examples: [
    {
      before:
        '今年以来，全区上下坚定不移 贯彻新发展理念，把招商引资作 为一号工程，把优化营商环境作 为头等大事，推动各项工作走在 全市前列，取得了明显成效。',
      after:
        '今年以来，全区上下坚定不移贯彻新发展理念，把招商引资作为一号工程，把优化营商环境作为头等大事，推动各项工作走在全市前列，取得了明显成效。'
    },
    {
      before: '我们要培育壮大实体经 济，加快发展步伐， 为群众办实事，让改革成果惠及更多人。',
      after: '我们要培育壮大实体经济，加快发展步伐，为群众办实事，让改革成果惠及更多人。'
    },
    { before: '昨 日 上 午 ， 全 市 春 耕 现 场 会 在 柳 林 镇 召 开 。', after: '昨日上午，全市春耕现场会在柳林镇召开。' },
    {
      before: '当地着力打造“湖光山色 渔歌唱晚”文旅品牌，文化、旅游、体育深度融合，全年接待游客一百二十万人次。',
      after: '当地着力打造“湖光山色 渔歌唱晚”文旅品牌，文化、旅游、体育深度融合，全年接待游客一百二十万人次。'
    },
    {
      before: '临湖1月20日讯 昨日，记者从有关部门获悉，环湖绿道全线贯通。',
      after: '临湖1月20日讯 昨日，记者从有关部门获悉，环湖绿道全线贯通。'
    },
    { before: '全县十万亩麦田轻微受旱。 任双玲 牛洁', after: '全县十万亩麦田轻微受旱。 任双玲 牛洁' },
    {
      before: '环湖步道上个月全线贯通，市民散步有了好去处。 陈小河 李大山 摄步道全长十二公里，沿线种了花。',
      after: '环湖步道上个月全线贯通，市民散步有了好去处。 陈小河 李大山 摄步道全长十二公里，沿线种了花。'
    },
    {
      before: '连日来雨水偏多，各村组织人手疏通沟渠，保住了秧苗。 本报记者 周小溪 文/图',
      after: '连日来雨水偏多，各村组织人手疏通沟渠，保住了秧苗。 本报记者 周小溪 文/图'
    },
    {
      before: '本报讯（记者 周小溪 陈小河）昨天上午，全市春耕现场会在柳林镇召开。',
      after: '本报讯（记者 周小溪 陈小河）昨天上午，全市春耕现场会在柳林镇召开。'
    },
    { before: [{ text: '奋进新征程 建功新时代', role: 'heading' }], after: '奋进新征程 建功新时代' },
    {
      before: '参加会议的有张 强、李 敏、欧阳修文等同志，会议由王 平主持，历时两天。',
      after: '参加会议的有张 强、李 敏、欧阳修文等同志，会议由王 平主持，历时两天。'
    }
  ],
  *find(context) {
    const wraps = measureWraps(context)
    for (const block of context.blocks) {
      const text = context.textOf(block)
      if (!text.includes(' ')) continue
      const signed = creditStart(text)
      const spaces = spacesOf(text).filter(({ from }) => from < signed)
      if (spaces.length === 0) continue
      if (isSpacedOut(text, spaces)) yield* remove(block, spaces, 'The engine set a blank behind nearly every character.', 0.99)
      else if (isProse(block)) yield* findInProse(context, block, text, spaces, wraps)
      else if (isDisplay(block) || block.role === 'credit') yield* findInDisplay(context, block, text, spaces)
    }
  }
})

/** A run of blanks between two places where none belongs. */
interface Space {
  readonly from: number
  readonly to: number
}

function spacesOf(text: string): Space[] {
  const spaces: Space[] = []
  for (let at = text.indexOf(' '); at >= 0; ) {
    let to = at + 1
    while (text[to] === ' ') to++
    if (at > 0 && to < text.length && joinsSolid(text, at - 1, to)) spaces.push({ from: at, to })
    at = text.indexOf(' ', to)
  }
  return spaces
}

/** At least one side is Chinese, the other Chinese, a figure, a letter, or a mark that may be widened later. */
function joinsSolid(text: string, before: number, after: number): boolean {
  const left = isSolidAt(text, before)
  const right = isSolidAt(text, after)
  if (left && right) return true
  if (left) return isDigitAt(text, after) || isLatinAt(text, after) || '"\'('.includes(text[after]!)
  return right && (isDigitAt(text, before) || isLatinAt(text, before) || '%,;:?!)"\''.includes(text[before]!))
}

function isSpacedOut(text: string, spaces: readonly Space[]): boolean {
  if (spaces.length < 8) return false
  let solid = 0
  for (let at = 0; at < text.length; at++) if (isSolidAt(text, at)) solid++
  return spaces.length >= solid * 0.6
}

/** How the page wraps: blocks whose stretches are of one length, and that length in ems. */
interface Wraps {
  readonly blocks: ReadonlySet<string>
  readonly width: number
  /** So many paragraphs are wrapped that a blank elsewhere is one more line end. */
  readonly isPage: boolean
}

/** From so many wrapped paragraphs on. */
const wrappedPage = 2

function measureWraps({ blocks, textOf }: Context): Wraps {
  const wrapped = new Set<string>()
  const widths: number[] = []
  const others: { block: Block; lengths: number[] }[] = []
  for (const block of blocks) {
    const text = textOf(block)
    if (!isProse(block) || !text.includes(' ') || !/[。，,；]/.test(text)) continue
    const lengths = text.split(/ +/).map(emsOf)
    const inner = lengths.slice(1, -1)
    const middle = median(inner)
    const near = inner.filter((length) => Math.abs(length - middle) <= 2)
    if (inner.length >= 2 && middle >= 7 && middle <= 45 && near.length >= inner.length * 0.7) {
      wrapped.add(block.id)
      for (const length of near) widths.push(length)
    } else others.push({ block, lengths })
  }
  const width = median(widths)
  if (width > 0)
    // The first line is indented by two, the last may be short.
    for (const { block, lengths } of others)
      if (lengths.slice(0, -1).every((length, index) => Math.abs(length - width) <= (index === 0 ? 3 : 2)) && lengths.at(-1)! <= width + 2)
        wrapped.add(block.id)
  return { blocks: wrapped, width, isPage: wrapped.size >= wrappedPage }
}

/** The stretch before a blank, or the one behind it, is as long as a line of the page; the first of a paragraph lacks its indent. */
function fitsWidth(text: string, { from, to }: Space, width: number): boolean {
  const start = text.lastIndexOf(' ', from - 1) + 1
  const end = text.indexOf(' ', to)
  const before = emsOf(text.slice(start, from))
  const isLine = (length: number, slack: number): boolean => length >= width - slack && length <= width + 2
  return isLine(before, start === 0 ? 4 : 2) || (end > 0 && isLine(emsOf(text.slice(to, end)), 2))
}

function median(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!
}

function* findInProse(context: Context, block: Block, text: string, spaces: readonly Space[], wraps: Wraps): Generator<ReplaceFinding> {
  const isWrapped = wraps.blocks.has(block.id)
  const quotes = quotedStretches(text)
  const hasClauses = spaces.length > 0 && text.length >= 25 && /[。；，,]/.test(text)
  let next = 0
  for (const space of spaces) {
    while (next < quotes.length && quotes[next]!.to < space.to) next++
    const quote = quotes[next] && quotes[next]!.from < space.from ? quotes[next] : undefined
    if (isDatelineOrCredit(text, space) || isBeforeNames(text, space) || isMotto(text, space, quote)) continue
    // In quotes a blank may be the writer's own: there the line has to end just so.
    if (isWrapped && (!quote || wraps.width === 0 || fitsWidth(text, space, wraps.width))) {
      yield* remove(
        block,
        [space],
        'The stretches between the blanks of this paragraph are of one length: it is where the printed lines ended.',
        0.99
      )
      continue
    }
    if (wraps.isPage && !quote && fitsWidth(text, space, wraps.width)) {
      yield* remove(block, [space], 'The page leaves a blank where its printed lines ended, and a line of that length ends here.', 0.97)
      continue
    }
    if (!hasClauses) continue
    const word = crossingAt(context, text, space)
    if (quote && !word) continue
    if (word) yield* remove(block, [space], `The blank cuts the word “${word}”.`, 0.97)
    else if ('，。、；：,;:'.includes(text[space.from - 1]!))
      yield* remove(block, [space], 'No blank stands behind a mark in running Chinese text.', 0.97)
    else if (
      isBetweenPhrases(text, space) &&
      !isAmongNames(text, space) &&
      !context.model.dictionary.isPerson(text[space.from - 1]! + text[space.to]!)
    )
      yield* remove(block, [space], 'A blank inside a Chinese sentence; here it may be the writer’s own.', 0.6, 'probable')
  }
}

function* findInDisplay(context: Context, block: Block, text: string, spaces: readonly Space[]): Generator<ReplaceFinding> {
  for (const space of spaces) {
    if (!isHanAt(text, space.from - 1) || !isHanAt(text, space.to) || isDatelineOrCredit(text, space)) continue
    const phrase = text.slice(Math.max(0, space.from - 3), space.from) + text.slice(space.to, space.to + 3)
    if (phrase.length === 6 && !phrase.includes(' ') && isUnbrokenElsewhere(context, block, phrase))
      yield* remove(block, [space], `The page has “${phrase}” without the blank: the heading was set in two lines.`, 0.95)
    else if (block.role !== 'credit' && spaces.length <= mostInHeading) {
      const word = crossingAt(context, text, space, surely)
      if (word) yield* remove(block, [space], `The blank cuts the word “${word}”: the heading was set in two lines.`, 0.95)
    } else if (block.role === 'credit') {
      const word = crossingAt(context, text, space)
      if (word && !/^ *(?:记者|通讯员|编辑|摄影|实习生)/.test(text.slice(space.from, space.to + 4)) && !isNameBefore(text, space))
        yield* remove(block, [space], `The blank cuts the word “${word}”.`, 0.95)
    }
  }
}

/** In a heading, where blanks are set on purpose, in bits. */
const surely = 8
/** More blanks than this set a slogan in words. */
const mostInHeading = 2

/** In a credit, a blank behind a short stretch that follows another blank separates names. */
function isNameBefore(text: string, space: Space): boolean {
  const start = text.lastIndexOf(' ', space.from - 1)
  return start >= 0 && space.from - start <= 5 && !/[\u4e00-\u9fff]{2} /.test(text.slice(Math.max(0, start - longestCredit), start))
}

/** Further back nothing is looked at. */
const longestCredit = 400

function isUnbrokenElsewhere({ blocks, textOf }: Context, block: Block, phrase: string): boolean {
  return blocks.some((other) => other !== block && textOf(other).includes(phrase))
}

function crossingAt({ model }: Context, text: string, space: Space, least = 5): string | undefined {
  const crossing = crossingWord(model.dictionary, text.slice(Math.max(0, space.from - 4), space.from), text.slice(space.to, space.to + 4))
  const { dictionary } = model
  const isWord = crossing && crossing.gain >= least && dictionary.frequency(crossing.word) >= 20 && !dictionary.isPerson(crossing.word)
  return isWord ? crossing.word : undefined
}

/** Not a name spaced to three places (张 强), not a list of single characters. */
function isBetweenPhrases(text: string, { from, to }: Space): boolean {
  return to - from === 1 && isHanAt(text, from - 1) && isHanAt(text, from - 2) && isHanAt(text, to) && isHanAt(text, to + 1)
}

function isDatelineOrCredit(text: string, { from, to }: Space): boolean {
  if (from < 24 && /[讯电]$/.test(text.slice(0, from))) return true
  return (
    /(?:记者|通讯员|编辑|摄影|文图|作者|美编|责编)$/.test(text.slice(Math.max(0, from - 3), from)) ||
    /^(?:记者|通讯员|编辑|美编|摄影|文\/|图\/)/.test(text.slice(to, to + 3))
  )
}

/** Behind a final mark, the blank before whoever wrote the text or took the picture, even where more was read behind the names. */
function isBeforeNames(text: string, { from, to }: Space): boolean {
  if (!'。！？…”）)'.includes(text[from - 1]!)) return false
  const behind = text.slice(to, to + 12)
  return credited.test(behind) || (!/[”）)]/.test(text[from - 1]!) && names.test(behind))
}

const credited =
  /^(?:[（(]?(?:本报|本刊|新华社|中新社|特约)?(?:记者|通讯员|特约|实习生|作者|摄影|供图|文图|图文|[文图摄]\s?[/／:：])|(?:新华社|中新社)[/／发记]|——|（记者)/
/** A name, or several with blanks between, and nothing said of them. */
const names = /^[\u4e00-\u9fff]{2,4}(?:\s*$|\s+(?:[摄文图]|[\u4e00-\u9fff]{2,4}(?:\s|$|[^，。、；：]))|[摄文图]\s*$)/

/**
 * Names behind what those people are (记者, or what was read for it in brackets), or behind the last sentence, with blanks between:
 * （记者 周立 王小明）.
 */
function isAmongNames(text: string, { from, to }: Space): boolean {
  const before = text.slice(Math.max(0, from - 24), from)
  return (
    /(?:记者|通讯员|实习生|作者|摄影)[\s\u4e00-\u9fff]{1,20}$|[。！？…](?:\s+[\u4e00-\u9fff]{2,4}){1,5}$/.test(before) ||
    /讯\s?[（(](?:本报)?[记通特实][\s\u4e00-\u9fff]{1,16}$/.test(before) ||
    (/[。！？…]\s*[\u4e00-\u9fff]{2,4}(?:\s+[\u4e00-\u9fff]{2,4}){0,4}$/.test(before) &&
      /^[\u4e00-\u9fff]{2,4}(?:\s|$)/.test(text.slice(to, to + 5)))
  )
}

function quotedStretches(text: string): Space[] {
  const stretches: Space[] = []
  for (const match of text.matchAll(/“([^“”]{1,60})”|"([^"]{1,60})"/g))
    stretches.push({ from: match.index + 1, to: match.index + match[0].length - 1 })
  return stretches
}

/** Two halves of equal length and nothing else inside one pair of quotes. */
function isMotto(text: string, space: Space, quote: Space | undefined): boolean {
  if (!quote || space.to >= quote.to) return false
  const left = text.slice(quote.from, space.from)
  const right = text.slice(space.to, quote.to)
  return left.length === right.length && /^[\u4e00-\u9fff]{3,9}$/.test(left) && /^[\u4e00-\u9fff]{3,9}$/.test(right)
}

function* remove(
  block: Block,
  spaces: readonly Space[],
  reason: string,
  confidence: number,
  certainty: 'certain' | 'probable' = 'certain'
): Generator<ReplaceFinding> {
  for (const { from, to } of spaces) yield { kind: 'replace', block: block.id, from, to, after: '', reason, confidence, certainty }
}
