import { blockId, type Change, type Decision, type Page, type Status } from '@broadsheet/document'
import type { Draft } from './anchor.ts'
import { createFit } from './fit.ts'
import type { Certainty } from './rule.ts'

export type Setting = 'off' | 'propose' | 'apply'

type Verdict = Extract<Decision, { verdict: 'accept' | 'reject' }>

/** The record being written: gives ids, minds decisions, and lets nothing in that does not fit what is already there. */
export interface Ledger {
  readonly changes: readonly Change[]
  /**
   * Enters a draft. False when nothing was entered: it is known already, or it overlaps an earlier change.
   * Findings of the same rule at the same place are one.
   */
  add(draft: Draft, certainty: Certainty, setting?: Setting): boolean
  /** The decision that a draft would meet. */
  verdictOn(draft: Draft): 'accept' | 'reject' | undefined
  /** What could not be done as decided. */
  notes(): string[]
}

export function createLedger(page: Page, decisions: readonly Decision[]): Ledger {
  const changes: Change[] = []
  const byId = new Map<string, Change>()
  const verdicts = new Map<string, Verdict>()
  const used = new Set<string>()
  const notes = new Set<string>()
  for (const decision of decisions) if (decision.verdict !== 'make') verdicts.set(decision.change, decision)
  const fit = createFit(page)

  const verdictFor = (id: string, draft: Draft): Verdict | undefined => {
    const verdict = verdicts.get(id) ?? verdicts.get(everywhere(draft.rule))
    if (!verdict) return undefined
    used.add(verdict.change)
    if (verdict.before === undefined || verdict.before === draft.before) return verdict
    notes.add(`The decision on ${id} was about “${verdict.before}”, but “${draft.before}” stands there now: it was not followed.`)
    return undefined
  }
  return {
    changes,
    verdictOn: (draft) => (verdicts.get(freeId(draft, byId) ?? '') ?? verdicts.get(everywhere(draft.rule)))?.verdict,
    add(draft, certainty, setting) {
      const id = freeId(draft, byId)
      if (id === undefined) return false
      const verdict = verdictFor(id, draft)
      const status = statusOf(draft, certainty, setting, verdict)
      const change = { ...decided(draft, verdict), id, status } as Change
      if (!fit.accepts(change)) {
        if (verdict?.verdict === 'accept') notes.add(`${id} was accepted, but it overlaps another change: it was not made.`)
        return false
      }
      fit.enter(change)
      byId.set(id, change)
      changes.push(inOrder(change))
      return true
    },
    notes: () => [
      ...notes,
      ...[...verdicts.keys()]
        .filter((id) => !used.has(id))
        .map((id) => `The decision on ${id} was not needed: nothing is found there any more.`)
    ]
  }
}

/** A decision on all that a rule finds on the page; one on a single change goes before it. */
const everywhere = (rule: string): string => `${rule}/*`

/** `<rule>/<region>@<from>`, then `:<kind>`, then `:<n>`; undefined when the same thing has been said already. */
function freeId(draft: Draft, taken: ReadonlyMap<string, Change>): string | undefined {
  const base = `${draft.rule}/${draft.region}@${draft.from}`
  for (let n = 0; ; n++) {
    const id = n === 0 ? base : n === 1 ? `${base}:${draft.kind}` : `${base}:${n}`
    const other = taken.get(id)
    if (!other) return id
    if (other.kind === draft.kind && (other.to === draft.to || draft.kind === 'flag')) return undefined
  }
}

function statusOf(draft: Draft, certainty: Certainty, setting: Setting | undefined, verdict: Verdict | undefined): Status {
  if (verdict) return verdict.verdict === 'accept' ? 'applied' : 'rejected'
  if (draft.kind === 'flag') return 'applied'
  if (setting) return setting === 'apply' ? 'applied' : 'proposed'
  return certainty === 'certain' ? 'applied' : 'proposed'
}

/** The draft as a person decided it: another text, another target, or a flag that became a text. */
function decided(draft: Draft, verdict: Verdict | undefined): Draft {
  if (verdict?.verdict !== 'accept' || verdict.after === undefined) return draft
  if (draft.kind === 'replace') return { ...draft, after: verdict.after }
  if (draft.kind === 'flag') {
    const { guesses, ...flag } = draft
    return { ...flag, kind: 'replace', after: verdict.after, ...(guesses ? { candidates: guesses } : {}) }
  }
  if (draft.kind !== 'join') return draft
  const chosen = draft.candidates?.find(({ text, target }) => text === verdict.after || blockId(target) === verdict.after)
  return chosen ? { ...draft, target: chosen.target } : draft
}

/** The members in one order, so that records of two versions can be compared line by line. */
function inOrder(change: Change): Change {
  const { id, kind, rule, status, region, from, to, before } = change
  return Object.assign({ id, kind, rule, status, region, from, to, before }, change) as Change
}
