import {
  type Block,
  type Box,
  type CleanPage,
  type Line,
  memoize,
  type Point,
  type TextRegion,
  type TextRole,
  unionBoxes,
  type Variant
} from '@broadsheet/document'
import { boxOf, type Cell, cellsOf } from './cells.ts'
import { createIds } from './xml-writer.ts'

/**
 * The clean text as it stands on the paper: what formats of lines and words (ALTO, PAGE-XML, hOCR) are written from.
 * A block that goes on in another region is several printed blocks, linked by `next`.
 */
export interface PrintedBlock {
  /** Unique within the page, and an XML id: the block's, or for its later parts the region's. */
  readonly id: string
  readonly block: string
  readonly role: TextRole
  readonly region: TextRegion
  readonly box?: Box
  readonly polygon?: readonly Point[]
  readonly lines: readonly PrintedLine[]
  /** The printed block in which the same block goes on. */
  readonly next?: string
}

export interface PrintedLine {
  readonly id: string
  readonly line: Line
  readonly box?: Box
  readonly words: readonly PrintedWord[]
  /** Whether a blank stands between its last word and the next line's first. */
  readonly blankAfter: boolean
}

export interface PrintedWord {
  /** Without the one blank that parts it from the next. */
  readonly text: string
  readonly box?: Box
  readonly confidence?: number
  /** One a character, or none where the engine gave none. */
  readonly glyphs: readonly PrintedGlyph[]
}

export interface PrintedGlyph {
  readonly text: string
  readonly box: Box
  readonly confidence?: number
  readonly variants: readonly Variant[]
}

/**
 * Which words are written with their glyphs: `all`; `doubtful`, those with a character that was not read surely or that could
 * be another; `none`. A word has all of its glyphs or none.
 */
export type GlyphChoice = 'all' | 'doubtful' | 'none'

/** A character read with less confidence than this is doubtful, and one that is another with more than that. */
const sure = 0.9
const possible = 0.05

export function chosenGlyphs({ glyphs }: PrintedWord, choice: GlyphChoice): readonly PrintedGlyph[] {
  if (choice === 'all') return glyphs
  return choice === 'doubtful' && glyphs.some(isDoubtful) ? glyphs : []
}

function isDoubtful({ confidence, variants }: PrintedGlyph): boolean {
  return (confidence ?? 1) < sure || variants.some((variant) => variant.confidence > possible)
}

/** All blocks of a page in reading order. Their text, line by line, is the clean text exactly (`printedText`). */
export const printedBlocks: (clean: CleanPage) => readonly PrintedBlock[] = memoize((clean) => {
  const ids = createIds()
  for (const region of clean.page.regions) if (region.type !== 'text') ids(region.id)
  return clean.blocks.flatMap((block) => printBlock(clean, block, ids))
})

/** The text of a line with the blank after it. */
export function lineText(line: PrintedLine): string {
  return `${line.words.map((word) => word.text).join(' ')}${line.blankAfter ? ' ' : ''}`
}

/** The text of a printed block. */
export function printedText(block: PrintedBlock): string {
  return block.lines.map(lineText).join('')
}

function printBlock(clean: CleanPage, block: Block, ids: (wanted: string) => string): PrintedBlock[] {
  const parts = groupBy(cellsOf(clean.page, block), (cell) => cell.region)
  const names = parts.map((cells, index) => ids(index === 0 ? block.id : cells[0]!.region.id))
  return parts.map((cells, index): PrintedBlock => {
    const region = cells[0]!.region
    const groups = groupBy(cells, (cell) => cell.line)
    const lines = groups.map((line, number) => printLine(line, ids, index === parts.length - 1 && number === groups.length - 1))
    const whole = parts.length === 1 && block.id === region.id && lines.length === region.lines.length
    const box = (whole ? region.box : undefined) ?? unionBoxes(lines.flatMap((line) => line.box ?? []))
    return {
      id: names[index]!,
      block: block.id,
      role: block.role,
      region,
      lines,
      ...(box ? { box } : {}),
      ...(whole && region.polygon ? { polygon: region.polygon } : {}),
      ...(index + 1 < parts.length ? { next: names[index + 1]! } : {})
    }
  })
}

function groupBy<T>(cells: readonly Cell[], key: (cell: Cell) => T): Cell[][] {
  const groups: Cell[][] = []
  let last: T | undefined
  for (const cell of cells) {
    const group = groups.at(-1)
    if (group && key(cell) === last) group.push(cell)
    else groups.push([cell])
    last = key(cell)
  }
  return groups
}

function printLine(cells: readonly Cell[], ids: (wanted: string) => string, last: boolean): PrintedLine {
  const line = cells[0]!.line
  const blankAfter = !last && cells.length > 1 && cells.at(-1)!.char === ' '
  const words = splitWords(blankAfter ? cells.slice(0, -1) : cells).map(printWord)
  const whole = cells.map((cell) => cell.char).join('') === line.text
  const box = (whole ? line.box : undefined) ?? boxOf(cells) ?? line.box
  return { id: ids(line.id), line, words, blankAfter, ...(box ? { box } : {}) }
}

/** Words are parted by one blank; of several in a row, all but the first belong to the word after them. */
function splitWords(cells: readonly Cell[]): Cell[][] {
  const words: Cell[][] = [[]]
  // Whether the word so far holds anything but blanks.
  let begun = false
  for (const [index, cell] of cells.entries()) {
    if (cell.char === ' ' && begun && index < cells.length - 1) {
      words.push([])
      begun = false
    } else {
      words.at(-1)!.push(cell)
      begun ||= cell.char !== ' '
    }
  }
  return words
}

function printWord(cells: readonly Cell[]): PrintedWord {
  const box = boxOf(cells)
  const confidence = confidenceOf(cells)
  const boxed = cells.length > 0 && cells.every((cell) => cell.glyphs.length > 0)
  return {
    text: cells.map((cell) => cell.char).join(''),
    glyphs: boxed ? cells.map(printGlyph) : [],
    ...(box ? { box } : {}),
    ...(confidence === undefined ? {} : { confidence })
  }
}

function printGlyph(cell: Cell): PrintedGlyph {
  const read = cell.change === undefined ? cell.glyphs[0] : undefined
  return {
    text: cell.char,
    box: unionBoxes(cell.glyphs.map((glyph) => glyph.box))!,
    ...(read ? { confidence: read.confidence } : {}),
    variants: read?.variants ?? []
  }
}

/** Mean of the glyphs as they were read, else the word's or the line's own. A written character has no reading to be sure of. */
function confidenceOf(cells: readonly Cell[]): number | undefined {
  const read = cells.filter((cell) => cell.change === undefined)
  const glyphs = read.flatMap((cell) => cell.glyphs)
  if (glyphs.length > 0) return glyphs.reduce((sum, glyph) => sum + glyph.confidence, 0) / glyphs.length
  return read.length > 0 ? read[0]!.line.confidence : undefined
}
