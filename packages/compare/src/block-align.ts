import { align } from './align.ts'
import { type Encoded, encode, type Vocabulary } from './tokens.ts'

/** A stretch of one text and the stretch of the other that says the same, in whatever order they stand. UTF-16 offsets. */
export interface Segment {
  readonly aFrom: number
  readonly aTo: number
  readonly bFrom: number
  readonly bTo: number
}

/**
 * Lengths of the runs by which stretches find each other, from sure to bold, how much of a stretch they must make up, and how often
 * a run may stand in what is left of each text. An advertisement printed twice has no run of its own: its copies find each other by
 * being long.
 */
const levels: readonly { readonly run: number; readonly least: number; readonly copies: number }[] = [
  { run: 8, least: 8, copies: 1 },
  { run: 8, least: 16, copies: 6 },
  { run: 5, least: 8, copies: 1 },
  { run: 4, least: 6, copies: 1 },
  { run: 3, least: 6, copies: 1 }
]
/** How far two anchors of one stretch may be apart, and how much text between them may have been lost or won. */
const reach = 60
const drift = 12

interface Anchor {
  readonly a: number
  readonly b: number
}

interface Stretch {
  readonly a: number
  readonly aEnd: number
  readonly b: number
  readonly bEnd: number
  readonly weight: number
}

/**
 * Brings together what two texts share although blocks stand in another order, paragraphs are cut elsewhere and characters
 * were misread: stretches that hold many common runs, largest first, each piece of text used once. In order of the first text.
 */
export function alignBlocks(a: string, b: string): Segment[] {
  const vocabulary: Vocabulary = new Map()
  const left = encode(a, 'grapheme', vocabulary)
  const right = encode(b, 'grapheme', vocabulary)
  const breaks = new Set([0x0a])
  const takenA = new Uint8Array(left.ids.length)
  const takenB = new Uint8Array(right.ids.length)
  let stretches: Stretch[] = []
  for (const { run, least, copies } of levels) {
    const clusters = cluster(findAnchors(left.ids, right.ids, takenA, takenB, run, copies), run)
    for (const one of clusters.sort((x, y) => y.length - x.length || x[0]!.a - y[0]!.a))
      for (const free of freeStretches(one, run, takenA, takenB)) {
        if (free.weight < least) continue
        takenA.fill(1, free.a, free.aEnd)
        takenB.fill(1, free.b, free.bEnd)
        stretches.push(free)
      }
    stretches = mergeNeighbours(stretches, takenA, takenB)
  }
  const grown = stretches.map((one) => grow(one, left.ids, right.ids, takenA, takenB, breaks))
  return mergeNeighbours(grown, takenA, takenB).map((one) => toSegment(one, left, right))
}

function toSegment(one: Stretch, left: Encoded, right: Encoded): Segment {
  return { aFrom: left.starts[one.a]!, aTo: left.starts[one.aEnd]!, bFrom: right.starts[one.b]!, bTo: right.starts[one.bEnd]! }
}

/** Runs that stand at most so many times in what is left of each text, by place in the first. */
function findAnchors(a: Int32Array, b: Int32Array, takenA: Uint8Array, takenB: Uint8Array, run: number, copies: number): Anchor[] {
  const inA = runIndex(a, takenA, run, copies)
  const inB = runIndex(b, takenB, run, copies)
  const found: Anchor[] = []
  for (const [key, places] of inA) {
    const there = inB.get(key)
    if (!there || places.length > copies || there.length > copies) continue
    for (const at of places) for (const other of there) found.push({ a: at, b: other })
  }
  return found.sort((x, y) => x.a - y.a || x.b - y.b)
}

/** Where each run stands; of runs that stand too often one place too many. */
function runIndex(ids: Int32Array, taken: Uint8Array, run: number, copies: number): Map<string, number[]> {
  const index = new Map<string, number[]>()
  for (let at = 0; at + run <= ids.length; at++) {
    if (taken[at] || taken[at + run - 1]) continue
    const key = ids.subarray(at, at + run).join(' ')
    const places = index.get(key)
    if (!places) index.set(key, [at])
    else if (places.length <= copies) places.push(at)
  }
  return index
}

/** How many clusters may be open at once: a bound for hostile texts. */
const openClusters = 64

/** Anchors that follow each other closely in both texts belong together. */
function cluster(found: readonly Anchor[], run: number): Anchor[][] {
  let open: Anchor[][] = []
  const all: Anchor[][] = []
  for (const anchor of found) {
    const home = open.findLast((one) => follows(one.at(-1)!, anchor))
    if (home) {
      home.push(anchor)
      continue
    }
    if (open.length >= openClusters) open = open.filter((one) => anchor.a - one.at(-1)!.a <= reach + run).slice(1 - openClusters)
    open.push([anchor])
    all.push(open.at(-1)!)
  }
  return all
}

function follows(last: Anchor, next: Anchor): boolean {
  const [stepA, stepB] = [next.a - last.a, next.b - last.b]
  return stepB > 0 && stepB <= reach && Math.abs(stepA - stepB) <= drift
}

/** The parts of a cluster that no larger one has taken. */
function freeStretches(anchors: readonly Anchor[], run: number, takenA: Uint8Array, takenB: Uint8Array): Stretch[] {
  const stretches: Stretch[] = []
  for (const { a, b } of anchors) {
    if (isTaken(takenA, a, a + run) || isTaken(takenB, b, b + run)) continue
    const last = stretches.at(-1)
    if (last && b + run > last.bEnd && !isTaken(takenA, last.aEnd, a) && !isTaken(takenB, last.bEnd, b))
      stretches[stretches.length - 1] = { ...last, aEnd: a + run, bEnd: b + run, weight: last.weight + Math.min(run, a + run - last.aEnd) }
    else if (!last || (a >= last.aEnd && b >= last.bEnd)) stretches.push({ a, aEnd: a + run, b, bEnd: b + run, weight: run })
  }
  return stretches
}

function isTaken(taken: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (taken[at]) return true
  return false
}

/** Stretches that follow each other in both texts, with nothing of others between, are one. */
function mergeNeighbours(stretches: readonly Stretch[], takenA: Uint8Array, takenB: Uint8Array): Stretch[] {
  const merged: Stretch[] = []
  for (const next of [...stretches].sort((x, y) => x.a - y.a)) {
    const last = merged.at(-1)
    const [gapA, gapB] = last ? [next.a - last.aEnd, next.b - last.bEnd] : [0, -1]
    const close = gapB >= 0 && gapA <= reach * 2 && gapB <= reach * 2 && Math.abs(gapA - gapB) <= drift + Math.min(gapA, gapB)
    if (!last || !close || isTaken(takenB, last.bEnd, next.b)) {
      merged.push(next)
      continue
    }
    takenA.fill(1, last.aEnd, next.a)
    takenB.fill(1, last.bEnd, next.b)
    merged[merged.length - 1] = { a: last.a, aEnd: next.aEnd, b: last.b, bEnd: next.bEnd, weight: last.weight + next.weight }
  }
  return merged
}

/** Lengthens a stretch to both sides: to the ends of the paragraph where both texts are about as far from theirs, else while they agree. */
function grow(one: Stretch, a: Int32Array, b: Int32Array, takenA: Uint8Array, takenB: Uint8Array, breaks: ReadonlySet<number>): Stretch {
  const room = (ids: Int32Array, taken: Uint8Array, from: number, step: 1 | -1): number => {
    let length = 0
    for (let at = from; at >= 0 && at < ids.length && !taken[at] && !breaks.has(ids[at]!) && length <= reach; at += step) length++
    return length
  }
  const extend = (aAt: number, bAt: number, step: 1 | -1): [number, number] => {
    const [roomA, roomB] = [room(a, takenA, aAt, step), room(b, takenB, bAt, step)]
    if (roomA <= reach && roomB <= reach && Math.abs(roomA - roomB) <= 2 + Math.min(roomA, roomB) / 3) return [roomA, roomB]
    let length = 0
    let [good, bad] = [0, 0]
    while (length < Math.min(roomA, roomB) && bad <= 2 + good / 2) {
      if (a[aAt + step * length] === b[bAt + step * length]) good++
      else bad++
      length++
    }
    while (length > 0 && a[aAt + step * (length - 1)] !== b[bAt + step * (length - 1)]) length--
    return [length, length]
  }
  const [aBefore, bBefore] = extend(one.a - 1, one.b - 1, -1)
  const [aAfter, bAfter] = extend(one.aEnd, one.bEnd, 1)
  const grown = { ...one, a: one.a - aBefore, b: one.b - bBefore, aEnd: one.aEnd + aAfter, bEnd: one.bEnd + bAfter }
  takenA.fill(1, grown.a, grown.aEnd)
  takenB.fill(1, grown.b, grown.bEnd)
  return grown
}

/**
 * For every UTF-16 offset of the first text (its length included) the offset of the second that it answers to, by character
 * within the segments; -1 outside them.
 */
export function mapOffsets(a: string, b: string, segments: readonly Segment[]): Int32Array {
  const map = new Int32Array(a.length + 1).fill(-1)
  for (const segment of segments) {
    const vocabulary: Vocabulary = new Map()
    const left = encode(a.slice(segment.aFrom, segment.aTo), 'grapheme', vocabulary)
    const right = encode(b.slice(segment.bFrom, segment.bTo), 'grapheme', vocabulary)
    let [aAt, bAt] = [0, 0]
    for (const match of [...align(left.ids, right.ids), { a: left.ids.length, b: right.ids.length, length: 0 }]) {
      // Inside a difference characters answer to each other one by one.
      for (let at = aAt; at < match.a; at++)
        map[segment.aFrom + left.starts[at]!] = segment.bFrom + right.starts[Math.min(match.b, bAt + at - aAt)]!
      for (let step = 0; step < match.length; step++)
        map[segment.aFrom + left.starts[match.a + step]!] = segment.bFrom + right.starts[match.b + step]!
      aAt = match.a + match.length
      bAt = match.b + match.length
    }
    if (map[segment.aTo] === -1) map[segment.aTo] = segment.bTo
  }
  return map
}
