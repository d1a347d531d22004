import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'
import type { Rule } from './rules.ts'
import { rowEm, type TextLine } from './text-line.ts'

/** Lines one below the other in one column, of one size of type: a column's piece of a text, or a heading. */
export interface Block extends Blob {
  readonly lines: readonly TextLine[]
  readonly em: number
  readonly kind: 'text' | 'heading' | 'caption' | 'table'
}

/** Farthest apart two lines of one block stand, middle to middle, in ems of their type. */
const widestPitch = 2.4
/** Sizes of type differ by less than this inside a block. */
const sameSize = 1.24
/** In alphabets a line without tall letters looks smaller than it is. */
const sameLatinSize = 1.55

/**
 * Puts lines together that follow each other in one column. Two lines are linked when each is the only one next to the other
 * (a headline over two columns is next to both and so linked to neither), no rule runs between them and their type agrees.
 */
export function buildBlocks(lines: readonly TextLine[], rules: readonly Rule[], em: number, latin: boolean): Block[] {
  const across = rules.filter((rule) => rule.across)
  const sorted = [...lines].sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0)
  const below = sorted.map((line) => nextBelow(line, sorted, across, em))
  const above = sorted.map((): number[] => [])
  for (const [index, list] of below.entries()) for (const next of list) above[next]!.push(index)
  const blocks: TextLine[][] = []
  const blockOf = new Map<number, TextLine[]>()
  for (const [index, line] of sorted.entries()) {
    const over = above[index]!
    const only = over.length === 1 && below[over[0]!]!.length === 1 ? over[0]! : -1
    const block = only >= 0 && agree(sorted[only]!, line, blockOf.get(only)!, latin) ? blockOf.get(only)! : []
    if (block.length === 0) blocks.push(block)
    block.push(line)
    blockOf.set(index, block)
  }
  return blocks.map(toBlock)
}

function toBlock(lines: readonly TextLine[]): Block {
  return { ...unite(lines), lines, em: typeSizeOf(lines), kind: 'text' }
}

/** The size of type most of a block's ink is set in: a bit of false ink among its lines does not tell. */
function typeSizeOf(lines: readonly TextLine[]): number {
  const sorted = [...lines].sort((a, b) => a.em - b.em)
  const half = lines.reduce((sum, line) => sum + widthOf(line), 0) / 2
  let before = 0
  for (const line of sorted) {
    before += widthOf(line)
    if (before >= half) return line.em
  }
  return sorted.at(-1)!.em
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

/** The lines directly below one: nothing between them and it. */
function nextBelow(line: TextLine, lines: readonly TextLine[], rules: readonly Rule[], em: number): number[] {
  const reach = widestPitch * Math.max(line.em, em)
  const middle = (line.y0 + line.y1) / 2
  const near: number[] = []
  for (const [index, other] of lines.entries()) {
    const centre = (other.y0 + other.y1) / 2
    if (other === line || centre <= middle + 0.4 * Math.min(line.em, other.em) || centre - middle > reach + 0.5 * (other.em - line.em))
      continue
    if (shared(line.x0, line.x1, other.x0, other.x1) < 0.3 * Math.min(line.em, other.em)) continue
    if (rules.some((rule) => parts(rule, line, other))) continue
    near.push(index)
  }
  return near.filter((index) => !near.some((nearer) => nearer !== index && hides(lines[nearer]!, lines[index]!)))
}

/** Whether a line stands over another so that the other is not the next. */
function hides(nearer: TextLine, farther: TextLine): boolean {
  return nearer.y1 <= farther.y0 + 0.4 * Math.min(nearer.em, farther.em) && shared(nearer.x0, nearer.x1, farther.x0, farther.x1) > 0
}

function parts(rule: Rule, a: Blob, b: Blob): boolean {
  const middle = (rule.y0 + rule.y1) / 2
  const left = Math.max(a.x0, b.x0)
  const right = Math.min(a.x1, b.x1)
  return middle > (a.y0 + a.y1) / 2 && middle < (b.y0 + b.y1) / 2 && shared(rule.x0, rule.x1, left, right) > 0.5 * (right - left)
}

function agree(a: TextLine, b: TextLine, block: readonly TextLine[], latin: boolean): boolean {
  if (a.upright || b.upright || (a.reversed ?? false) !== (b.reversed ?? false)) return false
  if (!isOneSize(a, b, latin)) return false
  const pitch = (b.y0 + b.y1 - a.y0 - a.y1) / 2
  const pitches = block.slice(1).map((line, k) => (line.y0 + line.y1 - block[k]!.y0 - block[k]!.y1) / 2)
  const usual = pitches.length > 0 ? median(pitches) : Math.max(a.em, b.em) * 1.9
  return pitch < Math.max(usual * 1.35, usual + 0.4 * a.em)
}

/** Whether two lines are set in one size: a row of small capitals with a large one is as high as a row of larger type. */
function isOneSize(a: TextLine, b: TextLine, latin: boolean): boolean {
  const ratio = (one: number, other: number): number => Math.max(one, other) / Math.min(one, other)
  return ratio(a.em, b.em) <= (latin ? sameLatinSize : sameSize) || (latin && ratio(lettersEm(a), lettersEm(b)) <= sameSize)
}

/** Fewest pieces of a line whose first may be a capital larger than the rest. */
const fewestLetters = 6

/** The size of a line's type but for its first letter. */
function lettersEm({ blobs, em }: TextLine): number {
  if (blobs.length < fewestLetters) return em
  const first = blobs.reduce((left, blob) => (blob.x0 < left.x0 ? blob : left))
  return rowEm(blobs.filter((blob) => blob !== first))
}

/** Tells headings and captions from text by size and place. */
export function nameBlocks(blocks: readonly Block[], pictures: readonly Blob[], em: number): Block[] {
  const body = bodySize(blocks, em)
  return blocks
    .flatMap((block) => partCaption(block, pictures, body))
    .flatMap((block) => partByline(block, blocks, body))
    .map((block) => {
      if (block.kind === 'table') return block
      if (block.em > 1.28 * body && block.lines.length <= 8) return { ...block, kind: 'heading' }
      return isCaption(block, pictures, body) && !goesOnBelow(block, blocks) ? { ...block, kind: 'caption' } : block
    })
}

/** Text of one column follows within this many times its usual pitch, and is of one size within these. */
const samePitch = 1.3
const sameType = [0.9, 1.12] as const

/** Whether text of its size follows a block in its column at the pitch of its lines: a column that begins below a picture. */
function goesOnBelow(block: Block, blocks: readonly Block[]): boolean {
  const last = block.lines.at(-1)!
  return blocks.some((other) => {
    const ratio = block.em / other.em
    if (other === block || other.kind !== 'text' || ratio < sameType[0] || ratio > sameType[1]) return false
    const [first, second] = other.lines
    const usual = second ? (second.y0 + second.y1 - first!.y0 - first!.y1) / 2 : 1.7 * block.em
    const pitch = (first!.y0 + first!.y1 - last.y0 - last.y1) / 2
    const level = Math.abs(other.x0 - block.x0) < 0.6 * block.em || (other.x0 < block.x0 && other.x1 > block.x1 - block.em)
    return level && pitch > 0.6 * block.em && pitch < samePitch * usual
  })
}

/** Size of the type most characters are set in. */
export function bodySize(blocks: readonly Block[], em: number): number {
  const lines = blocks.flatMap((block) => block.lines).filter((line) => !line.upright)
  const sized = lines.map((line) => ({ em: line.em, weight: widthOf(line) / line.em })).sort((a, b) => a.em - b.em)
  const total = sized.reduce((sum, { weight }) => sum + weight, 0)
  let before = 0
  for (const { em: size, weight } of sized) {
    before += weight
    if (before >= total / 2) return size
  }
  return em
}

/** Type of a caption is smaller than that of the text below it, by this share at least. */
const captionSize = 0.9
const widerPitch = 1.12

/** Whether more white parts two pieces of a block than its lines: a line of small letters alone also looks smaller than the next. */
function standsOff(head: readonly TextLine[], rest: readonly TextLine[], wider: number = widerPitch): boolean {
  const middle = (line: TextLine): number => (line.y0 + line.y1) / 2
  const pitches = rest.slice(1, 6).map((line, index) => middle(line) - middle(rest[index]!))
  return pitches.length === 0 || middle(rest[0]!) - middle(head.at(-1)!) > wider * median(pitches)
}

/** Parts a caption from the text that goes on below it: lines right under a picture, set smaller than what follows. */
function partCaption(block: Block, pictures: readonly Blob[], body: number): Block[] {
  if (block.kind !== 'text' || block.lines.length < 2) return [block]
  for (const count of [3, 2, 1]) {
    const [head, rest] = [block.lines.slice(0, count), block.lines.slice(count)]
    if (rest.length === 0) continue
    const size = median(rest.slice(0, 4).map((line) => line.em))
    if (!head.every((line) => line.em < captionSize * size) || !standsOff(head, rest)) continue
    if (isCaption(toBlock(head), pictures, body)) return [toBlock(head), toBlock(rest)]
  }
  return [block]
}

/** Farthest below its headline the line with the writers' names stands, in ems. */
const farthestByline = 3.5

/** Parts the line with the writers' names, right under a headline wider than the column, from the text that stands off below it. */
function partByline(block: Block, blocks: readonly Block[], body: number): Block[] {
  const [first, ...rest] = block.lines
  if (block.kind !== 'text' || rest.length < 2 || first!.upright || !standsOff([first!], rest, 1.2)) return [block]
  const isUnder = blocks.some(
    (over) =>
      over.em > 1.28 * body &&
      first!.y0 - over.y1 > -0.5 * body &&
      first!.y0 - over.y1 < farthestByline * body &&
      shared(over.x0, over.x1, first!.x0, first!.x1) > 0.8 * widthOf(first!)
  )
  return isUnder ? [toBlock([first!]), toBlock(rest)] : [block]
}

/** Largest type of a caption, to the page's text: of one line, and of more, which else are a column that goes on below the picture. */
const largestCaption = { line: 1.1, lines: 0.98 } as const
/** Most lines of a caption and how far below its picture it stands, in ems of the text; the same of one in clearly smaller type. */
const captionBounds = { lines: 3, gap: 1.3 } as const
const smallCaptionBounds = { lines: 8, gap: 2 } as const
const smallCaption = 0.8

function isCaption(block: Block, pictures: readonly Blob[], body: number): boolean {
  const largest = block.lines.length > 1 ? largestCaption.lines : largestCaption.line
  const most = block.em < smallCaption * body ? smallCaptionBounds : captionBounds
  if (block.lines.length > most.lines || block.em > largest * body) return false
  return pictures.some((picture) => {
    const gap = block.y0 - picture.y1
    const within = block.x0 > picture.x0 - 1.5 * body && block.x1 < picture.x1 + 1.5 * body
    return within && gap > -0.8 * body && gap < most.gap * body && heightOf(picture) > 3 * body
  })
}
