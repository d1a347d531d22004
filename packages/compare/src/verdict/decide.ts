import { type Page, rawText, textRegions } from '@broadsheet/document'
import { type Elsewhere, elsewhereIn } from '../elsewhere.ts'
import { modelFor } from '../model-choice.ts'
import { countLexicon, type DifferenceKind, voteLine } from '../vote.ts'
import { changesOf, rebuild, withoutStrays } from './changes.ts'
import { clearlyBetter, homeless, insertRest, leftovers, onlyOld } from './leftovers.ts'
import { type Pair, pairLines } from './pair-lines.ts'
import { expectedErrors, goodText, priorsOf, withInventions } from './prior.ts'
import { type LineVerdict, type Sides, summarize, type Verdict, type VerdictOptions } from './verdict.ts'

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
