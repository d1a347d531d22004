import { type Blob, shared, unite } from './blob.ts'
import type { Block } from './blocks.ts'
import type { OrderedBlock } from './reading-order.ts'
import type { Rule } from './rules.ts'

interface CaptionContext {
  readonly pictures: readonly Blob[]
  readonly rules: readonly Rule[]
  /** Printed boxes, smallest first. */
  readonly frames: readonly Blob[]
  readonly em: number
}

/** A rule between a picture and a text counts for so many ems of distance: the picture belongs to what stands on its own side. */
const ruleDistance = 12
/** What a rule across counts for that runs over the whole of both. */
const sectionDistance = 60

/**
 * Puts captions and pull quotes after the article they stand with. The picture, not the caption, is what an article surrounds, so the
 * nearest text is looked for around both; the caption then follows that article's last block: before the next heading or
 * printed box, or where a rule across the page ends the section. Pull quotes follow the captions.
 */
export function placeInsets(ordered: readonly OrderedBlock[], insets: readonly Block[], context: CaptionContext): OrderedBlock[] {
  const result = [...ordered]
  const captions = inRows(insets.filter((block) => block.kind === 'caption'))
  const quotes = insets.filter((block) => block.kind !== 'caption')
  for (const inset of [...captions, ...quotes]) result.splice(placeAfter(result, inset, context), 0, { block: inset, confidence: 0.8 })
  return result
}

/**
 * A picture that stands by itself with its caption: rules part it from the text on every side. Such a caption is read in its place.
 * @returns the picture and its caption together, else undefined
 */
export function standsByItself(caption: Block, blocks: readonly Block[], context: CaptionContext): Blob | undefined {
  const picture = fullPictureOf(caption, context)
  if (!picture) return undefined
  const whole = unite([picture, caption])
  const texts = blocks.filter((block) => block.kind !== 'caption' && !overlaps(block, whole))
  const beside = texts.filter((block) => shared(block.y0, block.y1, whole.y0, whole.y1) > 0)
  const inColumn = texts.filter((block) => shared(block.x0, block.x1, whole.x0, whole.x1) > context.em)
  const sides = [
    nearestOf(beside, (block) => whole.x0 - block.x1),
    nearestOf(beside, (block) => block.x0 - whole.x1),
    nearestOf(inColumn, (block) => whole.y0 - block.y1),
    nearestOf(inColumn, (block) => block.y0 - whole.y1)
  ].filter((block) => block !== undefined)
  const rules = context.rules.filter((rule) => !isOutline(rule, picture, context.em))
  return sides.length > 0 && sides.every((block) => rules.some((rule) => parts(rule, block, whole))) ? whole : undefined
}

/** Whether a rule is the printed edge of a picture, which parts it from nothing. */
function isOutline(rule: Rule, { x0, x1, y0, y1 }: Blob, em: number): boolean {
  return rule.x0 > x0 - em && rule.x1 < x1 + em && rule.y0 > y0 - em && rule.y1 < y1 + em
}

function nearestOf(blocks: readonly Block[], away: (block: Block) => number): Block | undefined {
  const there = blocks.filter((block) => away(block) >= -1)
  return there.length > 0 ? there.reduce((near, block) => (away(block) < away(near) ? block : near)) : undefined
}

function overlaps(a: Blob, b: Blob): boolean {
  return shared(a.x0, a.x1, b.x0, b.x1) > 1 && shared(a.y0, a.y1, b.y0, b.y1) > 1
}

function holds(frame: Blob, block: Blob): boolean {
  const x = (block.x0 + block.x1) / 2
  const y = (block.y0 + block.y1) / 2
  return x > frame.x0 && x < frame.x1 && y > frame.y0 && y < frame.y1
}

/** From top to bottom, what stands level from left to right. */
function inRows(blocks: readonly Block[]): Block[] {
  const rows: Block[][] = []
  for (const block of [...blocks].sort((a, b) => a.y0 + a.y1 - b.y0 - b.y1)) {
    const row = rows.at(-1)
    if (row && (block.y0 + block.y1) / 2 < row[0]!.y1) row.push(block)
    else rows.push([block])
  }
  return rows.flatMap((row) => row.sort((a, b) => a.x0 - b.x0))
}

function placeAfter(ordered: readonly OrderedBlock[], caption: Block, context: CaptionContext): number {
  if (ordered.length === 0) return 0
  const picture = pictureOf(caption, context)
  const frame = context.frames.find(
    (box) => holds(box, caption) && ordered.some(({ block }) => block.kind !== 'caption' && holds(box, block))
  )
  let nearest = 0
  let least = Infinity
  for (const [index, { block }] of ordered.entries()) {
    const away = block.kind === 'caption' || (frame && !holds(frame, block)) ? Infinity : distance(block, picture, context)
    if (away < least) [nearest, least] = [index, away]
  }
  let end = nearest + 1
  if (ordered[nearest]!.block.kind === 'heading') while (ordered[end]?.block.kind === 'heading') end++
  const own = ordered[nearest]!.block
  const isOver = ({ block, opensSection }: OrderedBlock): boolean =>
    block.kind === 'heading' ||
    opensSection === true ||
    (frame !== undefined && block.kind !== 'caption' && !holds(frame, block)) ||
    context.frames.some((box) => holds(box, block) && !holds(box, own))
  while (end < ordered.length && !isOver(ordered[end]!)) end++
  return end
}

/** A caption with what stands over it of its picture: pictures side by side may have been found as one. */
function pictureOf(caption: Block, context: CaptionContext): Blob {
  const nearest = fullPictureOf(caption, context)
  return nearest ? { ...caption, y0: Math.min(nearest.y0, caption.y0) } : caption
}

function fullPictureOf(caption: Block, { pictures, em }: CaptionContext): Blob | undefined {
  const above = pictures.filter(
    (picture) => Math.abs(caption.y0 - picture.y1) < 2 * em && shared(picture.x0, picture.x1, caption.x0, caption.x1) > 0
  )
  return above.sort((a, b) => b.y1 - a.y1)[0]
}

function distance(block: Blob, picture: Blob, { rules, em }: CaptionContext): number {
  const across = Math.max(0, -shared(block.x0, block.x1, picture.x0, picture.x1))
  const down = Math.max(0, -shared(block.y0, block.y1, picture.y0, picture.y1))
  const parting = rules.filter((rule) => parts(rule, block, picture))
  const isSection = parting.some(
    (rule) => rule.across && rule.x0 < Math.min(block.x0, picture.x0) + em && rule.x1 > Math.max(block.x1, picture.x1) - em
  )
  return across + down + (isSection ? sectionDistance : parting.length > 0 ? ruleDistance : 0) * em
}

function parts(rule: Rule, a: Blob, b: Blob): boolean {
  const at = rule.across ? (rule.y0 + rule.y1) / 2 : (rule.x0 + rule.x1) / 2
  const [near, far] = rule.across ? [Math.min(a.y1, b.y1), Math.max(a.y0, b.y0)] : [Math.min(a.x1, b.x1), Math.max(a.x0, b.x0)]
  if (at < near - 2 || at > far + 2) return false
  const [from, to] = rule.across ? [Math.max(a.x0, b.x0), Math.min(a.x1, b.x1)] : [Math.max(a.y0, b.y0), Math.min(a.y1, b.y1)]
  const [least, most] = [Math.min(from, to), Math.max(from, to)]
  const over = rule.across ? shared(rule.x0, rule.x1, least, most) : shared(rule.y0, rule.y1, least, most)
  return over > 0.5 * (most - least)
}
