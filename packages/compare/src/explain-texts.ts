import { type DiffOptions, type DiffRun, diffTexts } from './diff.ts'
import type { Explanation, Hunk, HunkKind, Row } from './explanation.ts'

export interface ExplainTextsOptions extends DiffOptions {
  readonly title?: string
  readonly leftName?: string
  readonly rightName?: string
  readonly language?: string
}

/**
 * Two texts of any origin, side by side: rows are the lines of the right text. There is no record of changes here, so the
 * differences have kinds and moves, but no rule and no reason.
 */
export function explainTexts(left: string, right: string, options: ExplainTextsOptions = {}): Explanation {
  const { leftName = 'left', rightName = 'right' } = options
  return {
    title: options.title ?? `${leftName} and ${rightName}`,
    leftName,
    rightName,
    ...(options.language === undefined ? {} : { language: options.language }),
    rows: rowsOf(diffTexts(left, right, options)),
    changes: [],
    unexplained: [],
    summary: []
  }
}

function rowsOf(runs: readonly DiffRun[]): Row[] {
  const rows: Hunk[][] = [[]]
  for (const [index, run] of runs.entries()) {
    const next = runs[index + 1]
    const before = runs[index - 1]
    if (run.kind === 'added' && before?.kind === 'removed' && isOneLine(before, run)) continue
    const hunks =
      run.kind === 'removed' && next?.kind === 'added' && isOneLine(run, next)
        ? [hunkOf('replaced', run.text, next.text)]
        : linesOf(run).map((text) => hunkFor(run, text))
    for (const hunk of hunks) {
      rows.at(-1)!.push(hunk)
      if (hunk.clean.endsWith('\n') || (hunk.kind !== 'same' && hunk.raw.endsWith('\n') && hunk.clean === '')) rows.push([])
    }
  }
  return rows
    .filter((hunks) => hunks.length > 0)
    .map((hunks, index) => ({ kind: 'block', id: String(index + 1), changes: [], notes: [], hunks }))
}

function isOneLine(removed: DiffRun, added: DiffRun): boolean {
  return !removed.text.includes('\n') && !added.text.includes('\n')
}

function linesOf(run: DiffRun): string[] {
  return run.text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function hunkFor(run: DiffRun, text: string): Hunk {
  switch (run.kind) {
    case 'same':
      return hunkOf('same', text, text)
    case 'removed':
      return hunkOf('deleted', text, '')
    case 'added':
      return hunkOf('inserted', '', text)
    case 'moved-from':
      return { ...hunkOf('moved', text, ''), move: String(run.move) }
    case 'moved-to':
      return { ...hunkOf('moved', '', text), move: String(run.move) }
  }
}

function hunkOf(kind: HunkKind, raw: string, clean: string): Hunk {
  return { kind, raw, clean, changes: [], notes: [] }
}
