import { isHan } from '@broadsheet/document'
import type { LineGlyph } from '../engine.ts'
import type { InkRun, LineInk } from './line-ink.ts'
import { middleOf, type Place } from './line-places.ts'

/**
 * Characters that have no ink of their own. Tesseract sees figures in the rings of a per cent sign, a bracket in the stroke of a 1,
 * two commas where one is, and puts 和 beside a character it does not know.
 *
 *     1.15%     read 1.159%0    9, % and 0 share the ink of one sign
 *     1.48      read ]1.48
 *     人群      read 人和群      three characters, two of them on the ink of one
 */
export function dropShared(places: readonly Place[], ink: LineInk): Place[] {
  const owners = places.map(({ glyph }) => runUnder(glyph, ink))
  const kept: Place[] = []
  for (let at = 0; at < places.length; ) {
    let end = at + 1
    while (owners[at] && end < places.length && owners[end] === owners[at]) end++
    kept.push(...oneOf(places.slice(at, end), owners[at], ink, (run) => isClaimed(run, owners, ink)))
    at = end
  }
  return kept
}

/** The ink that a character was read from: what it shares most columns with. */
function runUnder({ from, to }: LineGlyph, { runs }: LineInk): InkRun | undefined {
  let best: InkRun | undefined
  let most = 0
  for (const run of runs) {
    const shared = Math.min(to, run.to) - Math.max(from, run.from)
    if (shared > most) {
      best = run
      most = shared
    }
  }
  return best
}

function oneOf(places: readonly Place[], run: InkRun | undefined, ink: LineInk, isAlone: (run: InkRun) => boolean): readonly Place[] {
  if (!run || places.length === 1) return places
  const text = places.map(({ glyph }) => glyph.text).join('')
  const width = (run.to - run.from) / ink.em
  if (/^[90oO]?%[\doO]?$|^96$/.test(text) && width < widestPercent && isPercent(run, ink) && isAlone(run)) return [merged(places, '%', run)]
  if (/^(?:[\][|]1|1[\][|])$/.test(text) && width < widestFigure && isAlone(run)) return [merged(places, '1', run)]
  if (places.length === 2 && width > leastHan && width < mostHan && isAlone(run)) return withoutInvented(places)
  return places
}

/** Widths in ems: of a per cent sign and of a figure at most, of a character of Chinese. */
const widestPercent = 1.3
const widestFigure = 0.6
const leastHan = 0.6
const mostHan = 1.15

/** A ring above on the left and one below on the right: nothing in the two other corners. */
function isPercent({ from, to, top, bottom }: InkRun, ink: LineInk): boolean {
  const quarter = Math.max(1, Math.floor((to - from) * 0.22))
  const height = bottom - top
  return (
    height > 0.5 &&
    !ink.hasInk(from, from + quarter, bottom - 0.3 * height, bottom) &&
    !ink.hasInk(to - quarter, to, top, top + 0.3 * height)
  )
}

function merged(places: readonly Place[], text: string, { from, to }: InkRun): Place {
  const confidence = Math.max(...places.map(({ glyph }) => glyph.confidence))
  return { glyph: { text, confidence, from, to }, blank: places[0]!.blank }
}

/** What Tesseract writes beside a character it does not know. */
const invented = '和'
const doubtful = 0.9

function withoutInvented(places: readonly Place[]): readonly Place[] {
  const [one, other] = places as [Place, Place]
  if (!isHan(one.glyph.text) || !isHan(other.glyph.text)) return places
  if ((one.glyph.text === invented) === (other.glyph.text === invented)) return places
  const [stays, goes] = one.glyph.text === invented ? [{ ...other, blank: one.blank }, one] : [one, other]
  return goes.glyph.confidence < doubtful ? [stays] : places
}

/** Whether something was read on the ink at both sides: else the boxes are out of place. */
function isClaimed(run: InkRun, owners: readonly (InkRun | undefined)[], { runs }: LineInk): boolean {
  const index = runs.indexOf(run)
  return [runs[index - 1], runs[index + 1]].every((each) => !each || owners.includes(each))
}

/** Small marks at the foot of the line, two of which never stand side by side. */
const low = /^[，,。.、；;：:]$/u

/** Of two commas or stops that were read where one is, the surer. */
export function dropDoubleMarks(places: readonly Place[], { runs, em }: LineInk): Place[] {
  return places.filter(({ glyph }, index) => {
    const others = [places[index - 1], places[index + 1]].filter((each) => each && low.test(each.glyph.text)) as Place[]
    if (!low.test(glyph.text) || others.length !== 1) return true
    const other = others[0]!.glyph
    const [from, to] = [Math.min(glyph.from, other.from) - 0.4 * em, Math.max(glyph.to, other.to) + 0.4 * em]
    const marks = runs.filter((run) => middleOf(run) > from && middleOf(run) < to && run.top > 0.2 && run.to - run.from < 0.5 * em)
    if (marks.length !== 1) return true
    const isTall = (text: string): boolean => /[；;：:]/u.test(text)
    if (isTall(glyph.text) !== isTall(other.text)) return isTall(glyph.text) === marks[0]!.bottom - marks[0]!.top > 0.4
    return (
      glyph.confidence > other.confidence ||
      (glyph.confidence === other.confidence && glyph.from <= other.from && places[index + 1] === others[0])
    )
  })
}
