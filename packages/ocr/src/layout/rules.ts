import { type Blob, groupOf, heightOf, joinGroups, newGroups, shared, sizeOf, unite, widthOf } from './blob.ts'
import type { Mask } from './mask.ts'

/** A printed rule, or one side of a box: `across` runs from left to right. */
export interface Rule extends Blob {
  readonly across: boolean
}

/** Shortest rule, thickest rule, and the length from which nothing else looks like one; in ems. */
const shortest = 3
const thickest = 0.45
const plain = 10

/**
 * Finds straight rules in both directions, sides of boxes and lines of tables too, and wipes them from the mask, so that what
 * they touched comes apart; `isRule` has the last word. A long stroke of a large character is no rule: another stroke of its size stands beside it.
 */
export function takeRules(mask: Mask, blobs: readonly Blob[], em: number, isRule: (rule: Rule) => boolean): Rule[] {
  const large = blobs.filter(
    (blob) => sizeOf(blob) > em * 1.3 && Math.min(widthOf(blob), heightOf(blob)) > em * 0.8 && sizeOf(blob) < em * 16
  )
  const rules = [...rulesAlong(mask, em, true), ...rulesAlong(mask, em, false)].filter(
    (rule) => !isStroke(rule, large, em) && !isWord(mask, rule, em) && !isGround(mask, rule, em) && isRule(rule)
  )
  for (const rule of rules) wipe(mask, rule)
  return rules
}

interface Run {
  readonly at: number
  readonly from: number
  readonly to: number
}

function rulesAlong(mask: Mask, em: number, across: boolean): Rule[] {
  const runs = longRuns(mask, Math.round(em * shortest), across)
  const groups = newGroups(runs.length)
  let first = 0
  for (let i = 0; i < runs.length; i++) {
    while (runs[first]!.at < runs[i]!.at - 2) first++
    for (let k = first; k < i; k++)
      if (runs[k]!.at < runs[i]!.at && shared(runs[k]!.from, runs[k]!.to, runs[i]!.from, runs[i]!.to) > -4) joinGroups(groups, k, i)
  }
  const members = new Map<number, Run[]>()
  for (const [index, run] of runs.entries()) {
    const group = groupOf(groups, index)
    const list = members.get(group)
    if (list) list.push(run)
    else members.set(group, [run])
  }
  const rules: Rule[] = []
  for (const group of members.values()) {
    const rule = { ...unite(group.map((run) => runBlob(run, across))), across }
    const length = across ? widthOf(rule) : heightOf(rule)
    const ink = rule.area / length
    const spread = across ? heightOf(rule) : widthOf(rule)
    if (ink <= em * thickest && spread <= em * thickest + length * 0.012) rules.push(rule)
  }
  return rules
}

function runBlob(run: Run, across: boolean): Blob {
  const area = run.to - run.from
  return across
    ? { x0: run.from, x1: run.to, y0: run.at, y1: run.at + 1, area }
    : { x0: run.at, x1: run.at + 1, y0: run.from, y1: run.to, area }
}

/**
 * Unbroken stretches of ink of at least `length`, gaps of two pixels allowed, by row (column) and place. Every such stretch holds one of the
 * places that lie `length` apart, so only what lies around these is looked at.
 */
function longRuns({ data, width, height }: Mask, length: number, across: boolean): Run[] {
  const [lines, places, lineStep, step] = across ? [height, width, width, 1] : [width, height, 1, width]
  const runs: Run[] = []
  const apart = Math.max(1, length)
  for (let at = 0; at < lines; at++) {
    const base = at * lineStep
    for (let place = 0, seen = 0; place < places; place += apart) {
      let from = lastInk(data, base, place, Math.max(seen, place - 2), step)
      if (from < 0) continue
      let to = from + 1
      for (let i = from - 1; i >= Math.max(0, from - 3); i--) if (data[base + i * step] === 1) from = i
      for (let i = to; i < Math.min(places, to + 3); i++) if (data[base + i * step] === 1) to = i + 1
      if (to - from >= length) runs.push({ at, from, to })
      seen = to
    }
  }
  return runs
}

/** The last ink at `place` or before it, down to `first`; -1 where there is none. */
function lastInk(data: Uint8Array, base: number, place: number, first: number, step: number): number {
  for (let i = place; i >= first; i--) if (data[base + i * step] === 1) return i
  return -1
}

function isStroke(rule: Rule, large: readonly Blob[], em: number): boolean {
  const length = rule.across ? widthOf(rule) : heightOf(rule)
  if (length >= em * plain) return false
  return large.some((blob) => {
    const size = sizeOf(blob)
    if (size < length * 0.45 || size > length * 2.2) return false
    const [along0, along1, cross0, cross1] = rule.across ? [blob.x0, blob.x1, blob.y0, blob.y1] : [blob.y0, blob.y1, blob.x0, blob.x1]
    const [from, to, middle] = rule.across ? [rule.x0, rule.x1, (rule.y0 + rule.y1) / 2] : [rule.y0, rule.y1, (rule.x0 + rule.x1) / 2]
    return shared(along0, along1, from, to) > -0.4 * length && middle > cross0 - 0.05 * size && middle < cross1 + 0.05 * size
  })
}

/** Thickest rule among those that are no longer than words, in ems; share of it that must be bare. */
const thickestShort = 0.2
const leastBare = 0.7

/** A word whose letters touch, as those of black letter do, or strokes of a character: ink runs on above or below most of it. */
function isWord(mask: Mask, rule: Rule, em: number): boolean {
  const length = rule.across ? widthOf(rule) : heightOf(rule)
  return length < em * plain && (rule.area / length > em * thickestShort || bareShare(mask, rule) < leastBare)
}

/** Of a long rule, more than this must be bare. */
const leastBareLong = 0.6

/** A strip of a dark ground between light strokes, or of its grain: ink runs on beside much of it. */
function isGround(mask: Mask, rule: Rule, em: number): boolean {
  return (rule.across ? widthOf(rule) : heightOf(rule)) >= em * plain && bareShare(mask, rule) < leastBareLong
}

/** Share of the places along a rule at which ink is hardly thicker than the rule: nothing printed runs through it there. */
function bareShare({ data, width, height }: Mask, rule: Rule): number {
  const [from, to, near, far] = rule.across ? [rule.x0, rule.x1, rule.y0, rule.y1] : [rule.y0, rule.y1, rule.x0, rule.x1]
  const [step, stride, end] = rule.across ? [width, 1, height] : [1, width, width]
  const most = 1.5 * (rule.area / (to - from)) + 2
  let bare = 0
  for (let at = from; at < to; at++) if (longestAcross(data, near, far, at * stride, step, end) <= most) bare++
  return bare / (to - from)
}

/** The longest stretch of ink across a rule that has a part within `from`…`to`. */
function longestAcross(data: Uint8Array, from: number, to: number, base: number, step: number, end: number): number {
  let first = from
  while (first > 0 && data[base + first * step] === 1 && data[base + (first - 1) * step] === 1) first--
  let longest = 0
  let length = 0
  for (let i = first; i < end && (i < to || length > 0); i++) {
    length = data[base + i * step] === 1 ? length + 1 : 0
    longest = Math.max(longest, length)
  }
  return longest
}

/** Wipes the rule's own pixels: for every place along it, what it is thick there. */
function wipe(mask: Mask, rule: Rule): void {
  const { data, width } = mask
  const margin = 1
  const limit = rule.across ? rule.area / widthOf(rule) : rule.area / heightOf(rule)
  const most = Math.ceil(limit * 2 + 3)
  if (rule.across) {
    for (let x = rule.x0; x < rule.x1; x++) wipeAcross(data, rule.y0 - margin, rule.y1 + margin, x, width, most, mask.height)
    return
  }
  for (let y = rule.y0; y < rule.y1; y++) wipeAcross(data, rule.x0 - margin, rule.x1 + margin, y * width, 1, most, mask.width)
}

/** Clears the stretches of ink that begin within `from`…`to`, unless they are longer than `most`: those cross the rule. */
function wipeAcross(data: Uint8Array, from: number, to: number, base: number, step: number, most: number, end: number): void {
  for (let i = Math.max(0, from); i < Math.min(end, to); i++) {
    if (data[base + i * step] === 0) continue
    let last = i
    while (last + 1 < end && data[base + (last + 1) * step] === 1 && last - i <= most) last++
    if (last - i < most) for (let k = i; k <= last; k++) data[base + k * step] = 0
    i = last
  }
}

/** Widest gap in a worn rule, how far its pieces lie beside each other, and the thickest of them; in ems. */
const widestWear = 1.3
const mostWander = 0.12
const thickestPiece = 0.35

/**
 * A worn rule is bent and broken, and only parts of it are straight enough to be taken. Where a plain one ends, low flat ink that
 * begins at its level goes on with it, up to the next part.
 *
 * @returns the rules, parts of one joined, and the blobs that are none of their pieces
 */
export function extendRules(rules: readonly Rule[], blobs: readonly Blob[], em: number): { rules: Rule[]; rest: Blob[] } {
  const flat = blobs.filter((blob) => heightOf(blob) <= thickestPiece * em && widthOf(blob) >= heightOf(blob))
  const used = new Set<Blob>()
  const level = rules.filter((rule) => rule.across).sort((a, b) => a.x0 - b.x0)
  const joined = new Set<Rule>()
  const extended = [...level]
    .sort((a, b) => widthOf(b) - widthOf(a) || a.y0 - b.y0 || a.x0 - b.x0)
    .flatMap((rule) => {
      if (joined.has(rule)) return []
      joined.add(rule)
      if (widthOf(rule) < plain * em) return [rule]
      const parts = [...level.filter((other) => !joined.has(other)), ...flat.filter((blob) => !used.has(blob))]
      const taken = [...goingOn(rule, parts, em, 1), ...goingOn(rule, parts, em, -1)]
      for (const part of taken) {
        used.add(part)
        if ('across' in part) joined.add(part as Rule)
      }
      return [{ ...unite([rule, ...taken]), across: true }]
    })
  return { rules: [...rules.filter((rule) => !rule.across), ...extended], rest: blobs.filter((blob) => !used.has(blob)) }
}

/** The parts that go on where `rule` ends, one after the other, to the right (`side` 1) or to the left. */
function goingOn(rule: Rule, parts: readonly Blob[], em: number, side: 1 | -1): Blob[] {
  const taken: Blob[] = []
  const ahead = (part: Blob, last: Blob): number => (side > 0 ? part.x0 - last.x1 : last.x0 - part.x1)
  for (let last: Blob = rule; ; ) {
    const next = parts
      .filter((part) => !taken.includes(part) && ahead(part, last) > -0.3 * em && ahead(part, last) < widestWear * em)
      .filter((part) => (side > 0 ? part.x1 > last.x1 : part.x0 < last.x0) && shared(part.y0, part.y1, last.y0, last.y1) > -mostWander * em)
      .sort((a, b) => ahead(a, last) - ahead(b, last))[0]
    if (!next) return taken
    taken.push(next)
    last = next
  }
}

/** Rows of dashes or dots: at least this many, and at least this long, in ems. */
const fewestDashes = 8
const shortestRow = 5

/** What a dash is like, in ems, and what tells a row of them. */
interface DashKind {
  readonly thickest: number
  readonly longest: number
  readonly widestGap: number
  readonly isDash: (length: number, thick: number, area: number) => boolean
  readonly isEven: (pieces: readonly Stretch[]) => boolean
}

/** From where to where a piece goes along its row. */
type Stretch = readonly [from: number, to: number]

/** Fine ones are thinner than strokes; bold or long ones look like strokes, and only their even pitch tells them. */
const dashKinds: readonly DashKind[] = [
  { thickest: 0.22, longest: 1.6, widestGap: 0.9, isDash: () => true, isEven: (pieces) => areAlike(pieces, 0.5, 0.7) },
  {
    thickest: 0.45,
    longest: 3,
    widestGap: 1.5,
    isDash: (length, thick, area) => length > 1.3 * thick && area > 0.75 * length * thick,
    isEven: (pieces) => areAlike(pieces, 0.25, 0.8) && areEvenlySet(pieces)
  }
]

/**
 * Finds dashed and dotted rules among the blobs.
 * @returns the rules, and the blobs that are none of their dashes
 */
export function takeDashes(blobs: readonly Blob[], em: number): { rules: Rule[]; rest: Blob[] } {
  const rules: Rule[] = []
  let rest = blobs
  for (const kind of dashKinds) {
    const used = new Set<Blob>()
    rules.push(...dashesAlong(rest, em, true, used, kind), ...dashesAlong(rest, em, false, used, kind))
    rest = rest.filter((blob) => !used.has(blob))
  }
  return { rules, rest: [...rest] }
}

function dashesAlong(blobs: readonly Blob[], em: number, across: boolean, used: Set<Blob>, kind: DashKind): Rule[] {
  const along = (blob: Blob): Stretch => (across ? [blob.x0, blob.x1] : [blob.y0, blob.y1])
  const cross = (blob: Blob): number => (across ? (blob.y0 + blob.y1) / 2 : (blob.x0 + blob.x1) / 2)
  const thick = (blob: Blob): number => (across ? heightOf(blob) : widthOf(blob))
  const length = (blob: Blob): number => (across ? widthOf(blob) : heightOf(blob))
  const thin = blobs
    .filter((blob) => thick(blob) <= em * kind.thickest && length(blob) <= em * kind.longest && sizeOf(blob) >= 2)
    .filter((blob) => kind.isDash(length(blob), thick(blob), blob.area))
    .sort((a, b) => along(a)[0] - along(b)[0] || cross(a) - cross(b))
  const chains: Blob[][] = []
  let open: Blob[][] = []
  for (const blob of thin) {
    open = open.filter((chain) => along(blob)[0] - along(chain.at(-1)!)[1] <= em * kind.widestGap)
    const chain = open.find((candidate) => {
      const last = candidate.at(-1)!
      return along(blob)[0] >= along(last)[1] && Math.abs(cross(blob) - cross(last)) <= Math.max(1.5, em * 0.08)
    })
    if (chain) chain.push(blob)
    else {
      const started = [blob]
      chains.push(started)
      open.push(started)
    }
  }
  return chains
    .filter((chain) => {
      const pieces = chain.map(along)
      return pieces.length >= fewestDashes && pieces.at(-1)![1] - pieces[0]![0] >= em * shortestRow && kind.isEven(pieces)
    })
    .map((chain) => {
      for (const blob of chain) used.add(blob)
      return { ...unite(chain), across }
    })
}

/** Whether at least `share` of the pieces differ in length from the usual one by no more than `most` of it. */
function areAlike(pieces: readonly Stretch[], most: number, share: number): boolean {
  const lengths = pieces.map(([from, to]) => to - from)
  const usual = middleOf(lengths)
  return lengths.filter((length) => Math.abs(length - usual) <= Math.max(2, usual * most)).length >= pieces.length * share
}

/** How far from its place a dash may stand, as a share of the pitch, and the share of them that keep to it. */
const offPitch = 0.15
const leastInPlace = 0.8

/** Whether the pieces follow each other at one pitch; lost ones leave a step of several. */
export function areEvenlySet(pieces: readonly Stretch[]): boolean {
  const steps = pieces.slice(1).map(([from], index) => from - pieces[index]![0])
  const pitch = middleOf(steps)
  const inPlace = steps.filter((step) => step > 0.5 * pitch && Math.abs(step / pitch - Math.round(step / pitch)) <= offPitch)
  return inPlace.length >= steps.length * leastInPlace
}

const middleOf = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!
