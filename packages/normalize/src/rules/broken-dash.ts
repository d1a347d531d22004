import type { Block } from '@broadsheet/document'
import type { Dictionary } from '../language/language-model.ts'
import { type Context, defineRule, type Finding, type ReplaceFinding, type Rule } from '../rule.ts'
import { isHanAt } from '../text/characters.ts'
import { deckBehindOne } from '../text/deck-opening.ts'
import { isDisplay } from '../text/prose.ts'

export const brokenDash: Rule = defineRule({
  name: 'broken-dash',
  phase: 'character',
  writing: 'chinese',
  summary: 'A dash read as the numeral 一, or as a closing quote.',
  why: `A Chinese dash and the numeral 一 are the same stroke. 一 is read as a dash only where it can be no numeral: at the head
of a subtitle before 写在, 走进 and the like, and under a heading before 访, 记, 来自 as well, but not where 一 counts (一记远射); in a chain of three or more terms; between two place names, if what follows them is a thing that two places share (博览会, 合作,
航线) or the names end there. Else 一 may count what follows the second name (北京一韩国餐厅): a dash is proposed, and where somebody's
origin is told (山东籍) nothing is said. One closing quote too many in front of such a chain is its first dash. Names of two parts in quotes are only proposed: 三基地一枢纽
looks the same.`,
  examples: [
    {
      before: [
        { text: '山货出了山', role: 'heading' },
        { text: '一访临湖区委书记', role: 'deck' }
      ],
      after: [
        { text: '山货出了山', role: 'heading' },
        { text: '——访临湖区委书记', role: 'deck' }
      ]
    },
    { before: [{ text: '一写在秋粮入库之际', role: 'deck' }], after: [{ text: '——写在秋粮入库之际', role: 'deck' }] },
    { before: ['一记远射定胜负', '一读就懂的条例'], after: ['一记远射定胜负', '一读就懂的条例'] },
    {
      before: [{ text: '一评网络谣言', role: 'heading' }],
      after: [{ text: '一评网络谣言', role: 'heading' }],
      proposed: ['一 → ——']
    },
    { before: '打通研发设计一生产制造一销售服务的链条。', after: '打通研发设计—生产制造—销售服务的链条。' },
    { before: '完善“小微企业”成长型企业一骨干企业一龙头企业”培育路径。', after: '完善“小微企业—成长型企业—骨干企业—龙头企业”培育路径。' },
    { before: '完善“科创企业”专新特一小龙马一单项之星”路径。', after: '完善“科创企业—专新特—小龙马—单项之星”路径。' },
    { before: '中国一东盟博览会今天开幕。', after: '中国—东盟博览会今天开幕。' },
    { before: '上海一杭州的列车正点到达。', after: '上海—杭州的列车正点到达。' },
    {
      before: '北京一韩国餐厅昨夜失火，云南一大理石厂停工，湖北一江西籍游客获救。',
      after: '北京一韩国餐厅昨夜失火，云南一大理石厂停工，湖北一江西籍游客获救。',
      proposed: ['一 → —']
    },
    {
      before: '推广“一村一品”，形成一镇一业、一村一年一场戏，实现多规合一。',
      after: '推广“一村一品”，形成一镇一业、一村一年一场戏，实现多规合一。'
    },
    { before: '打通最后一公里，建设三基地一枢纽，筑牢一排底线。', after: '打通最后一公里，建设三基地一枢纽，筑牢一排底线。' },
    { before: '这是北京一百年来最热的一天，也是全国一盘棋的体现。', after: '这是北京一百年来最热的一天，也是全国一盘棋的体现。' },
    { before: '运送木料的货车一辆接着一辆驶过。', after: '运送木料的货车一辆接着一辆驶过。' },
    { before: '打造“临助你一湖好办”品牌。', after: '打造“临助你一湖好办”品牌。', proposed: ['一 → —'] }
  ],
  *find(context) {
    let above: Block | undefined
    for (const block of context.blocks) {
      yield* findInBlock(context, block, above, context.textOf(block))
      above = block
    }
  }
})

function* findInBlock(context: Context, block: Block, above: Block | undefined, text: string): Generator<Finding> {
  if (!text.includes('一')) return
  const sure = subtitle(block, above, text)
  if (sure) {
    const confidence = sure === 'probable' ? 0.6 : block.role === 'deck' ? 0.97 : 0.9
    yield dash(block, 0, '——', `A subtitle opens with a dash: “——${text[1]}…”.`, confidence, sure)
  }
  const { dictionary } = context.model
  const places = onesBetweenTerms(text)
  const chains = [...chainsOf(dictionary, text), ...chainsBehindQuote(text)].filter((chain) => !isRepeated(text, chain))
  for (const at of new Set(chains.flat())) yield dash(block, at, '—', 'A chain of terms, three or more, is joined by dashes.', 0.97)
  const first = chains[0]?.[0]
  if (first !== undefined) yield* surplusQuote(block, text, first)
  const done = new Set(chains.flat())
  for (const at of places) {
    if (done.has(at)) continue
    const pair = placesAround(dictionary, text, at)
    if (pair) {
      const isShared = shared.test(text.slice(at + 1 + pair[1].length))
      const reason = `“${pair[0]}” and “${pair[1]}” are places; between them ${isShared ? 'stands' : 'may stand'} a dash.`
      yield dash(block, at, '—', reason, isShared ? 0.96 : 0.6, isShared ? 'certain' : 'probable')
    } else if (isTwoPartName(text, at))
      yield dash(block, at, '—', 'A name of two equal parts in quotes may be joined by a dash.', 0.5, 'probable')
  }
}

function dash(
  block: Block,
  at: number,
  after: string,
  reason: string,
  confidence: number,
  certainty: 'certain' | 'probable' = 'certain'
): ReplaceFinding {
  return { kind: 'replace', block: block.id, from: at, to: at + 1, after, reason, confidence, certainty }
}

/** How sure the block is a deck of which the dash was read as 一: by its words, or by the heading above it. */
function subtitle(block: Block, above: Block | undefined, text: string): 'certain' | 'probable' | undefined {
  const sure = text.startsWith('一') ? deckBehindOne(text.slice(1)) : undefined
  if (sure && (above?.role === 'heading' || above?.role === 'kicker')) return 'certain'
  return sure && isDisplay(block) ? sure : sure && 'probable'
}

/** 一 that is part of a count, an idiom or a comparison on its left or right is no dash. */
const notBehind = /[第同统唯逐万进之专不每任另有这那某五十百千零〇合如单说划归均整初几前后越大小多]$/
const notBefore =
  /^(?:[个是条批次些家名种项步天年月日位件样起定般直切度旦方村镇乡场部份张双对句段把群座片代致边线流律同并共路举跃带排级首届期轮座站式处点面心意区县市户幢栋盘百千万亿角棵朵声时瞬向道刻贯概再经味番生世手只支杯口头身本篇笔股幅盏枚颗粒滴束串册页课节门所届亩层圈环周季季度分秒小大公窗枢网城图端核轴体]|体化|系列|揽子)/

/** Where 一 stands between two stretches of at least two Chinese characters and can be no numeral by its neighbours. */
function onesBetweenTerms(text: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf('一'); at >= 0; at = text.indexOf('一', at + 1)) {
    if (!isTerm(text, at - 2, at) || !isTerm(text, at + 1, at + 3)) continue
    if (notBehind.test(text.slice(Math.max(0, at - 2), at)) || notBefore.test(text.slice(at + 1, at + 4))) continue
    places.push(at)
  }
  return places
}

function isTerm(text: string, from: number, to: number): boolean {
  if (from < 0 || to > text.length) return false
  for (let at = from; at < to; at++) if (!isHanAt(text, at) || text[at] === '一') return false
  return true
}

/** Runs of 一 with terms of three to eight characters between, all terms at least three characters long. */
function chainsOf(dictionary: Dictionary, text: string): number[][] {
  const chains: number[][] = []
  let chain: number[] = []
  const close = (): void => {
    if (chain.length >= 2) chains.push(chain)
    chain = []
  }
  for (let at = text.indexOf('一'); at >= 0; at = text.indexOf('一', at + 1)) {
    const last = chain.at(-1)
    if (!isTerm(text, at - 3, at) || !isTerm(text, at + 1, at + 4) || !standsAlone(dictionary, text, at)) continue
    if (last !== undefined && !(at - last <= 9 && isTerm(text, last + 1, at))) close()
    chain.push(at)
  }
  close()
  return chains
}

/** 一列接着一列, 一步一步: the same behind each, as counts are repeated. */
function isRepeated(text: string, chain: readonly number[]): boolean {
  return chain.some((at, index) => index > 0 && text[at + 1] === text[chain[index - 1]! + 1])
}

const counted = /^(?:公里|平方|立方|系列|揽子|季度|方面|体化|部分|辈子|会儿|下子|阵子|口气|把手|线城|流大)/

/** Neither counts nor makes a word with its neighbours: what follows is a word of its own, and no measure. */
function standsAlone(dictionary: Dictionary, text: string, at: number): boolean {
  if (notBehind.test(text.slice(Math.max(0, at - 2), at))) return false
  const after = text.slice(at + 1, at + 5)
  const cut = dictionary.segment('一').bits + dictionary.segment(after).bits
  if (cut > dictionary.segment(`一${after}`).bits + 4) return false
  const isWord = dictionary.segment(after).ends[0]! >= 2
  return isWord ? !counted.test(after) : !notBefore.test(after)
}

/**
 * A chain between two closing quotes, of which one is too many: “甲乙丙”丁戊己一庚辛壬”. The first is its first dash, so each 一 is another,
 * whatever word it might begin.
 */
function chainsBehindQuote(text: string): number[][] {
  if (surplusOf(text) !== 1) return []
  return [...text.matchAll(/(?<=[\u4e00-\u9fff])”(?=([\u4e00-\u9fff]{3,8}(?:一[\u4e00-\u9fff]{3,8}){1,5})”)/g)].flatMap((match) => {
    const from = match.index + 1
    const places: number[] = []
    for (let at = 3; at < match[1]!.length - 3; at++) if (match[1]![at] === '一' && at - (places.at(-1) ?? -1) > 3) places.push(at)
    return places.length === 0 ? [] : [places.map((at) => from + at)]
  })
}

function surplusOf(text: string): number {
  let surplus = 0
  for (const char of text) surplus += char === '”' ? 1 : char === '“' ? -1 : 0
  return surplus
}

function* surplusQuote(block: Block, text: string, chainStart: number): Generator<ReplaceFinding> {
  if (surplusOf(text) !== 1) return
  for (let at = chainStart - 1; at >= Math.max(1, chainStart - 10); at--)
    if (text[at] === '”' && isHanAt(text, at - 1) && isHanAt(text, at + 1)) {
      yield dash(block, at, '—', 'One closing quote too many, where the chain of terms needs its first dash.', 0.9)
      return
    }
}

/** What two places share, or where their names end. */
const shared =
  /^(?:$|[，。、；：！？”’）》」』〉—,.;:)"～ ]|一[\u4e00-\u9fff]{2}|的(?![\u4e00-\u9fff]{0,3}[男女])|之?间|两[地国市省]|之路|[东南西北]?[线段路]|双边|自[由贸]|(?:国家)?博览会|合作(?!项目|社|区|医|银|企|商|办|单)|关系|峰会|论坛|对话|贸易|经[济贸]|友好(?!医)|友谊(?!医|商|宾)|航[线班]|高[铁速]|铁路|公路|城际|客[运专]|列车|班列|货[运轮]|管道|走廊|海[底峡]|陆[海上]|协[定议]|战略(?!投)|伙伴|首脑|外长|领导人|命运|天然气|原油|油气|跨境|电缆|光缆|直飞|往返|联[盟合])/

/** The dictionary's place names that end before and begin behind `at`, when both are whole words there. */
function placesAround(dictionary: Dictionary, text: string, at: number): [string, string] | undefined {
  const before = longest(
    4,
    (size) => text.slice(at - size, at),
    (word) => dictionary.isPlace(word) && isHanAt(text, at - word.length)
  )
  const after = longest(
    4,
    (size) => text.slice(at + 1, at + 1 + size),
    (word) =>
      dictionary.isPlace(word) &&
      !isPartOfWord(dictionary, text.slice(at + 1, at + 4), word) &&
      !origin.test(text.slice(at + 1 + word.length))
  )
  return before && after ? [before, after] : undefined
}

/** 山东籍, 日本裔, 河南男子: one person from there. */
const origin = /^(?:[籍裔产人]|男|女|老[人汉太]|青年|游客|商人|学生|小伙|姑娘|居民|网友|公民|民众|村|店)/

/** 大理 in 大理石. */
function isPartOfWord(dictionary: Dictionary, text: string, place: string): boolean {
  return text.length > place.length && dictionary.frequency(text) > 0 && !dictionary.isPlace(text)
}

function longest(most: number, slice: (size: number) => string, fits: (word: string) => boolean): string | undefined {
  for (let size = most; size >= 2; size--) {
    const word = slice(size)
    if (word.length === size && fits(word)) return word
  }
  return undefined
}

function isTwoPartName(text: string, at: number): boolean {
  const near = Math.max(0, at - 7)
  const clause = text.slice(near, at)
  const open = near + Math.max(clause.lastIndexOf('“'), clause.lastIndexOf('"'))
  const close = text.slice(at, at + 8).search(/[”"]/)
  if (open < near || close < 0) return false
  const left = text.slice(open + 1, at)
  const right = text.slice(at + 1, at + close)
  return /^[\u4e00-\u9fff]{3,5}$/.test(left) && /^[\u4e00-\u9fff]{3,5}$/.test(right) && Math.abs(left.length - right.length) <= 1
}
