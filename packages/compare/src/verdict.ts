import {
  type Line,
  lineSpans,
  type Page,
  type Reading,
  type Region,
  type Replace,
  rawText,
  type TextRegion,
  textRegions
} from '@broadsheet/document'
import { alignBlocks, mapOffsets } from './block-align.ts'
import { isKnownWord } from './common-words.ts'
import { type Elsewhere, elsewhereIn } from './elsewhere.ts'
import { errorRate } from './error-rate.ts'
import { type Models, modelFor } from './model-choice.ts'
import { readerDoubts } from './reader-doubts.ts'
import { suspicions } from './suspicion.ts'
import { countLexicon, type DifferenceKind, type Disagreement, type LineVoice, voteLine } from './vote.ts'

export interface VerdictOptions extends Models {
  /** Up to this score, in bits, a choice is close: the reading of the new page stays and the old one is proposed. Default 2. */
  readonly closeBelow?: number
}

/** Which of two readings of a page to keep, line by line. */
export interface Verdict {
  /**
   * The new page, its text untouched; what the old text has for a line stands in `Line.readings`. Old text that the new
   * reading has nowhere follows as regions of its own (`old-…`), plausible text as text, the rest as noise: nothing is lost.
   */
  readonly page: Page
  /**
   * Where the old reading is the better one, as changes of `page` by the rule `reading-verdict`: applied, or proposed where it is
   * close. `replay(page, changes)` is the verdict.
   */
  readonly changes: readonly Replace[]
  /** In the order of the page's lines. */
  readonly lines: readonly LineVerdict[]
  readonly summary: VerdictSummary
}

export interface LineVerdict {
  readonly region: string
  readonly line: string
  readonly old: string
  readonly new: string
  readonly chosen: string
  /** `only-new`: the old text has nothing here; `only-old`: the new reading has not found it. */
  readonly kept: 'same' | 'old' | 'new' | 'mixed' | 'only-new' | 'only-old'
  readonly disagreements: readonly Disagreement[]
}

export interface VerdictSummary {
  /** Whose page it is: the new one, or the old one where that is far better. */
  readonly base: 'new' | 'old'
  readonly lines: Readonly<Record<LineVerdict['kept'], number>>
  /** Bits in favour of the new reading wherever nothing else is known; from how the page's differences fall. */
  readonly prior: number
  readonly close: number
}

/** How far the page's own experience may tip a difference, in bits. */
const largestPrior = 12
/**
 * The clear cases understate a difference: the unclear ones follow them more than in proportion, most of all where no language
 * model knows the script and few cases are clear.
 */
const priorGain = 1.5
const priorGainBlind = 5

/**
 * Decides between an old text of a page and a new reading of it. The two are brought together whatever their order and
 * paragraphing; where a line differs each difference is decided by recorded evidence, and the better of the two readings on
 * this page gets the benefit of the doubt. Where the old text is far better and the new lines cannot hold it, the old page
 * is the page, and the new reading stands beside it.
 */
export function decideReadings(oldPage: Page, newPage: Page, options: VerdictOptions = {}): Verdict {
  const model = modelFor(textRegions(newPage).map(rawText), options)
  return decidePage(oldPage, newPage, {
    ...(model ? { model } : {}),
    ...(options.closeBelow === undefined ? {} : { closeBelow: options.closeBelow })
  })
}

function decidePage(oldPage: Page, newPage: Page, options: VerdictOptions): Verdict {
  const verdict = decideOn({ base: newPage, other: oldPage, baseName: 'new', otherName: 'old' }, options)
  if (verdict.summary.prior > -farBetter || homelessShare(verdict, oldPage) < homelessFrom) return signed(verdict, oldPage, options)
  const { page, ...rest } = decideOn({ base: oldPage, other: newPage, baseName: 'old', otherName: 'new' }, options)
  const { image, language } = newPage
  const whole = { ...page, id: newPage.id, ...(image ? { image } : {}), ...(language ? { language } : {}), processing: newPage.processing }
  return signed(turned({ ...rest, page: whole }), oldPage, options)
}

/** The old page becomes the page from this prior on, in bits, when so much of it has no line of the new page to stand in. */
const farBetter = 8
const homelessFrom = 0.01

function homelessShare({ lines }: Verdict, oldPage: Page): number {
  const lost = lines.filter((line) => line.kept === 'only-old').reduce((sum, line) => sum + line.old.length, 0)
  return (
    lost /
    Math.max(
      1,
      textRegions(oldPage).reduce((sum, region) => sum + rawText(region).length, 0)
    )
  )
}

const opposite: Readonly<Record<LineVerdict['kept'], LineVerdict['kept']>> = {
  same: 'same',
  old: 'new',
  new: 'old',
  mixed: 'mixed',
  'only-new': 'only-old',
  'only-old': 'only-new'
}

/** A verdict on the old page, said in terms of old and new again. */
function turned(verdict: Verdict): Verdict {
  const lines = verdict.lines.map((line) => ({ ...line, old: line.new, new: line.old, kept: opposite[line.kept] }))
  return { ...verdict, lines, summary: { ...summarize(lines, -verdict.summary.prior), base: 'old' } }
}

/** Whose lines the page has, and who is asked besides. */
interface Sides {
  readonly base: Page
  readonly other: Page
  readonly baseName: 'old' | 'new'
  readonly otherName: 'old' | 'new'
}

/** Inside, `old` is the other side and `new` the base. */
function decideOn(sides: Sides, options: VerdictOptions): Verdict {
  const { base: newPage, other: oldPage } = sides
  const pairs = pairLines(oldPage, newPage)
  const lexicon = countLexicon([oldPage, newPage].flatMap((page) => textRegions(page).map(rawText)))
  const elsewhere = elsewhereIn(...([newPage, oldPage].map((page) => textRegions(page).map(rawText).join('\n')) as [string, string]))
  const first = pairs.lines.map((pair) => decideLine(pair, () => 0, lexicon, elsewhere, options))
  const blind = options.model === undefined || !isMostlyHan(newPage)
  const { prior, ofKind: usual } = priorsOf(
    first.flatMap((line) => line.disagreements),
    blind
  )
  const otherErrors = expectedErrors(first, usual)
  const ofKind = blind || otherErrors < goodText ? usual : withInventions(usual, prior)
  const lines = pairs.lines.map((pair) => decideLine(pair, ofKind, lexicon, elsewhere, options))
  const { left, extra } = homeless(pairs, newPage, elsewhere)
  const regions = rebuild(newPage, pairs.lines, lines, extra, sides)
  const rest = leftovers(left, prior, otherErrors, sides, options)
  const page: Page = {
    ...newPage,
    regions: insertRest(regions, rest),
    processing: newPage.processing
  }
  const all = [...lines, ...rest.map(({ region }) => onlyOld(region))]
  const strays = prior <= -clearlyBetter ? withoutStrays(page, lines, rest, sides) : []
  return { page, changes: [...changesOf(page, lines, sides), ...strays], lines: all, summary: summarize(all, prior) }
}

interface Pair {
  readonly region: TextRegion
  readonly line: Line
  readonly old: string
  readonly new: LineVoice
  readonly oldConfidence?: ArrayLike<number>
  readonly before: string
  readonly after: string
}

interface Left {
  readonly text: string
  /** The new region whose old counterpart stands before it; undefined at the top. */
  readonly after: string | undefined
  readonly region: string
  /** A whole region of the old page, not a part of one. */
  readonly whole: boolean
}

/** The old text of every new line, and the old text that no line has. */
function pairLines(oldPage: Page, newPage: Page): { lines: Pair[]; left: Left[] } {
  const oldRegions = textRegions(oldPage)
  const oldText = oldRegions.map(rawText).join('\n')
  const lines = placeLines(newPage)
  const newText = textRegions(newPage).map(rawText).join('\n')
  const map = mapOffsets(newText, oldText, alignBlocks(newText, oldText))
  const claimed = closeGaps(fillHoles(lines, claimSpans(lines, map, oldText), oldText), oldText)
  const alike = claimed.map((span, index) => (isLike(lines[index]!.line.text, oldText.slice(span[0], span[1])) ? span : ([0, 0] as const)))
  const spans = matchStrays(lines, alike, oldText)
  const used = new Uint8Array(oldText.length)
  for (const [from, to] of spans) used.fill(1, from, to)
  const doubts = readerDoubts(newPage)
  const oldDoubts = joinDoubts(oldPage)
  const homes = spans.flatMap(([from, to], index) => (to > from ? [{ at: from, region: lines[index]!.region.id }] : []))
  return {
    lines: lines.map(({ region, line, from, to, start }, index) => {
      const [oldFrom, oldTo] = spans[index]!
      const old = oldText.slice(oldFrom, oldTo)
      const sure = doubts.get(region.id)?.confidence
      return {
        region,
        line,
        old: old.replace(/\n/g, ''),
        new: { text: line.text, ...(sure ? { confidence: sure.subarray(from, to) } : {}) },
        ...(oldDoubts && !old.includes('\n') ? { oldConfidence: oldDoubts.subarray(oldFrom, oldTo) } : {}),
        before: newText.slice(Math.max(0, start + from - 12), start + from).replace(/\n/g, ''),
        after: newText.slice(start + to, start + to + 12).replace(/\n/g, '')
      }
    }),
    left: unused(oldRegions, used, homes)
  }
}

interface PlacedLine {
  readonly region: TextRegion
  readonly line: Line
  /** In the region's raw text. */
  readonly from: number
  readonly to: number
  /** Where the region begins in the text of all regions. */
  readonly start: number
}

function placeLines(page: Page): PlacedLine[] {
  let start = 0
  return textRegions(page).flatMap((region) => {
    const here = start
    start += rawText(region).length + 1
    return lineSpans(region).map(({ line, from, to }) => ({ region, line, from, to, start: here }))
  })
}

type Span = readonly [from: number, to: number]

/** The old text of each line; empty where it has none, or where an earlier line has taken it. */
function claimSpans(lines: readonly PlacedLine[], map: Int32Array, oldText: string): Span[] {
  const used = new Uint8Array(oldText.length)
  return lines.map(({ from, to, start }) => {
    const [oldFrom, oldTo] = freePart(oldSpan(map, start + from, start + to, oldText), used)
    used.fill(1, oldFrom, oldTo)
    return [oldFrom, oldTo]
  })
}

/** What of a span no line has taken yet: without the taken characters at its edges; nothing where some lie inside. */
function freePart([first, last]: Span, used: Uint8Array): Span {
  let [from, to] = [first, last]
  while (from < to && used[from]) from++
  while (to > from && used[to - 1]) to--
  return from < 0 || from >= to || used.subarray(from, to).includes(1) ? [0, 0] : [from, to]
}

/**
 * Lines without old text that stand between two lines whose old text has room between: what is there is theirs, when it is
 * about as long and not quite unlike.
 */
function fillHoles(lines: readonly PlacedLine[], spans: readonly Span[], oldText: string): Span[] {
  const filled = [...spans]
  const taken = spans.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0])
  for (const [index, { line }] of lines.entries()) {
    if (isFilled(filled[index]!) || line.text === '') continue
    const room = roomFor(filled, index, taken, oldText)
    if (!room || !isLike(line.text, oldText.slice(room[0], room[1]))) continue
    filled[index] = room
    taken.push(room)
    taken.sort((a, b) => a[0] - b[0])
  }
  return filled
}

const isFilled = ([from, to]: Span): boolean => to > from

/** The free stretch behind the old text of the line before, or before that of the line after; cut at line ends. */
function roomFor(spans: readonly Span[], index: number, taken: readonly Span[], oldText: string): Span | undefined {
  const [before, after] = [spans[index - 1], spans[index + 1]]
  const from =
    before && isFilled(before) ? before[1] : after && isFilled(after) ? (taken.findLast((span) => span[1] <= after[0])?.[1] ?? 0) : -1
  if (from < 0) return undefined
  const to = taken.find((span) => span[0] >= from)?.[0] ?? oldText.length
  const inner = oldText.slice(from, to)
  const [lead, tail] = [inner.length - inner.trimStart().length, inner.length - inner.trimEnd().length]
  return to - tail > from + lead ? [from + lead, to - tail] : undefined
}

/** Beyond so many lines and left-over passages the search would be for needles. */
const strayLimit = 300

/** Lines and left-over passages that are short and badly read find each other by likeness alone, the most alike first. */
function matchStrays(lines: readonly PlacedLine[], spans: readonly Span[], oldText: string): Span[] {
  const matched = [...spans]
  const used = new Uint8Array(oldText.length)
  for (const [from, to] of spans) used.fill(1, from, to)
  for (let at = oldText.indexOf('\n'); at >= 0; at = oldText.indexOf('\n', at + 1)) used[at] = 1
  const free = freeRuns(used, 0, oldText.length).filter(([from, to]) => to - from > 1)
  const open = lines.flatMap(({ line }, index) => (isFilled(spans[index]!) || line.text.length < 2 ? [] : [index]))
  if (free.length > strayLimit || open.length > strayLimit) return matched
  const pairs = open.flatMap((index) =>
    free.flatMap(([from, to]) => {
      const { text } = lines[index]!.line
      const length = Math.max(text.length, to - from)
      if (length > 2 * Math.min(text.length, to - from)) return []
      const rate = errorRate(text, oldText.slice(from, to)).errors / length
      return rate <= 0.5 ? [{ index, span: [from, to] as const, rate }] : []
    })
  )
  for (const { index, span } of pairs.sort((a, b) => a.rate - b.rate || a.index - b.index)) {
    if (isFilled(matched[index]!) || matched.some((one) => isFilled(one) && one[0] < span[1] && one[1] > span[0])) continue
    matched[index] = span
  }
  return matched
}

/** At least a third of the longer text is shared. */
function isLike(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length)
  if (longer <= 2) return a !== '' && b !== ''
  return longer <= 3 * Math.min(a.length, b.length) && errorRate(a, b).errors <= (longer * 2) / 3
}

/** Up to this much text between two lines was lost by the new reading at the end of the first, or the start of the second. */
const smallGap = 5

function closeGaps(spans: readonly Span[], oldText: string): Span[] {
  const closed = spans.map(([from, to]) => ({ from, to }))
  const taken = closed.filter((span) => span.to > span.from).sort((a, b) => a.from - b.from)
  for (let index = -1; index < taken.length; index++) {
    const [before, after] = [taken[index], taken[index + 1]]
    const [from, to] = [before?.to ?? 0, after?.from ?? oldText.length]
    if (to <= from || to - from > smallGap * 2) continue
    const cut = oldText.slice(from, to).indexOf('\n')
    const middle = cut < 0 ? (before ? to : from) : from + cut
    if (before && middle - from <= smallGap) before.to = middle
    if (after && to - middle <= smallGap && (cut >= 0 || !before)) after.from = Math.min(to, middle + (cut < 0 ? 0 : 1))
  }
  return closed.map(({ from, to }) => [from, to])
}

function joinDoubts(page: Page): Float64Array | undefined {
  const doubts = readerDoubts(page)
  if (![...doubts.values()].some((one) => one.confidence)) return undefined
  const parts = textRegions(page).flatMap((region) => [
    ...(doubts.get(region.id)?.confidence ?? new Float64Array(rawText(region).length).fill(1)),
    1
  ])
  return Float64Array.from(parts)
}

/** The stretch of old text that a stretch of new text answers to; [-1, -1] when there is none. */
function oldSpan(map: Int32Array, from: number, to: number, oldText: string): [number, number] {
  let [first, last] = [-1, -1]
  for (let at = from; at < to; at++) {
    if (map[at]! < 0) continue
    // A line belongs to one segment: a jump backwards or far ahead begins another.
    if (last >= 0 && (map[at]! < last || map[at]! > last + 40)) break
    if (first < 0) first = map[at]!
    last = map[at]!
  }
  if (first < 0) return [-1, -1]
  const next = map[to] ?? -1
  const end = next > last && next <= last + 12 ? next : last + 1
  return [first, Math.min(oldText.length, Math.max(end, last + 1))]
}

function unused(regions: readonly TextRegion[], used: Uint8Array, homes: readonly { at: number; region: string }[]): Left[] {
  const sorted = [...homes].sort((x, y) => x.at - y.at)
  const left: Left[] = []
  let start = 0
  for (const region of regions) {
    const text = rawText(region)
    for (const [from, to] of freeRuns(used, start, start + text.length)) {
      const piece = text.slice(from - start, to - start)
      if (piece.trim() === '') continue
      left.push({
        text: piece.trim(),
        after: sorted.findLast((home) => home.at < from)?.region,
        region: region.id,
        whole: piece.trim() === text.trim()
      })
    }
    start += text.length + 1
  }
  return left
}

function freeRuns(used: Uint8Array, from: number, to: number): [number, number][] {
  const runs: [number, number][] = []
  for (let at = from; at < to; at++) {
    if (used[at]) continue
    const last = runs.at(-1)
    if (last && last[1] === at) last[1] = at + 1
    else runs.push([at, at + 1])
  }
  return runs
}

function decideLine(
  pair: Pair,
  prior: (kind: DifferenceKind) => number,
  lexicon: ReadonlyMap<string, number>,
  elsewhere: Elsewhere,
  options: VerdictOptions
): LineVerdict {
  const base = { region: pair.region.id, line: pair.line.id, old: pair.old, new: pair.new.text }
  if (pair.old === pair.new.text) return { ...base, chosen: pair.old, kept: 'same', disagreements: [] }
  if (pair.old.trim() === '') return { ...base, chosen: pair.new.text, kept: 'only-new', disagreements: [] }
  const { text, disagreements } = voteLine(
    { text: pair.old, ...(pair.oldConfidence ? { confidence: pair.oldConfidence } : {}) },
    pair.new,
    {
      ...(options.model ? { model: options.model } : {}),
      ...(options.closeBelow === undefined ? {} : { closeBelow: options.closeBelow }),
      before: pair.before,
      after: pair.after,
      prior,
      lexicon,
      elsewhere,
      witnesses: (pair.line.readings ?? []).map((reading) => reading.text)
    }
  )
  const kept = text === pair.old ? 'old' : text === pair.new.text ? 'new' : 'mixed'
  return { ...base, chosen: text, kept, disagreements }
}

function isMostlyHan(page: Page): boolean {
  const text = textRegions(page).map(rawText).join('')
  return (text.match(/\p{Script=Han}/gu) ?? []).length * 3 >= (text.match(/\p{L}/gu) ?? []).length
}

/** Differences that tell nothing of how well a page was read. */
const idle: ReadonlySet<DifferenceKind> = new Set(['blank', 'division'])

interface Priors {
  /** Of the page: over all that was read otherwise, marks and lost characters left out. */
  readonly prior: number
  readonly ofKind: (kind: DifferenceKind) => number
}

/** So many differences of the page at large stand beside those of one kind. */
const pageWeight = 4

/**
 * How much better the new reading is on this page, in bits: the share of differences it is right in, estimated together with
 * the single decisions (expectation maximisation), from scores without any prior. One reading may have the better characters and
 * the other the better marks, or lose fewer of them: each kind of difference has a prior of its own, drawn towards the page's; where
 * no language model knows the script (`blind`) too few cases are clear for that.
 */
function priorsOf(all: readonly Disagreement[], blind: boolean): Priors {
  // Engines set or lose blanks by habit, cut lines and mark divided words by theirs: that says nothing of how well they read.
  const counted = all.filter((one) => !idle.has(one.kind) && one.evidence.neighbour === undefined && one.evidence.elsewhere === undefined)
  // One engine says how sure it is, the other does not: where nothing else is known that must not decide for a whole page.
  const telling = blind ? counted.map((one) => ({ ...one, score: one.score - (one.evidence.confidence ?? 0) })) : counted
  const characters = telling.filter((one) => one.kind === 'character')
  const gain = blind ? priorGainBlind : priorGain
  const page = shareForNew(!blind && characters.length >= pageWeight ? characters : telling, 0.5, 1, gain)
  const prior = priorBits(page, gain)
  if (blind) return { prior, ofKind: (kind) => (kind === 'division' ? 0 : prior) }
  const kinds = [...new Set(telling.map((one) => one.kind))]
  const byKind = new Map(
    kinds.map((kind) => {
      const own = telling.filter((one) => one.kind === kind)
      return [kind, priorBits(kind === 'character' ? page : shareForNew(own, page, pageWeight, gain), gain)]
    })
  )
  return {
    prior,
    ofKind: (kind) => (kind === 'division' ? 0 : kind === 'only-rare' ? Math.min(prior, priorOfRare) : (byKind.get(kind) ?? prior))
  }
}

/** Engines leave out what they were never taught, however well they read the rest of the page. */
const priorOfRare = -4

/**
 * The share of wrong letters in the other reading, by what is believed of each difference. Where few differ a reading is good
 * even if it is wrong in most of them.
 */
function expectedErrors(lines: readonly LineVerdict[], prior: Priors['ofKind']): number {
  const shared = lines.filter((line) => line.kept !== 'only-new')
  const wrong = shared
    .flatMap((line) => line.disagreements)
    .filter((one) => !idle.has(one.kind) && one.kind !== 'mark' && one.kind !== 'lost-mark' && one.evidence.neighbour === undefined)
    .reduce((sum, one) => sum + Math.max(one.first.length, one.second.length) / (1 + 2 ** -(one.score + prior(one.kind))), 0)
  return wrong / Math.max(1, sumOf(shared.map((line) => line.new.length)))
}

/** Up to this share of wrong letters a text is as good as old texts get. */
const goodText = 0.02

/** Who misreads much makes up characters, too (dirt, neighbouring columns), and a language model cannot tell: only the page can. */
function withInventions(prior: Priors['ofKind'], page: number): Priors['ofKind'] {
  return (kind) => (kind === 'only-first' ? Math.max(prior(kind), page) : prior(kind))
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** The share of differences in which the new reading is right; `weight` differences of which it is right in `start` are added. */
function shareForNew(disagreements: readonly Disagreement[], start: number, weight: number, gain: number): number {
  let share = start
  for (let round = 0; round < 20; round++) {
    const prior = priorBits(share, gain)
    const forNew = disagreements.reduce((sum, one) => sum + 1 / (1 + 2 ** -(one.score + prior)), start * weight)
    share = Math.min(0.9999, Math.max(0.0001, forNew / (disagreements.length + weight)))
  }
  return share
}

function priorBits(share: number, gain: number): number {
  const bits = gain * Math.log2(share / (1 - share))
  return Math.round(1000 * Math.max(-largestPrior, Math.min(largestPrior, bits))) / 1000
}

function rebuild(
  page: Page,
  pairs: readonly Pair[],
  lines: readonly LineVerdict[],
  extra: ReadonlyMap<Line, readonly string[]>,
  sides: Sides
): Region[] {
  const chosen = new Map(pairs.map((pair, index) => [pair.line, lines[index]!]))
  return page.regions.map((region) =>
    region.type === 'text'
      ? { ...region, lines: region.lines.map((line) => withReadings(line, chosen.get(line)!, extra.get(line) ?? [], sides)) }
      : region
  )
}

function withReadings(line: Line, verdict: LineVerdict, extra: readonly string[], { otherName }: Sides): Line {
  const isSame = verdict.kept === 'same' && extra.length === 0
  const old = isSame || verdict.kept === 'only-new' ? [] : [verdict.old]
  const readings: Reading[] = [...old, ...extra].map((text) => ({ engine: otherName, text, confidence: 0 }))
  return readings.length > 0 ? { ...line, readings: [...readings, ...(line.readings ?? [])] } : line
}

/** From this share on, left-over old text is another reading of what stands there, not text of its own. */
const sharedFrom = 0.6

/** Left-over old text that some line says too (it was read twice, or the lines were cut elsewhere) goes to that line's readings. */
function homeless(
  pairs: { lines: readonly Pair[]; left: readonly Left[] },
  page: Page,
  elsewhere: Elsewhere
): { left: Left[]; extra: Map<Line, string[]> } {
  const newText = textRegions(page).map(rawText).join('\n')
  const flat = newText.replace(/\s/g, '')
  const placed = placeLines(page)
  const extra = new Map<Line, string[]>()
  const left = pairs.left.filter((one) => {
    const segments = alignBlocks(one.text, newText)
    const shared = segments.reduce((sum, segment) => sum + segment.aTo - segment.aFrom, 0)
    const at = segments[0]?.bFrom ?? 0
    const home = placed.find(({ start, to }) => at < start + to)?.line
    const isScrap = one.text.length < scrapLength && flat.includes(one.text.replace(/\s/g, ''))
    if ((shared < one.text.length * sharedFrom && !isScrap && !elsewhere(one.text)) || !home) return true
    extra.set(home, [...(extra.get(home) ?? []), one.text])
    return false
  })
  return { left, extra }
}

interface Rest {
  readonly region: TextRegion
  readonly after: string | undefined
}

/** From this prior on, in bits, one reading is so much better than the other that what only the other has is hardly text. */
const clearlyBetter = 4
/** Share of probably misread characters from which left-over text is taken for noise. */
const noiseFrom = 0.12
/** A shorter scrap of a paragraph has lost its place, no more. */
const scrapLength = 10
/** A paragraph of its own that only the worse reading has is believed from this length on. */
const longEnough = 20
/** What a far worse reading alone has seen is believed only when it is long. */
const farWorseScrapLength = 60

function leftovers(
  left: readonly Left[],
  prior: number,
  otherErrors: number,
  { baseName, otherName }: Sides,
  options: VerdictOptions
): Rest[] {
  const clearly = prior >= clearlyBetter && (baseName === 'old' || otherErrors >= goodText)
  const judged = suspicions(
    left.map((one) => one.text),
    options.model
  )
  return left.map((one, index) => {
    const wrong = judged[index]!.characters.reduce((sum, value) => sum + value, 0) / one.text.length
    const letters = (one.text.match(/\p{L}/gu) ?? []).length / one.text.length
    const scrap = one.text.length < (baseName === 'old' ? farWorseScrapLength : one.whole ? 0 : scrapLength)
    const doubtful =
      prior > -clearlyBetter &&
      (wrong > noiseFrom ||
        (clearly &&
          ((!one.whole && one.text.length < farWorseScrapLength) ||
            ((one.text.length < longEnough || baseName === 'old') && wrong > noiseFrom / 3))))
    const noise = one.text.length < 4 || letters < 0.5 || isScribble(one.text) || ((scrap || doubtful) && !isProse(one.text))
    const id = `${otherName}-${one.region}-${index + 1}`
    const readings = [{ engine: otherName, text: one.text, confidence: 0 }]
    const region: TextRegion = {
      type: 'text',
      id,
      role: noise ? 'noise' : 'paragraph',
      lines: [{ id: `${id}-l1`, text: one.text, readings }]
    }
    return { region, after: one.after }
  })
}

/**
 * Lines that only the worse reading has: scraps and garble are left out of the text, a whole line is for a person to decide.
 */
function withoutStrays(page: Page, lines: readonly LineVerdict[], rest: readonly Rest[], { otherName }: Sides): Replace[] {
  const strays = new Set(lines.filter((line) => line.kept === 'only-new' && line.new !== '').map((line) => `${line.region}\n${line.line}`))
  const rescued = rest.some(({ region }) => region.role !== 'noise')
  return textRegions(page).flatMap((region) =>
    lineSpans(region)
      .filter(({ line }) => strays.has(`${region.id}\n${line.id}`))
      .map(
        ({ line, from, to }): Replace => ({
          kind: 'replace',
          id: `${verdictRule}/${region.id}@${from}`,
          rule: verdictRule,
          reason: `The ${otherName} reading, which is much the better one on this page, has nothing here.`,
          evidence: { onlyOneReading: true },
          confidence: rescued || line.text.length < scrapLength ? 0.9 : 0.6,
          status: rescued || line.text.length < scrapLength ? 'applied' : 'proposed',
          region: region.id,
          from,
          to,
          before: line.text,
          after: ''
        })
      )
  )
}

/** Words in an alphabet of which many are ordinary ones: text, whoever has read it. */
function isProse(text: string): boolean {
  const words = text.toLowerCase().match(/\p{Script=Latin}+/gu) ?? []
  return words.length >= 5 && words.filter(isKnownWord).length >= words.length * proseKnown
}

const proseKnown = 0.35

/** Letters of pictures and frames: a text in an alphabet without ordinary words. */
function isScribble(text: string): boolean {
  const words = text.toLowerCase().match(/\p{Script=Latin}+/gu) ?? []
  const letters = words.reduce((sum, word) => sum + word.length, 0)
  if (letters < 6 || letters * 2 < (text.match(/\p{L}/gu) ?? []).length) return false
  const longest = Math.max(...words.map((word) => word.length))
  return longest > longestWord || (words.length >= 4 && words.filter(isKnownWord).length < words.length * leastKnown)
}

const longestWord = 30
/** In real text at least so many words are among the commonest thousand. */
const leastKnown = 0.2

function insertRest(regions: readonly Region[], rest: readonly Rest[]): Region[] {
  const placed = rest.filter((one) => one.after === undefined).map((one) => one.region as Region)
  for (const region of regions) {
    placed.push(region)
    for (const one of rest) if (one.after === region.id) placed.push(one.region)
  }
  return placed
}

function onlyOld(region: TextRegion): LineVerdict {
  const line = region.lines[0]!
  return { region: region.id, line: line.id, old: line.text, new: '', chosen: line.text, kept: 'only-old', disagreements: [] }
}

/** The verdict with its outcome entered among the steps the page went through. */
function signed(verdict: Verdict, oldPage: Page, options: VerdictOptions): Verdict {
  const { base, prior, close, lines } = verdict.summary
  const step: Page['processing'][number] = {
    id: 'verdict',
    category: 'contentModification',
    software: 'broadsheet',
    version: '1',
    settings: {
      base,
      priorBits: prior,
      closeCalls: close,
      ...Object.fromEntries(Object.entries(lines).map(([kept, count]) => [`lines-${kept}`, count])),
      oldPage: oldPage.id,
      languageModel: options.model !== undefined,
      closeBelowBits: options.closeBelow ?? 2
    }
  }
  return { ...verdict, page: { ...verdict.page, processing: [...verdict.page.processing, step] } }
}

/** The places of a page at which the old reading is kept, or might be. */
function changesOf(page: Page, lines: readonly LineVerdict[], { otherName }: Sides): Replace[] {
  const spans = new Map(
    textRegions(page).flatMap((region) => lineSpans(region).map((span) => [`${region.id}\n${span.line.id}`, span] as const))
  )
  return lines.flatMap((line) => {
    const span = spans.get(`${line.region}\n${line.line}`)
    if (!span) return []
    return line.disagreements
      .filter((one) => one.close || one.chosen === 'first')
      .map((one) => toChange(line.region, span.from, one, otherName))
  })
}

function toChange(region: string, lineFrom: number, one: Disagreement, otherName: string): Replace {
  const from = lineFrom + one.secondFrom
  return {
    kind: 'replace',
    id: `${verdictRule}/${region}@${from}`,
    rule: verdictRule,
    reason: one.close
      ? `The ${otherName} reading has “${one.first}”; it is close which is right.`
      : `The ${otherName} reading has “${one.first}”, and the evidence is for it.`,
    evidence: { ...one.evidence, score: one.score },
    // The score is about the logarithm of the odds.
    confidence: Math.round(1000 / (1 + 2 ** one.score)) / 1000,
    status: one.close ? 'proposed' : 'applied',
    region,
    from,
    to: from + one.second.length,
    before: one.second,
    after: one.first
  }
}

/** The rule that changes of a verdict bear. */
export const verdictRule = 'reading-verdict'

function summarize(lines: readonly LineVerdict[], prior: number): VerdictSummary {
  const counts: Record<LineVerdict['kept'], number> = { same: 0, old: 0, new: 0, mixed: 0, 'only-new': 0, 'only-old': 0 }
  for (const line of lines) counts[line.kept]++
  return {
    base: 'new',
    lines: counts,
    prior,
    close: lines.reduce((sum, line) => sum + line.disagreements.filter((one) => one.close).length, 0)
  }
}
