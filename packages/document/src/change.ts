import type { TextRole } from './page.ts'
import type { RawPosition } from './raw.ts'

/**
 * One difference between the raw and the clean text, or one doubt. Anchored in the raw reading, which never moves:
 * so changes can be applied in any order, and a reviewer's decision on one survives every re-run.
 */
export type Change = Replace | Join | Split | Label | Flag

/** `applied`: certain, or accepted by a person. `proposed`: waits for a person. `rejected`: a person said no. */
export type Status = 'applied' | 'proposed' | 'rejected'

export interface ChangeBase {
  /** `<rule>/<region>@<from>`, with `:<kind>` or `:<n>` behind it where one rule says several things of one place. */
  readonly id: string
  readonly rule: string
  /** One sentence a person can check. */
  readonly reason: string
  /** What the decision rests on, numbers and words (`modelGainBits: 12.4`, `word: '推广普及'`). */
  readonly evidence?: Readonly<Record<string, Evidence>>
  /** 0 to 1. */
  readonly confidence: number
  readonly status: Status
  /** Raw region and UTF-16 offsets into its raw text. */
  readonly region: string
  readonly from: number
  readonly to: number
  /** What stands there in the raw text (for `label`: nothing). Replay checks it. */
  readonly before: string
}

export type Evidence = string | number | boolean | readonly string[]

/** Other characters (TEI `choice/sic/corr`). `from === to` inserts. Never crosses a split. */
export interface Replace extends ChangeBase {
  readonly kind: 'replace'
  readonly after: string
  /** All that was considered, best first; `after` is the first. */
  readonly candidates?: readonly Candidate[]
}

/**
 * Two blocks that are one paragraph (PAGE-XML `Relation type="join"`): the block whose text ends at `region`/`to`
 * goes on with the block that starts at `target`, wherever that stands. `from === to`, the end of the first block.
 */
export interface Join extends ChangeBase {
  readonly kind: 'join'
  readonly target: RawPosition
  /** Written between the two: '' in Chinese and after a hyphen, ' ' between words. */
  readonly glue: '' | ' '
  readonly candidates?: readonly (Candidate & { readonly target: RawPosition })[]
}

/** One block that is two: cut before `from` (`from === to`). The second part gets `role`. */
export interface Split extends ChangeBase {
  readonly kind: 'split'
  readonly role: TextRole
}

/** What a block is. `from` is where the block starts in its region, `to` equals it. */
export interface Label extends ChangeBase {
  readonly kind: 'label'
  readonly roleBefore: TextRole
  readonly role: TextRole
}

/** Damaged or doubtful, and not to be known from here (TEI `unclear`, `gap`). Never alters the text. */
export interface Flag extends ChangeBase {
  readonly kind: 'flag'
  readonly guesses?: readonly Candidate[]
}

export interface Candidate {
  readonly text: string
  /** Higher is better; the unit is the rule's own and named in its evidence. */
  readonly score: number
}

/**
 * A person's word on a change, or a change of a person's own. One line of `<page-id>.decisions.jsonl`,
 * an input of the next run.
 */
export type Decision =
  | {
      readonly verdict: 'accept' | 'reject'
      /** Id of a change; or `<rule>/*`: all that this rule finds on the page, but for changes decided one by one. */
      readonly change: string
      /** What the reviewer saw there: a decision about other text is reported, not obeyed. */
      readonly before?: string
      /** For an accepted proposal with several candidates, or a flag resolved: the text to set. */
      readonly after?: string
      readonly by?: string
      readonly date?: string
      readonly note?: string
    }
  | {
      readonly verdict: 'make'
      /** Complete but for id and status, which the runner gives. `rule` is `reviewer`. */
      readonly make:
        | Omit<Replace, 'id' | 'status'>
        | Omit<Join, 'id' | 'status'>
        | Omit<Split, 'id' | 'status'>
        | Omit<Label, 'id' | 'status'>
        | Omit<Flag, 'id' | 'status'>
      readonly by?: string
      readonly date?: string
      readonly note?: string
    }
