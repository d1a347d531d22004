import { type Line, type Page, type Region, rawText, type TextRegion, textRegions } from '@broadsheet/document'
import { alignBlocks } from '../block-align.ts'
import { isKnownWord } from '../common-words.ts'
import type { Elsewhere } from '../elsewhere.ts'
import { suspicions } from '../suspicion.ts'
import type { Left, Pair } from './pair-lines.ts'
import { placeLines } from './placed-lines.ts'
import { goodText } from './prior.ts'
import type { LineVerdict, Sides, VerdictOptions } from './verdict.ts'

/** From this share on, left-over old text is another reading of what stands there, not text of its own. */
const sharedFrom = 0.6

/** Left-over old text that some line says too (it was read twice, or the lines were cut elsewhere) goes to that line's readings. */
export function homeless(
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

export interface Rest {
  readonly region: TextRegion
  readonly after: string | undefined
}

/** From this prior on, in bits, one reading is so much better than the other that what only the other has is hardly text. */
export const clearlyBetter = 4

/** Share of probably misread characters from which left-over text is taken for noise. */
const noiseFrom = 0.12

/** A shorter scrap of a paragraph has lost its place, no more. */
export const scrapLength = 10

/** A paragraph of its own that only the worse reading has is believed from this length on. */
const longEnough = 20

/** What a far worse reading alone has seen is believed only when it is long. */
const farWorseScrapLength = 60

export function leftovers(
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

export function insertRest(regions: readonly Region[], rest: readonly Rest[]): Region[] {
  const placed = rest.filter((one) => one.after === undefined).map((one) => one.region as Region)
  for (const region of regions) {
    placed.push(region)
    for (const one of rest) if (one.after === region.id) placed.push(one.region)
  }
  return placed
}

export function onlyOld(region: TextRegion): LineVerdict {
  const line = region.lines[0]!
  return { region: region.id, line: line.id, old: line.text, new: '', chosen: line.text, kept: 'only-old', disagreements: [] }
}
