import type { Jump } from '@broadsheet/document'
import { isOpen } from './assemble.ts'
import type { PageFacts } from './folio-facts.ts'
import { type JumpLine, parseJump, plainLabel } from './jump.ts'
import type { PageGroup } from './page-group.ts'
import type { BlockView } from './view.ts'

/** One page's share of an article, on its way into an issue. */
export interface Piece {
  readonly page: string
  /** Its number among the articles of its page, from 1. */
  readonly number: number
  readonly group: PageGroup
}

/** A piece that goes on on another page, and how sure that is. */
export interface JumpLink {
  readonly from: Piece
  readonly to: Piece
  readonly confidence: number
  readonly reason: string
}

export interface JumpLinks {
  readonly links: readonly JumpLink[]
  readonly jumps: ReadonlyMap<Piece, readonly Jump[]>
  /** Jump lines without another end, one sentence each. */
  readonly contradictions: readonly string[]
}

interface End {
  readonly piece: Piece
  readonly view: BlockView
  readonly line: JumpLine
}

/** How well two ends fit, from which on they are one article. */
const enough = 0.5

/** Finds the other end of every jump line: on the page it names, best by heading, by the other's jump line and by the flow of the sentence. */
export function linkJumps(pieces: readonly Piece[], facts: readonly PageFacts[]): JumpLinks {
  const labels = new Map(
    facts.map((fact) => [fact.page, fact.label === undefined ? (fact.isFront ? '1' : undefined) : plainLabel(fact.label)])
  )
  const ends = pieces.flatMap((piece) => endsOf(piece))
  const candidates = ends.flatMap((end) => partnersOf(end, ends, pieces, labels)).sort((a, b) => b.confidence - a.confidence)
  const links: JumpLink[] = []
  const usedFrom = new Set<Piece>()
  const usedTo = new Set<Piece>()
  for (const link of candidates) {
    if (usedFrom.has(link.from) || usedTo.has(link.to) || link.confidence < enough || goesRound(link, links)) continue
    usedFrom.add(link.from)
    usedTo.add(link.to)
    links.push(link)
  }
  return settleEnds(ends, links, labels)
}

function goesRound(link: JumpLink, links: readonly JumpLink[]): boolean {
  for (let at: Piece | undefined = link.to; at; at = links.find((other) => other.from === at)?.to) if (at === link.from) return true
  return false
}

function endsOf(piece: Piece): End[] {
  return piece.group.blocks.flatMap((view) => {
    const line = view.block.role === 'jump-line' ? parseJump(view.text) : undefined
    return line ? [{ piece, view, line }] : []
  })
}

type Labels = ReadonlyMap<string, string | undefined>

/** Whether a printed label means this page. A page without a label may be any. */
function isPage(printed: string, page: string, labels: Labels): boolean | undefined {
  const label = labels.get(page)
  if (label === undefined) return undefined
  const wanted = plainLabel(printed)
  return label === wanted || label.replace(/^[A-Z]+/, '') === wanted || wanted.replace(/^[A-Z]+/, '') === label
}

function partnersOf(end: End, ends: readonly End[], pieces: readonly Piece[], labels: Labels): JumpLink[] {
  return pieces.flatMap((other) => {
    if (other.page === end.piece.page || isPage(end.line.pageLabel, other.page, labels) === false) return []
    const onLabel = isPage(end.line.pageLabel, other.page, labels) === true
    const backwards = ends.find((back) => back.piece === other && back.line.direction !== end.line.direction)
    const pointsBack = backwards !== undefined && isPage(backwards.line.pageLabel, end.piece.page, labels) !== false
    if (backwards && !pointsBack) return []
    const [from, to] = end.line.direction === 'to' ? [end.piece, other] : [other, end.piece]
    const heading = headingFit(from, to, end.line.title)
    const flow = flowFit(from, to)
    const score = (onLabel ? 0.3 : 0) + (pointsBack ? 0.35 : 0) + heading * 0.35 + flow * 0.15
    const reason = [
      onLabel ? 'page number' : '',
      pointsBack ? 'jump lines at both ends' : '',
      heading > 0.3 ? 'heading' : '',
      flow > 0 ? 'unfinished sentence' : ''
    ]
    return [{ from, to, confidence: Math.min(0.99, score), reason: `Goes on by ${reason.filter((word) => word !== '').join(', ')}.` }]
  })
}

function headText(piece: Piece): string {
  return piece.group.blocks
    .filter(({ block }) => block.role === 'heading')
    .map(({ text }) => text)
    .join('')
}

/** How much of the shorter heading stands in the other, by pairs of characters, 0 to 1. */
function headingFit(from: Piece, to: Piece, title: string | undefined): number {
  const a = headText(from)
  const b = headText(to)
  if (title !== undefined && (a + b).toLowerCase().includes(title.toLowerCase())) return 1
  const [small, large] = [pairs(a), pairs(b)].sort((x, y) => x.size - y.size) as [Set<string>, Set<string>]
  if (small.size === 0) return 0
  let shared = 0
  for (const pair of small) if (large.has(pair)) shared++
  return shared / small.size
}

function pairs(text: string): Set<string> {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, index) => plain.slice(index, index + 2)))
}

/** 1 when the first breaks off in a sentence and the second begins in one, by its first letter where letters tell. */
function flowFit(from: Piece, to: Piece): number {
  const last = from.group.blocks.findLast(({ block }) => block.role === 'paragraph')
  const first = to.group.blocks.find(({ block }) => block.role === 'paragraph')
  if (!last || !first) return 0
  return isOpen(last.text) && !/^[\p{Lu}“"■●◆]/u.test(first.text) ? 1 : 0
}

function settleEnds(ends: readonly End[], links: readonly JumpLink[], labels: Labels): JumpLinks {
  const jumps = new Map<Piece, Jump[]>()
  const contradictions: string[] = []
  for (const { piece, view, line } of ends) {
    const partner = line.direction === 'to' ? links.find((link) => link.from === piece)?.to : links.find((link) => link.to === piece)?.from
    const at = { page: piece.page, block: view.block.id }
    const jump: Jump = { direction: line.direction, at, pageLabel: line.pageLabel, ...(partner ? { page: partner.page } : {}) }
    jumps.set(piece, [...(jumps.get(piece) ?? []), jump])
    if (!partner) contradictions.push(missingEnd(piece, line, labels))
  }
  return { links, jumps, contradictions }
}

function missingEnd(piece: Piece, line: JumpLine, labels: Labels): string {
  const named = [...labels].find(([page]) => isPage(line.pageLabel, page, labels) === true)?.[0]
  const heading = headText(piece)
  const what = `${heading === '' ? 'An article' : `“${heading}”`} on page ${piece.page}`
  const where = line.direction === 'to' ? 'goes on on page' : 'comes from page'
  return named
    ? `${what} ${where} ${line.pageLabel}, but nothing on page ${named} fits.`
    : `${what} ${where} ${line.pageLabel}, which is not among the pages.`
}
