import {
  type Block,
  type Box,
  blockText,
  isReadPiece,
  type Line,
  lineSpans,
  type Page,
  type TextRegion,
  textRegions,
  unionBoxes
} from '@broadsheet/document'

/** A page's blocks with what their lines tell: where they stand and how large they are set. */
export interface PageView {
  readonly page: Page
  readonly blocks: readonly BlockView[]
  /** The em of the running text, in pixels of the scan; absent without boxes. */
  readonly bodyEm?: number
  /** Whether the running text is set in columns from top to bottom. */
  readonly vertical: boolean
  /** The smallest box round all text. */
  readonly extent?: Box
}

export interface BlockView {
  readonly block: Block
  readonly index: number
  /** Clean text without surrounding blanks. */
  readonly text: string
  readonly lines: readonly Line[]
  /** Round all its lines, wherever they stand; absent without boxes. */
  readonly box?: Box
  /** One box for every region it stands in, in text order. */
  readonly boxes: readonly Box[]
  /** Median em of its lines, in pixels. */
  readonly em?: number
  /** `em` over the em of the running text; 1 without boxes. */
  readonly size: number
  readonly vertical: boolean
  /** Mean confidence of its lines, 0 to 1, where the engine gave any. */
  readonly confidence?: number
  /** Its role is the layout's guess, and no change has confirmed it. */
  readonly isGuess: boolean
}

const views = new WeakMap<readonly Block[], PageView>()

/** Sees the page once for a list of blocks, and keeps what it saw as long as the list lives. */
export function viewPage(page: Page, blocks: readonly Block[]): PageView {
  const known = views.get(blocks)
  if (known && known.page === page) return known
  const view = lookAt(page, blocks)
  views.set(blocks, view)
  return view
}

function lookAt(page: Page, blocks: readonly Block[]): PageView {
  const regions = new Map(textRegions(page).map((region) => [region.id, region]))
  const lines = blocks.map((block) => linesOf(block, regions))
  const all = lines.flat(2)
  const bodyEm = weightedMedian(all.flatMap((line) => measure(line)))
  const extent = unionBoxes(all.flatMap((line) => (line.box ? [line.box] : [])))
  const vertical = isVertical(all)
  return {
    page,
    vertical,
    ...(bodyEm === undefined ? {} : { bodyEm }),
    ...(extent ? { extent } : {}),
    blocks: blocks.map((block, index) => viewBlock(block, index, lines[index]!, bodyEm, regions.get(block.id)))
  }
}

function viewBlock(
  block: Block,
  index: number,
  byRegion: readonly (readonly Line[])[],
  bodyEm: number | undefined,
  region: TextRegion | undefined
): BlockView {
  const lines = byRegion.flat()
  const boxes = byRegion.flatMap((group) => unionBoxes(group.flatMap((line) => (line.box ? [line.box] : []))) ?? [])
  const box = unionBoxes(boxes)
  const em = weightedMedian(lines.flatMap((line) => measure(line)))
  const sure = lines.flatMap((line) => line.confidence ?? [])
  return {
    block,
    index,
    text: blockText(block).trim(),
    lines,
    boxes,
    ...(box ? { box } : {}),
    ...(em === undefined ? {} : { em }),
    size: em === undefined || bodyEm === undefined ? 1 : em / bodyEm,
    vertical: isVertical(lines),
    isGuess: region?.role === block.role,
    ...(sure.length > 0 ? { confidence: sure.reduce((sum, value) => sum + value, 0) / sure.length } : {})
  }
}

/** The printed lines under a block, by the regions it stands in. */
function linesOf(block: Block, regions: ReadonlyMap<string, TextRegion>): Line[][] {
  const groups: { region: string; lines: Line[] }[] = []
  for (const piece of block.pieces) {
    if (!isReadPiece(piece)) continue
    const region = regions.get(piece.region)
    if (!region) continue
    if (groups.at(-1)?.region !== piece.region) groups.push({ region: piece.region, lines: [] })
    const group = groups.at(-1)!
    const end = piece.at + piece.text.length
    for (const span of lineSpans(region))
      if (span.from < end && span.to > piece.at && group.lines.at(-1) !== span.line) group.lines.push(span.line)
  }
  return groups.map((group) => group.lines)
}

interface Measure {
  readonly value: number
  readonly weight: number
}

/** A line's em, weighted by its characters: as the layout measured it, else from the height of its ink. */
function measure(line: Line): Measure[] {
  const weight = line.text.length
  // The ink of a Latin line is as high as its letters happen to be: measured anew, by what rises and hangs in it.
  const isLatin = line.box !== undefined && !/[\p{Script=Han}]/u.test(line.text)
  if (line.emPx !== undefined && !isLatin) return [{ value: Math.min(line.emPx, largestEm(line)), weight }]
  if (!line.box || weight === 0) return []
  const isVertical = line.direction === 'vertical-rl'
  const [across, along] = isVertical ? [line.box.width, line.box.height] : [line.box.height, line.box.width]
  const byHeight = across / inkShare(line.text)
  const length = printedEms(line.text)
  // A line that leans makes its box too high; its length tells better, where it is set solid.
  const byLength = /\p{Script=Han}/u.test(line.text) && length >= 4 ? along / (length - 0.3) : byHeight
  return [{ value: Math.min(byHeight, byLength), weight }]
}

/** A line is no lower than three quarters of its em, and hardly shorter than its characters, whatever was measured. */
function largestEm({ box, direction, text }: Line): number {
  if (!box) return Number.POSITIVE_INFINITY
  const [across, along] = direction === 'vertical-rl' ? [box.width, box.height] : [box.height, box.width]
  const length = printedEms(text)
  return Math.min(across / 0.75, length >= 4 ? (1.08 * along) / (length - 0.3 - edgeMarks(text)) : Number.POSITIVE_INFINITY)
}

/** The white halves of marks at the ends of a line, in ems. */
function edgeMarks(text: string): number {
  return (/^[“‘（《【「『〔]/.test(text) ? 0.5 : 0) + (/[”’）》】」』〕。，、；：！？]$/.test(text) ? 0.5 : 0)
}

/** Length in ems: Han and full-width marks one, others half. */
function printedEms(text: string): number {
  let sum = 0
  for (const char of text) sum += char.codePointAt(0)! >= 0x2e80 ? 1 : 0.5
  return sum
}

/** How much of the em the ink of a line fills: Han nearly all, Latin by what rises above the small letters and what hangs below. */
function inkShare(text: string): number {
  if (/\p{Script=Han}/u.test(text)) return 0.94
  const rises = /[\p{Lu}\p{N}bdfhklt!?&()]/u.test(text)
  const hangs = /[gjpqy,;()Q]/.test(text)
  return rises && hangs ? 0.9 : rises || hangs ? 0.69 : 0.48
}

function weightedMedian(measures: readonly Measure[]): number | undefined {
  const sorted = [...measures].sort((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let sum = 0
  for (const { value, weight } of sorted) {
    sum += weight
    if (sum >= half && weight > 0) return value
  }
  return undefined
}

function isVertical(lines: readonly Line[]): boolean {
  let upright = 0
  for (const line of lines) upright += line.direction === 'vertical-rl' ? line.text.length : -line.text.length
  return upright > 0
}
