import { formatPatch as formatUnified, type StructuredPatch, type StructuredPatchHunk } from 'diff'
import { diffTexts } from './diff.ts'
import type { Explanation, Row } from './explanation.ts'
import { lines } from './tokens.ts'

export interface PatchOptions {
  /** File names in the patch. Default: the names of the two sides. */
  readonly leftName?: string
  readonly rightName?: string
  /** Unchanged lines around each hunk. Default 3. */
  readonly context?: number
}

/**
 * A unified patch that turns the left text into the right one, as `patch` and `git apply` take it. The left text is
 * `rawPageText(page)`, the right one the clean blocks, a line each with a blank line between.
 */
export function formatPatch(explanation: Explanation, options: PatchOptions = {}): string {
  const { leftName, rightName } = explanation
  return patchTexts(leftText(explanation), rightText(explanation), { leftName, rightName, ...options })
}

/** A unified patch of two texts; '' when they are equal. */
export function patchTexts(left: string, right: string, options: PatchOptions = {}): string {
  if (left === right) return ''
  const patch: StructuredPatch = {
    oldFileName: options.leftName ?? 'a',
    newFileName: options.rightName ?? 'b',
    oldHeader: undefined,
    newHeader: undefined,
    hunks: hunksOf(markLines(left, right), options.context ?? 3)
  }
  return formatUnified(patch).replace(/^=+\n/, '')
}

interface MarkedLine {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

function markLines(left: string, right: string): MarkedLine[] {
  const marks = { same: ' ', removed: '-', 'moved-from': '-', added: '+', 'moved-to': '+' } as const
  return diffTexts(left, right, { unit: 'line', minMove: 0 }).flatMap((run) =>
    lines(run.text).map((text) => ({ mark: marks[run.kind], text }))
  )
}

function hunksOf(marked: readonly MarkedLine[], context: number): StructuredPatchHunk[] {
  const hunks: StructuredPatchHunk[] = []
  let [oldLine, newLine, done] = [1, 1, 0]
  for (let at = 0; at < marked.length; at++) {
    if (marked[at]!.mark === ' ') continue
    const from = Math.max(done, at - context)
    const to = hunkEnd(marked, at, context)
    for (const line of marked.slice(done, from)) {
      oldLine += line.mark === '+' ? 0 : 1
      newLine += line.mark === '-' ? 0 : 1
    }
    const inside = marked.slice(from, to)
    const oldLines = inside.filter((line) => line.mark !== '+').length
    const newLines = inside.filter((line) => line.mark !== '-').length
    hunks.push({ oldStart: oldLine, oldLines, newStart: newLine, newLines, lines: inside.flatMap(writeLine) })
    oldLine += oldLines
    newLine += newLines
    done = to
    at = to - 1
  }
  return hunks
}

/** A hunk goes on while unchanged stretches are no longer than its context on both sides. */
function hunkEnd(marked: readonly MarkedLine[], from: number, context: number): number {
  let last = from
  for (let at = from; at < marked.length && at - last <= context * 2; at++) if (marked[at]!.mark !== ' ') last = at
  return Math.min(marked.length, last + context + 1)
}

function writeLine(line: MarkedLine): string[] {
  if (line.text.endsWith('\n')) return [line.mark + line.text.slice(0, -1)]
  return [line.mark + line.text, '\\ No newline at end of file']
}

/** The raw page in raw order: a line a region, a blank line between. */
export function leftText(explanation: Explanation): string {
  let text = ''
  for (const row of explanation.rows) {
    const inside = row.kind === 'moved-away' ? row.hunks : row.hunks.filter((hunk) => hunk.move === undefined)
    const raw = inside.map((hunk) => (hunk.kind === 'joined' ? '\n\n' : hunk.raw)).join('')
    text += (text === '' || startsInside(row) ? '' : '\n\n') + raw
  }
  return text === '' ? '' : `${text}\n`
}

/** A block that begins inside a region, after a split: on the left it is no line of its own. */
function startsInside(row: Row): boolean {
  return (row.hunks.find((hunk) => hunk.place)?.place?.from ?? 0) > 0
}

/** The clean page: a line a block, a blank line between. */
export function rightText(explanation: Explanation): string {
  const blocks = explanation.rows.filter((row) => row.kind === 'block')
  return blocks.map((row) => `${row.hunks.map((hunk) => hunk.clean).join('')}\n`).join('\n')
}
