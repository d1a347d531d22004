import { type DiffRun, diffTexts } from './diff.ts'
import type { Hunk, Unexplained } from './explanation.ts'

/**
 * Holds what the changes make of a block against what its clean text really is. Where the two differ, the hunks are cut and
 * the difference is set as `unexplained`, with the raw place it stands at.
 */
export function markUnexplained(hunks: readonly Hunk[], clean: string, block: string, unexplained: Unexplained[]): Hunk[] {
  const expected = hunks.map((hunk) => hunk.clean).join('')
  if (expected === clean) return [...hunks]
  const queue = [...hunks]
  const marked: Hunk[] = []
  for (const run of pairRuns(diffTexts(expected, clean, { minMove: 0 }))) {
    const taken = take(queue, run.expected.length)
    if (run.expected === run.actual) marked.push(...taken)
    else {
      const odd = oddHunk(taken, queue, run)
      unexplained.push({ place: placeOf(odd, block), raw: odd.raw, clean: odd.clean, message: messageOf(odd) })
      marked.push(odd)
    }
  }
  return [...marked, ...queue]
}

interface Pair {
  readonly expected: string
  readonly actual: string
}

function pairRuns(runs: readonly DiffRun[]): Pair[] {
  const pairs: Pair[] = []
  for (const [index, run] of runs.entries()) {
    const before = runs[index - 1]
    const last = pairs.at(-1)
    if (run.kind === 'same') pairs.push({ expected: run.text, actual: run.text })
    else if (run.kind === 'removed') pairs.push({ expected: run.text, actual: '' })
    else if (before?.kind === 'removed' && last) pairs[pairs.length - 1] = { expected: last.expected, actual: run.text }
    else pairs.push({ expected: '', actual: run.text })
  }
  return pairs
}

/** Takes hunks whose clean sides are `length` long together from the front of the queue, cutting the last where it must. */
function take(queue: Hunk[], length: number): Hunk[] {
  const taken: Hunk[] = []
  let left = length
  while (queue.length > 0 && left > 0) {
    const hunk = queue.shift()!
    if (hunk.clean.length <= left) {
      taken.push(hunk)
      left -= hunk.clean.length
    } else {
      const [front, back] = cutHunk(hunk, left)
      taken.push(front)
      queue.unshift(back)
      left = 0
    }
  }
  return taken
}

/** A changed hunk has no inner places: its raw side stays with the front. */
function cutHunk(hunk: Hunk, at: number): [Hunk, Hunk] {
  const even = hunk.raw === hunk.clean
  const { place } = hunk
  const front = { ...hunk, raw: even ? hunk.raw.slice(0, at) : hunk.raw, clean: hunk.clean.slice(0, at) }
  const back = { ...hunk, raw: even ? hunk.raw.slice(at) : '', clean: hunk.clean.slice(at) }
  if (!place) return [front, back]
  const middle = even ? place.from + at : place.to
  return [
    { ...front, place: { ...place, to: middle } },
    { ...back, place: { ...place, from: middle } }
  ]
}

function oddHunk(taken: readonly Hunk[], queue: readonly Hunk[], run: Pair): Hunk {
  const raw = taken.map((hunk) => hunk.raw).join('')
  const first = taken.find((hunk) => hunk.place)?.place
  const next = queue.find((hunk) => hunk.place)?.place
  const place = first ?? (next && { ...next, to: next.from })
  return {
    kind: 'unexplained',
    raw,
    clean: run.actual,
    ...(place ? { place: { ...place, to: first ? place.from + raw.length : place.to } } : {}),
    changes: taken.flatMap((hunk) => hunk.changes),
    notes: taken.flatMap((hunk) => hunk.notes)
  }
}

function messageOf(hunk: Hunk): string {
  return hunk.raw === hunk.clean && hunk.changes.length > 0
    ? `Change ${hunk.changes.join(', ')} is recorded as applied but was not made.`
    : 'No change accounts for this difference.'
}

function placeOf(hunk: Hunk, block: string): string {
  return hunk.place ? `${hunk.place.region}@${hunk.place.from}` : block
}
