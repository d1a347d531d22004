import { type Block, type Change, isReadPiece, type Page, type RawPosition, type RawSpan, rawText, textRegions } from '@broadsheet/document'
import type { Finding, FlagFinding, JoinFinding, LabelFinding, ReplaceFinding, SplitFinding } from './rule.ts'
import { type Structure, structureOf } from './segments.ts'

/** A change that has its place in the raw reading, and as yet neither id nor status. */
export type Draft = DraftOf<Change>
type DraftOf<T> = T extends Change ? Omit<T, 'id' | 'status'> : never

/** Takes findings from block offsets to raw positions, for one state of the blocks. */
export interface Anchor {
  /** The drafts of a finding: none when it touches written characters, several for a flag that spans pieces. */
  place(rule: string, finding: Finding): Draft[]
}

export function createAnchor(page: Page, blocks: readonly Block[], changes: readonly Change[]): Anchor {
  const structure = structureOf(page, blocks, changes)
  const raw = new Map(textRegions(page).map((region) => [region.id, rawText(region)]))
  const byId = new Map(blocks.map((block) => [block.id, block]))
  const tables = new Map<string, PieceTable>()
  const tableOf = (block: Block): PieceTable => {
    const known = tables.get(block.id)
    if (known) return known
    const table = tabulate(block)
    tables.set(block.id, table)
    return table
  }
  return {
    place(rule, finding) {
      const block = byId.get(finding.block)
      if (!block) throw new Error(`Expected the id of a block but rule ${rule} named “${finding.block}”`)
      const base = {
        rule,
        reason: finding.reason,
        confidence: finding.confidence,
        ...(finding.evidence ? { evidence: finding.evidence } : {})
      }
      const place = { base, block, table: tableOf(block), structure, raw, byId }
      switch (finding.kind) {
        case 'replace':
          return placeReplace(place, finding)
        case 'flag':
          return placeFlag(place, finding)
        case 'split':
          return placeSplit(place, finding)
        case 'join':
          return placeJoin(place, finding)
        case 'label':
          return placeLabel(place, finding)
      }
    }
  }
}

interface Place {
  readonly base: Pick<Draft, 'rule' | 'reason' | 'confidence' | 'evidence'>
  readonly block: Block
  readonly table: PieceTable
  readonly structure: Structure
  readonly raw: ReadonlyMap<string, string>
  readonly byId: ReadonlyMap<string, Block>
}

function placeReplace({ base, table, structure, raw }: Place, finding: ReplaceFinding): Draft[] {
  const { from, to, after } = finding.candidates ? finding : trimmed(table.text, finding)
  const span = from === to ? insertionPoint(table, structure, from) : onlySpan(spansOf(table, from, to), to - from)
  if (!span) return []
  const before = raw.get(span.region)!.slice(span.from, span.to)
  if (before === after) return []
  return [{ kind: 'replace', ...base, ...span, before, after, ...(finding.candidates ? { candidates: finding.candidates } : {}) }]
}

/** A change says no more than what changes: what stands alike at both ends is left out (never half a surrogate pair). */
function trimmed(text: string, { from, to, after }: ReplaceFinding): { from: number; to: number; after: string } {
  const before = text.slice(from, to)
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  if (isHighSurrogate(before, head - 1)) head--
  let tail = 0
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  if (isHighSurrogate(before, before.length - tail - 1) && tail > 0) tail--
  return { from: from + head, to: to - tail, after: after.slice(head, after.length - tail) }
}

function isHighSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0xd800 && code <= 0xdbff
}

function onlySpan(spans: readonly RawSpan[], length: number): RawSpan | undefined {
  const [span] = spans
  return span && spans.length === 1 && span.to - span.from === length ? span : undefined
}

/** Behind the character before it if that was read, else before the one that follows; never at a cut, where it would change sides. */
function insertionPoint(table: PieceTable, structure: Structure, at: number): RawSpan | undefined {
  const before = at > 0 ? positionAt(table, at - 1) : undefined
  if (before) return { region: before.region, from: before.at + 1, to: before.at + 1 }
  const after = positionAt(table, at)
  if (!after || (after.at > 0 && structure.segmentAt(after)?.from === after.at)) return undefined
  return { region: after.region, from: after.at, to: after.at }
}

function placeFlag({ base, table, raw }: Place, finding: FlagFinding): Draft[] {
  return mergeSpans(spansOf(table, finding.from, finding.to)).map((span) => ({
    kind: 'flag',
    ...base,
    ...span,
    before: raw.get(span.region)!.slice(span.from, span.to),
    ...(finding.guesses ? { guesses: finding.guesses } : {})
  }))
}

function mergeSpans(spans: readonly RawSpan[]): RawSpan[] {
  const merged: RawSpan[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last && last.region === span.region && span.from >= last.to) merged[merged.length - 1] = { ...last, to: span.to }
    else merged.push(span)
  }
  return merged
}

function placeSplit({ base, table, structure }: Place, finding: SplitFinding): Draft[] {
  const position = positionAt(table, finding.at)
  const segment = position && structure.segmentAt(position)
  if (!position || !segment || position.at <= segment.from) return []
  return [{ kind: 'split', ...base, region: position.region, from: position.at, to: position.at, before: '', role: finding.role }]
}

function placeJoin({ base, block, structure, byId }: Place, finding: JoinFinding): Draft[] {
  const startOf = (id: string): RawPosition => {
    const segment = structure.chainOf(id)[0]
    if (!segment) throw new Error(`Expected the id of a block but rule ${base.rule} named “${id}”`)
    return { region: segment.region, at: segment.from }
  }
  const end = structure.chainOf(block.id).at(-1)!
  if (finding.target === block.id || !byId.has(finding.target)) return []
  const candidates = finding.candidates?.map(({ target, text, score }) => ({ target: startOf(target), text, score }))
  return [
    {
      kind: 'join',
      ...base,
      region: end.region,
      from: end.to,
      to: end.to,
      before: '',
      target: startOf(finding.target),
      glue: finding.glue,
      ...(candidates ? { candidates } : {})
    }
  ]
}

function placeLabel({ base, block, structure }: Place, finding: LabelFinding): Draft[] {
  const start = structure.chainOf(block.id)[0]!
  if (block.role === finding.role) return []
  return [
    {
      kind: 'label',
      ...base,
      region: start.region,
      from: start.from,
      to: start.from,
      before: '',
      roleBefore: block.role,
      role: finding.role
    }
  ]
}

/** A block's text with the places of its pieces, to find the piece of an offset in logarithmic time. */
interface PieceTable {
  readonly block: Block
  readonly text: string
  readonly starts: readonly number[]
}

function tabulate(block: Block): PieceTable {
  const starts: number[] = []
  const texts: string[] = []
  let at = 0
  for (const piece of block.pieces) {
    starts.push(at)
    texts.push(piece.text)
    at += piece.text.length
  }
  return { block, text: texts.join(''), starts }
}

function pieceIndexAt({ starts }: PieceTable, offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

function positionAt(table: PieceTable, offset: number): RawPosition | undefined {
  if (offset < 0 || offset >= table.text.length) return undefined
  const index = pieceIndexAt(table, offset)
  const piece = table.block.pieces[index]!
  return isReadPiece(piece) ? { region: piece.region, at: piece.at + offset - table.starts[index]! } : undefined
}

function spansOf(table: PieceTable, from: number, to: number): RawSpan[] {
  const spans: RawSpan[] = []
  for (let index = Math.max(0, pieceIndexAt(table, from)); index < table.starts.length && table.starts[index]! < to; index++) {
    const piece = table.block.pieces[index]!
    const start = table.starts[index]!
    const first = Math.max(from, start) - start
    const last = Math.min(to, start + piece.text.length) - start
    if (isReadPiece(piece) && last > first) spans.push({ region: piece.region, from: piece.at + first, to: piece.at + last })
  }
  return spans
}
