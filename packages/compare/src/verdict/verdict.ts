import type { Page, Replace } from '@broadsheet/document'
import type { Models } from '../model-choice.ts'
import type { Disagreement } from '../vote.ts'

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

/** Whose lines the page has, and who is asked besides. */
export interface Sides {
  readonly base: Page
  readonly other: Page
  readonly baseName: 'old' | 'new'
  readonly otherName: 'old' | 'new'
}

/** The rule that changes of a verdict bear. */
export const verdictRule = 'reading-verdict'

export function summarize(lines: readonly LineVerdict[], prior: number): VerdictSummary {
  const counts: Record<LineVerdict['kept'], number> = { same: 0, old: 0, new: 0, mixed: 0, 'only-new': 0, 'only-old': 0 }
  for (const line of lines) counts[line.kept]++
  return {
    base: 'new',
    lines: counts,
    prior,
    close: lines.reduce((sum, line) => sum + line.disagreements.filter((one) => one.close).length, 0)
  }
}
