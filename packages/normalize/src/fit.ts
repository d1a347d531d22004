import { type Change, type Join, type Page, rawText, type TextRole, textRegions } from '@broadsheet/document'

/** What may stand beside what: the page's space, as far as changes have taken it. */
export interface Fit {
  accepts(change: Change): boolean
  enter(change: Change): void
}

/**
 * Keeps what `replay` would refuse out of the record: replacements that overlap or cross a cut, joins that meet or go round,
 * labels that do not follow each other. A proposal takes its space too: whoever came first is asked first.
 */
export function createFit(page: Page): Fit {
  const lengths = new Map(textRegions(page).map((region) => [region.id, rawText(region).length]))
  const text = fitText(lengths)
  const joins = fitJoins(lengths, text.cuts)
  const labels = fitLabels()
  return {
    accepts(change) {
      if (change.kind === 'join') return joins.accepts(change)
      if (change.kind === 'label') return labels.accepts(change)
      return text.accepts(change)
    },
    enter(change) {
      if (change.kind === 'join') joins.enter(change)
      else if (change.kind === 'label') labels.enter(change)
      else text.enter(change)
    }
  }
}

function fitText(lengths: ReadonlyMap<string, number>): Fit & { readonly cuts: ReadonlyMap<string, ReadonlySet<number>> } {
  const replaced = new Map<string, Uint8Array>()
  const flagged = new Map<string, Uint8Array>()
  const insertions = new Set<string>()
  const cuts = new Map<string, Set<number>>()
  let serial = 0
  const marksOf = (all: Map<string, Uint8Array>, region: string): Uint8Array => {
    const marks = all.get(region) ?? new Uint8Array(lengths.get(region) ?? 0)
    all.set(region, marks)
    return marks
  }
  /** Between two characters of one replacement: both bear its number. */
  const isInside = (region: string, at: number): boolean => {
    const marks = marksOf(replaced, region)
    return at > 0 && marks[at - 1] !== 0 && marks[at - 1] === marks[at]
  }
  const isCut = (region: string, from: number, to: number): boolean => {
    const inRegion = cuts.get(region)
    if (inRegion) for (let at = from + 1; at < to; at++) if (inRegion.has(at)) return true
    return false
  }
  return {
    cuts,
    accepts({ kind, region, from, to }) {
      if (kind === 'flag') return to > from && marksOf(flagged, region).subarray(from, to).includes(0)
      if (kind === 'split') return !cuts.get(region)?.has(from) && !isInside(region, from)
      if (from === to) return !insertions.has(`${region}@${from}`) && !isInside(region, from)
      const isFree = marksOf(replaced, region)
        .subarray(from, to)
        .every((mark) => mark === 0)
      return isFree && !isCut(region, from, to)
    },
    enter({ kind, region, from, to, status }) {
      if (kind === 'flag') marksOf(flagged, region).fill(1, from, to)
      else if (kind === 'split') {
        if (status === 'applied') cuts.set(region, (cuts.get(region) ?? new Set()).add(from))
      } else if (status !== 'rejected') {
        serial = (serial % 255) + 1
        if (from === to) insertions.add(`${region}@${from}`)
        else marksOf(replaced, region).fill(serial, from, to)
      }
    }
  }
}

interface FitOf<T> {
  accepts(change: T): boolean
  enter(change: T): void
}

function fitJoins(lengths: ReadonlyMap<string, number>, cuts: ReadonlyMap<string, ReadonlySet<number>>): FitOf<Join> {
  const follows = new Map<string, Join>()
  const followed = new Set<string>()
  const said = new Set<string>()
  const endKey = ({ region, to }: Join): string => `${region}@${to}`
  const startKey = ({ target }: Join): string => `${target.region}@${target.at}`
  const endOfTarget = ({ target: { region, at } }: Join): string => {
    let end = lengths.get(region) ?? 0
    for (const cut of cuts.get(region) ?? []) if (cut > at && cut < end) end = cut
    return `${region}@${end}`
  }
  const goesRound = (join: Join): boolean => {
    for (let at: Join | undefined = join; at; at = follows.get(endOfTarget(at))) if (endOfTarget(at) === endKey(join)) return true
    return false
  }
  return {
    accepts: (join) =>
      join.status === 'applied'
        ? !follows.has(endKey(join)) && !followed.has(startKey(join)) && !goesRound(join)
        : !said.has(`${endKey(join)} ${startKey(join)}`),
    enter(join) {
      said.add(`${endKey(join)} ${startKey(join)}`)
      if (join.status !== 'applied') return
      follows.set(endKey(join), join)
      followed.add(startKey(join))
    }
  }
}

function fitLabels(): FitOf<Extract<Change, { kind: 'label' }>> {
  const held = new Map<string, TextRole[]>()
  return {
    // No role is left twice, or the chain of labels could be followed in two ways.
    accepts({ region, from, roleBefore }) {
      const roles = held.get(`${region}@${from}`)
      return !roles || (roles.at(-1) === roleBefore && !roles.slice(0, -1).includes(roleBefore))
    },
    enter({ region, from, roleBefore, role, status }) {
      if (status === 'applied') held.set(`${region}@${from}`, [...(held.get(`${region}@${from}`) ?? [roleBefore]), role])
    }
  }
}
