import type { TextRole } from '@broadsheet/document'
import { blankPictures } from './blanks.ts'
import { type Blob, heightOf, shared, widthOf } from './blob.ts'
import { type Block, bodySize, buildBlocks, median, nameBlocks } from './blocks.ts'
import { findFrames } from './frames.ts'
import { initialsOf, withInitials } from './initials.ts'
import { orderBlocks, otherOrders } from './reading-order.ts'
import type { Rule } from './rules.ts'
import { type FoundTable, findTables } from './tables.ts'
import type { TextLine } from './text-line.ts'

/** A region on the straight picture. */
export interface TextRegionFound {
  readonly role: TextRole
  readonly lines: readonly TextLine[]
  /** Left edge of its column. */
  readonly edge: number
  readonly column?: number
  readonly orderConfidence: number
}

export interface RegionContext {
  readonly em: number
  readonly latin: boolean
  /** A vertical page, turned so that its lines run across. */
  readonly turned: boolean
}

/** The lines of a straight page, and what stands between them. */
interface Ground {
  readonly lines: readonly TextLine[]
  readonly rules: readonly Rule[]
  readonly pictures: readonly Blob[]
}

/** Puts lines together to regions in reading order: a region for every paragraph and every heading. */
export function buildRegions(pieces: Ground, context: RegionContext): TextRegionFound[] {
  const { blocks, page, initials } = toBlocks(pieces, context)
  const edges = columnEdges(blocks, context.em)
  return orderBlocks(blocks, page).flatMap(({ block, confidence }) => {
    const edge = edgeOf(block, edges, context.em)
    const column = edges.length > 1 ? columnOf(block, edges) : undefined
    return partsOf(block, edge, context.latin).map((lines) => ({
      role: roleOf(block),
      lines: withInitials(lines, initials),
      edge,
      ...(column === undefined ? {} : { column }),
      orderConfidence: confidence
    }))
  })
}

/** The same lines in an order that was plausible too, most plausible first. */
export function otherLineOrders(
  pieces: Ground,
  context: RegionContext
): { readonly lines: readonly TextLine[]; readonly confidence: number }[] {
  const { blocks, page, initials } = toBlocks(pieces, context)
  return otherOrders(blocks, page).map(({ blocks: ordered, confidence }) => ({
    lines: withInitials(
      ordered.flatMap((block) => block.lines),
      initials
    ),
    confidence
  }))
}

interface Blocks {
  readonly blocks: Block[]
  readonly page: Parameters<typeof orderBlocks>[1]
  /** Initials, which go with the lines they begin and are in no block. */
  readonly initials: ReadonlyMap<TextLine, TextLine>
}

function toBlocks(pieces: Ground, { em, latin, turned }: RegionContext): Blocks {
  const initials = latin ? initialsOf(pieces.lines, em) : new Map<TextLine, TextLine>()
  const tables = findTables(pieces.lines, pieces.rules, em)
  const placed = new Set([...tables.flatMap((table) => table.lines), ...initials.values()])
  const running = buildBlocks(
    pieces.lines.filter((line) => !placed.has(line)),
    pieces.rules,
    em,
    latin
  )
  const seen = [...pieces.pictures, ...emptyFrames(pieces, em)]
  const body = bodySize(running, em)
  const pictures = [...seen, ...(turned ? [] : blankPictures(running, { rules: pieces.rules, pictures: seen, body, latin }))]
  const blocks = nameBlocks([...running, ...tables.map(toTableBlock)], pictures, em)
  return { blocks, page: { rules: pieces.rules, pictures, turned, em }, initials }
}

function partsOf(block: Block, edge: number, latin: boolean): (readonly TextLine[])[] {
  if (block.kind === 'text') return splitParagraphs(block, edge, latin)
  return block.kind === 'table' ? block.lines.map((line) => [line]) : [block.lines]
}

/** Lines cover less than this share of a printed box that holds a drawing: a mark or two of it that look like type. */
const leastLettered = 0.02

/** Printed boxes without text in them: drawings and engravings. */
function emptyFrames({ lines, rules }: Ground, em: number): Blob[] {
  const covers = (frame: Blob, line: Blob): number =>
    Math.max(0, shared(line.x0, line.x1, frame.x0, frame.x1)) * Math.max(0, shared(line.y0, line.y1, frame.y0, frame.y1))
  return findFrames(rules, em).filter(
    (frame) => lines.reduce((sum, line) => sum + covers(frame, line), 0) < leastLettered * widthOf(frame) * heightOf(frame)
  )
}

const roles: Readonly<Record<Block['kind'], TextRole>> = { heading: 'heading', caption: 'caption', table: 'table', text: 'paragraph' }

function roleOf(block: Block): TextRole {
  return roles[block.kind]
}

/** A table is read as a whole, row by row; every cell is a region. */
function toTableBlock(table: FoundTable): Block {
  const { x0, x1, y0, y1, area, lines } = table
  return { x0, x1, y0, y1, area, lines, em: median(lines.map((line) => line.em)), kind: 'table' }
}

/** Left edges of the page's columns: where several lines of body text begin, from left to right. */
function columnEdges(blocks: readonly Block[], em: number): number[] {
  const body = bodySize(blocks, em)
  const starts = blocks
    .filter((block) => block.kind === 'text' && block.lines.length >= 3 && Math.abs(block.em / body - 1) < 0.2)
    .map((block) => block.x0)
    .sort((a, b) => a - b)
  const edges: number[] = []
  for (const start of starts) if (edges.length === 0 || start - edges.at(-1)! > 3 * em) edges.push(start)
  return edges
}

function columnOf(block: Block, edges: readonly number[]): number {
  let column = 0
  for (const [index, edge] of edges.entries()) if (edge <= block.x0 + 2.5 * block.em) column = index
  return column
}

/** Where the block's column begins: a block of one indented line is measured from the column's edge, not its own. */
function edgeOf(block: Block, edges: readonly number[], em: number): number {
  const near = edges.filter((edge) => edge <= block.x0 + 0.5 * em && edge > block.x0 - 3.2 * em)
  return near.length > 0 ? Math.min(block.x0, near.at(-1)!) : block.x0
}

/** First-line indents, in ems: two characters in Chinese, about one in alphabets. */
const indents = { eastAsian: [1.3, 3.2], latin: [0.5, 3.5] } as const

/** Cuts a column's piece of text into paragraphs: at first-line indents, and after lines that end well short of the measure. */
function splitParagraphs(block: Block, edge: number, latin: boolean): TextLine[][] {
  if (isCentred(block)) return [[...block.lines]]
  const [least, most] = latin ? indents.latin : indents.eastAsian
  const right = Math.max(...block.lines.map((line) => line.x1))
  const indentOf = (index: number): number => (block.lines[index]!.x0 - edgeBeside(block, index, edge)) / block.em
  const parts: TextLine[][] = []
  for (const [index, line] of block.lines.entries()) {
    const indent = indentOf(index)
    const before = block.lines[index - 1]
    const follows = before !== undefined && indentOf(index - 1) < least
    const starts = indent >= least && indent <= most && (index === 0 || follows || isShort(before!, right, block.em))
    if (index === 0 || starts || (!latin && isShort(before!, right, block.em))) parts.push([line])
    else parts.at(-1)!.push(line)
  }
  return parts
}

/** How many lines above and below tell where a column begins, how level they begin, in ems, and the fewest lines that tell it by themselves. */
const beside = 8
const sameEdge = 0.3
const fewestBeside = 4

/**
 * Where the column begins at one of a block's lines: at the first place where two of the lines near it begin. Columns lean and give way
 * to pictures, and a speck before one line is no edge.
 */
function edgeBeside({ lines, em }: Block, index: number, edge: number): number {
  if (lines.length < fewestBeside) return edge
  const starts = lines
    .slice(Math.max(0, index - beside), index + beside + 1)
    .map(({ x0 }) => x0)
    .sort((a, b) => a - b)
  return starts.find((start, k) => k + 1 < starts.length && starts[k + 1]! - start < sameEdge * em) ?? edge
}

/** Fewest lines that are seen to be set in the middle, how level their middles lie and how unevenly the middle half of them begins, in ems, and how many must. */
const fewestCentred = 3
const sameMiddle = 0.5
const leastUneven = 1
const mostCentred = 0.8

/** Lines set in the middle: where they begin tells nothing. */
function isCentred({ lines, em }: Block): boolean {
  const middle = median(lines.map((line) => (line.x0 + line.x1) / 2))
  const starts = lines.map((line) => line.x0).sort((a, b) => a - b)
  const centred = lines.filter((line) => Math.abs((line.x0 + line.x1) / 2 - middle) < sameMiddle * em)
  const uneven = starts[(3 * starts.length) >> 2]! - starts[starts.length >> 2]! > leastUneven * em
  return lines.length >= fewestCentred && centred.length >= mostCentred * lines.length && uneven
}

function isShort(line: TextLine, right: number, em: number): boolean {
  return right - line.x1 > 2.2 * em
}
