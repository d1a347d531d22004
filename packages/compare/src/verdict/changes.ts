import { type Line, lineSpans, type Page, type Reading, type Region, type Replace, textRegions } from '@broadsheet/document'
import type { Disagreement } from '../vote.ts'
import { type Rest, scrapLength } from './leftovers.ts'
import type { Pair } from './pair-lines.ts'
import { type LineVerdict, type Sides, verdictRule } from './verdict.ts'

export function rebuild(
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

/** The places of a page at which the old reading is kept, or might be. */
export function changesOf(page: Page, lines: readonly LineVerdict[], { otherName }: Sides): Replace[] {
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

/**
 * Lines that only the worse reading has: scraps and garble are left out of the text, a whole line is for a person to decide.
 */
export function withoutStrays(page: Page, lines: readonly LineVerdict[], rest: readonly Rest[], { otherName }: Sides): Replace[] {
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
