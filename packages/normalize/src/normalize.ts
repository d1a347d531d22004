import {
  type Block,
  blockText,
  type Change,
  type Decision,
  isHan,
  memoize,
  type Page,
  rawText,
  replay,
  type TextRegion,
  textRegions,
  uprightPage
} from '@broadsheet/document'
import { createAnchor, type Draft } from './anchor.ts'
import { type Answer, questionKey } from './ask/corrector.ts'
import type { LanguageModel } from './language/language-model.ts'
import { loadLanguageModel } from './language/load.ts'
import { rememberAnswers } from './language/remember.ts'
import { createLedger, type Ledger, type Setting } from './ledger.ts'
import type { Profile } from './profile/index.ts'
import { type Context, phases, type Rule, type Writing } from './rule.ts'
import { rules as houseRules } from './rules/index.ts'

export interface NormalizeOptions {
  /** BCP 47; absent: what the page says, else what its letters suggest. */
  readonly language?: string
  /** By rule name. `off`: not run. `propose`: finds nothing certain. `apply`: what it would propose is applied. */
  readonly rules?: Readonly<Record<string, Setting>>
  /** What people decided, oldest first; the last word on a change counts. */
  readonly decisions?: readonly Decision[]
  readonly profile?: Profile
  /** Absent: the model that comes with the package. */
  readonly model?: LanguageModel
  /** What a language model outside said to the questions of `questionsOf`; the last answer to a question counts. */
  readonly answers?: readonly Answer[]
}

export interface Normalized {
  /** The page that was given, untouched. */
  readonly page: Page
  /** In the order of the page. */
  readonly changes: Change[]
  /** `replay(page, changes)`. */
  readonly blocks: Block[]
  /** What could not be done as decided, one sentence each. */
  readonly notes: string[]
}

/**
 * Cleans a page: runs the rules of the house, phase by phase, until they find nothing new.
 * A pure function of its arguments.
 *
 * @throws Error when `options.rules` names a rule that does not exist.
 */
export function normalize(page: Page, options: NormalizeOptions = {}): Normalized {
  return applyRules(page, houseRules, options)
}

/** As `normalize`, with these rules and no others. */
export function applyRules(page: Page, rules: readonly Rule[], options: NormalizeOptions = {}): Normalized {
  const settings = checkSettings(rules, options.rules ?? {})
  const writing = writingOf(page, options.language)
  const running = inOrder(rules).filter((rule) => settings[rule.name] !== 'off' && (rule.writing ?? writing) === writing)
  const session = openSession(uprightPage(page), writing, options)
  for (let round = 0; round < maxRounds && runRound(session, running, settings); round++);
  const { ledger } = session
  const changes = inPageOrder(page, ledger.changes)
  return { page, changes, blocks: replay(page, changes), notes: [...session.makes.notes(), ...ledger.notes()] }
}

/** Rules that feed each other settle in two or three rounds; what has not settled then is left for the next run. */
const maxRounds = 5

function inOrder(rules: readonly Rule[]): Rule[] {
  return phases.flatMap((phase) => rules.filter((rule) => rule.phase === phase))
}

function checkSettings(rules: readonly Rule[], settings: Readonly<Record<string, Setting>>): Readonly<Record<string, Setting>> {
  const names = new Set([...rules, ...houseRules].map((rule) => rule.name))
  for (const name of Object.keys(settings))
    if (!names.has(name)) throw new Error(`Expected the name of a rule (${[...names].join(', ')}) but received “${name}”`)
  return settings
}

/** One run over one page: the record so far, and the blocks it makes. */
interface Session {
  readonly page: Page
  readonly ledger: Ledger
  readonly makes: Makes
  readonly base: Omit<Context, 'blocks' | 'changes'>
  /** The blocks each rule saw last: where nothing changed since, it need not look again. */
  readonly seen: Map<string, readonly Block[]>
  blocks: readonly Block[]
}

function openSession(page: Page, writing: Writing, options: NormalizeOptions): Session {
  const decisions = options.decisions ?? []
  const textOf = memoize(blockText)
  const regions = new Map<string, TextRegion>(textRegions(page).map((region) => [region.id, region]))
  const language = options.language ?? page.language ?? (writing === 'chinese' ? 'zh-Hans' : 'en')
  const model = rememberAnswers(options.model ?? loadLanguageModel())
  const names = new Set([...(options.profile?.names ?? []), ...(model.names ?? [])])
  const answers = new Map((options.answers ?? []).map((answer) => [questionKey(answer), answer]))
  const base = { page, language, writing, regions, model, profile: options.profile, names, answers, textOf }
  return {
    page,
    ledger: createLedger(page, decisions),
    makes: createMakes(page, decisions),
    base,
    seen: new Map(),
    blocks: replay(page, [])
  }
}

/** Runs every rule once; true when the blocks are others than before. */
function runRound(session: Session, rules: readonly Rule[], settings: Readonly<Record<string, Setting>>): boolean {
  const before = session.blocks
  for (const rule of rules) {
    if (session.makes.enter(session.ledger)) session.blocks = replay(session.page, session.ledger.changes)
    if (session.seen.get(rule.name) === session.blocks) continue
    session.seen.set(rule.name, session.blocks)
    if (runRule(session, rule, settings[rule.name])) session.blocks = replay(session.page, session.ledger.changes)
  }
  if (session.makes.enter(session.ledger)) session.blocks = replay(session.page, session.ledger.changes)
  return session.blocks !== before
}

/** Enters what a rule finds; true when the text or structure of the blocks changed by it. */
function runRule({ page, ledger, base, blocks }: Session, rule: Rule, setting: Setting | undefined): boolean {
  const findings = [...rule.find({ ...base, blocks, changes: ledger.changes })]
  if (findings.length === 0) return false
  const anchor = createAnchor(page, blocks, ledger.changes)
  const drafts = findings.flatMap((finding) => anchor.place(rule.name, finding).map((draft) => ({ draft, certainty: finding.certainty })))
  // What a person accepted goes before what the rule would rather do.
  const accepted = drafts.filter(({ draft }) => ledger.verdictOn(draft) === 'accept')
  const others = drafts.filter(({ draft }) => ledger.verdictOn(draft) !== 'accept')
  const known = ledger.changes.length
  for (const { draft, certainty } of [...accepted, ...others]) ledger.add(draft, certainty, setting)
  return ledger.changes.slice(known).some((change) => change.status === 'applied' && change.kind !== 'flag')
}

/** Changes of a reviewer's own: each enters as soon as the block it speaks of exists. */
interface Makes {
  enter(ledger: Ledger): boolean
  notes(): string[]
}

function createMakes(page: Page, decisions: readonly Decision[]): Makes {
  let waiting = decisions.flatMap((decision) => (decision.verdict === 'make' ? [decision.make as Draft] : []))
  const refusals = new Map<Draft, string>()
  const tryToEnter = (draft: Draft, ledger: Ledger): boolean => {
    const fitting = draft.kind === 'label' ? { ...draft, roleBefore: roleAt(page, ledger.changes, draft) ?? draft.roleBefore } : draft
    try {
      replay(page, [...ledger.changes, { ...fitting, id: 'reviewer', status: 'applied' } as Change])
    } catch (error) {
      refusals.set(draft, error instanceof Error ? error.message : String(error))
      return false
    }
    return ledger.add(fitting, 'certain', 'apply')
  }
  return {
    enter(ledger) {
      const left = waiting.filter((draft) => !tryToEnter(draft, ledger))
      const entered = left.length < waiting.length
      waiting = left
      return entered
    },
    notes: () =>
      waiting.map(
        (draft) =>
          `A reviewer's ${draft.kind} at ${draft.region}@${draft.from} was not made: ${refusals.get(draft) ?? 'it overlaps another change.'}`
      )
  }
}

function roleAt(page: Page, changes: readonly Change[], { region, from }: Draft): Block['role'] | undefined {
  const id = from === 0 ? region : `${region}@${from}`
  return replay(page, changes).find((block) => block.id === id)?.role
}

/** By the letters of the page, which do not lie; by its language where it has hardly any. */
function writingOf(page: Page, language: string | undefined): Writing {
  let han = 0
  let letters = 0
  for (const region of textRegions(page))
    for (const char of rawText(region).slice(0, 5000)) {
      if (isHan(char)) han++
      else if (/\p{L}/u.test(char)) letters++
    }
  // A Chinese character weighs about as much as three letters.
  if (han + letters >= 50) return han * 3 >= letters ? 'chinese' : 'alphabetic'
  const primary = (language ?? page.language)?.split('-')[0]
  if (primary) return ['zh', 'yue', 'lzh', 'ja'].includes(primary) ? 'chinese' : 'alphabetic'
  return han > 0 || letters === 0 ? 'chinese' : 'alphabetic'
}

function inPageOrder(page: Page, changes: readonly Change[]): Change[] {
  const places = new Map(textRegions(page).map((region, index) => [region.id, index]))
  return changes
    .map((change, index) => ({ change, index }))
    .sort(
      (a, b) =>
        places.get(a.change.region)! - places.get(b.change.region)! ||
        a.change.from - b.change.from ||
        a.change.to - b.change.to ||
        a.index - b.index
    )
    .map(({ change }) => change)
}
