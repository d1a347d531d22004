import type { Block, Change, Evidence, Page, TextRegion, TextRole } from '@broadsheet/document'
import type { Answer } from './ask/corrector.ts'
import type { LanguageModel } from './language/language-model.ts'
import type { Profile } from './profile/index.ts'

/**
 * One kind of damage, and how it is found. A rule looks and tells; it alters nothing, keeps nothing, knows no clock and no disk.
 * What becomes of its findings is the runner's business (`applyRules`).
 */
export interface Rule {
  /** The damage: `wrapped-space`. First part of the id of every change it leads to; never renamed. */
  readonly name: string
  readonly phase: Phase
  /** One sentence: what is wrong on the page. */
  readonly summary: string
  /** How the damage comes about, what the rule goes by, and where it keeps its hands off. Plain text, a few sentences. */
  readonly why: string
  /** The writing it belongs to; absent: any. */
  readonly writing?: Writing
  readonly examples: readonly Example[]
  find(context: Context): Iterable<Finding>
}

/** The order of cleaning: what a block is, where one block is two, which blocks are one, which characters are wrong, what is doubtful. */
export type Phase = (typeof phases)[number]

export const phases = ['label', 'split', 'join', 'character', 'doubt'] as const

/** `chinese`: set without blanks between words. `alphabetic`: Latin, Greek, Cyrillic, words between blanks. */
export type Writing = 'chinese' | 'alphabetic'

/** States a rule; the types do the checking. */
export function defineRule(rule: Rule): Rule {
  return rule
}

/**
 * A case that documents the rule and tests it. Where `after` equals `before`, the rule keeps its hands off:
 * every rule has such cases.
 */
export interface Example {
  /** The blocks of a page in reading order; a string is a paragraph. */
  readonly before: string | readonly ExampleBlock[]
  readonly after: string | readonly ExampleBlock[]
  /** What the rule flags, as it stands in the text. */
  readonly flagged?: readonly string[]
  /** What it proposes, `before → after`; for a join `end → start` of the two blocks. */
  readonly proposed?: readonly string[]
  /** BCP 47; absent: `zh-Hans`, or `en` for rules of alphabetic writing. */
  readonly language?: string
  /** What a language model outside said to a question, for the rule that proposes it. */
  readonly answers?: readonly Answer[]
  /** The house profile, where the rule goes by it. */
  readonly profile?: Profile
  /** Rules that have to run before, where the example needs them. */
  readonly with?: readonly string[]
}

export type ExampleBlock =
  | string
  | { readonly text: string; readonly role: TextRole }
  | { readonly lines: readonly string[]; readonly role?: TextRole }

/** What a rule can see. Everything in it is read only; texts are of the blocks as they stand now. */
export interface Context {
  readonly page: Page
  /** BCP 47, as given, as the page says, or as its letters suggest. */
  readonly language: string
  readonly writing: Writing
  /** The blocks after the changes so far, in reading order. */
  readonly blocks: readonly Block[]
  /** Everything decided so far, in the order it was decided. */
  readonly changes: readonly Change[]
  /** The text regions of the page by id: boxes, lines, glyphs, second readings. */
  readonly regions: ReadonlyMap<string, TextRegion>
  readonly model: LanguageModel
  readonly profile: Profile | undefined
  /** Names and terms that are known to be right: from the profile, and from what reviewers decided. Never altered. */
  readonly names: ReadonlySet<string>
  /** What a language model outside said about places of this page, by `questionKey`. */
  readonly answers: ReadonlyMap<string, Answer>
  /** The clean text of a block, as it stands now (kept, so it costs nothing to ask again). */
  textOf(block: Block): string
}

/** What a rule found. Offsets are UTF-16 units of the block's current text. */
export type Finding = ReplaceFinding | JoinFinding | SplitFinding | LabelFinding | FlagFinding

export interface FindingBase {
  /** One sentence a person can check. */
  readonly reason: string
  /** 0 to 1. */
  readonly confidence: number
  /** `certain` is applied, `probable` proposed (unless a setting or a decision says otherwise). A flag is always only a flag. */
  readonly certainty: Certainty
  readonly evidence?: Readonly<Record<string, Evidence>>
  /** Id of the block it stands in. */
  readonly block: string
}

export type Certainty = 'certain' | 'probable'

/** Other characters at `[from, to)`; `from === to` inserts. */
export interface ReplaceFinding extends FindingBase {
  readonly kind: 'replace'
  readonly from: number
  readonly to: number
  readonly after: string
  readonly candidates?: readonly { readonly text: string; readonly score: number }[]
}

/** `block` goes on with the block `target`. */
export interface JoinFinding extends FindingBase {
  readonly kind: 'join'
  readonly target: string
  readonly glue: '' | ' '
  /** Other blocks it might go on with, best first. */
  readonly candidates?: readonly { readonly target: string; readonly text: string; readonly score: number }[]
}

/** `block` is two: the second begins at `at`. */
export interface SplitFinding extends FindingBase {
  readonly kind: 'split'
  readonly at: number
  /** What the second part is. */
  readonly role: TextRole
}

export interface LabelFinding extends FindingBase {
  readonly kind: 'label'
  readonly role: TextRole
}

/** Damaged or doubtful at `[from, to)`, and not to be known from here. */
export interface FlagFinding extends FindingBase {
  readonly kind: 'flag'
  readonly from: number
  readonly to: number
  readonly guesses?: readonly { readonly text: string; readonly score: number }[]
}
