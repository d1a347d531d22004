import {
  type Change,
  type Join,
  type Label,
  type Page,
  type Replace,
  rawText,
  type Split,
  type TextRole,
  textRegions
} from '@broadsheet/document'

/** A stretch of raw text between two splits, as the changes claim it. */
export interface Segment {
  readonly region: string
  readonly from: number
  readonly to: number
  readonly text: string
  /** Place among all segments in raw reading order. */
  readonly order: number
  readonly role: TextRole
  readonly roleBefore: TextRole
  /** The split it begins with and the labels it got. */
  readonly changes: readonly string[]
  readonly replaces: readonly Replace[]
}

export interface Claims {
  readonly segments: readonly Segment[]
  /** By the segment whose end it hangs on. */
  readonly joins: ReadonlyMap<Segment, { readonly join: Join; readonly target: Segment }>
  /** Segments that are joined to another: they begin no block. */
  readonly joined: ReadonlySet<Segment>
  /** Claims that do not fit the page. */
  readonly misfits: readonly { readonly change: Change; readonly message: string }[]
}

/** What the applied changes claim about a page, read without `replay`: so that each can be a check of the other. */
export function readClaims(page: Page, changes: readonly Change[]): Claims {
  const misfits: { change: Change; message: string }[] = []
  const texts = new Map(textRegions(page).map((region) => [region.id, rawText(region)]))
  const fitting = changes.filter((change) => {
    if (change.status !== 'applied' || change.kind === 'flag') return false
    const text = texts.get(change.region)
    const found = text?.slice(change.from, change.to)
    if (text !== undefined && (change.kind === 'label' || found === change.before)) return true
    misfits.push({ change, message: text === undefined ? 'There is no such region.' : `“${found}” stands there, not “${change.before}”.` })
    return false
  })
  const segments = textRegions(page).flatMap((region) => cut(region.id, region.role, texts.get(region.id)!, fitting))
  const ordered = segments.map((segment, order) => ({ ...segment, order }))
  return { segments: ordered, ...linkAll(ordered, fitting, misfits), misfits }
}

function cut(region: string, role: TextRole, text: string, changes: readonly Change[]): Omit<Segment, 'order'>[] {
  const here = changes.filter((change) => change.region === region)
  const splits = here.filter((change): change is Split => change.kind === 'split').sort((x, y) => x.from - y.from)
  const bounds = [0, ...splits.map((split) => split.from), text.length]
  return bounds.slice(0, -1).map((from, index) => {
    const to = bounds[index + 1]!
    const split = splits[index - 1]
    const roleBefore = split?.role ?? role
    const labels = followLabels(
      roleBefore,
      here.filter((change): change is Label => change.kind === 'label' && change.from === from)
    )
    return {
      region,
      from,
      to,
      text: text.slice(from, to),
      role: labels.at(-1)?.role ?? roleBefore,
      roleBefore: split ? role : roleBefore,
      changes: [...(split ? [split.id] : []), ...labels.map((label) => label.id)],
      replaces: here.filter((change): change is Replace => change.kind === 'replace' && owns(from, to, index === 0, change)).sort(byPlace)
    }
  })
}

/** An insertion at a cut belongs to the segment before it. */
function owns(from: number, to: number, first: boolean, change: Replace): boolean {
  return change.from >= from && change.to <= to && (change.to > from || first)
}

function byPlace(x: Replace, y: Replace): number {
  return x.from - y.from || x.to - y.to
}

function followLabels(start: TextRole, labels: readonly Label[]): Label[] {
  const chain: Label[] = []
  const left = [...labels]
  for (let role = start; left.length > 0; ) {
    const next = left.findIndex((label) => label.roleBefore === role)
    const label = left.splice(Math.max(0, next), 1)[0]!
    chain.push(label)
    role = label.role
  }
  return chain
}

function linkAll(
  segments: readonly Segment[],
  changes: readonly Change[],
  misfits: { change: Change; message: string }[]
): Pick<Claims, 'joins' | 'joined'> {
  const starts = new Map(segments.map((segment) => [`${segment.region}@${segment.from}`, segment]))
  const ends = new Map(segments.map((segment) => [`${segment.region}@${segment.to}`, segment]))
  const joins = new Map<Segment, { join: Join; target: Segment }>()
  const joined = new Set<Segment>()
  for (const join of changes) {
    if (join.kind !== 'join') continue
    const tail = ends.get(`${join.region}@${join.to}`)
    const target = starts.get(`${join.target.region}@${join.target.at}`)
    if (!tail || !target || joins.has(tail) || joined.has(target) || reaches(target, tail, joins))
      misfits.push({ change: join, message: 'The two ends of this join cannot be joined.' })
    else {
      joins.set(tail, { join, target })
      joined.add(target)
    }
  }
  return { joins, joined }
}

function reaches(from: Segment, to: Segment, joins: ReadonlyMap<Segment, { target: Segment }>): boolean {
  for (let at: Segment | undefined = from; at; at = joins.get(at)?.target) if (at === to) return true
  return false
}
