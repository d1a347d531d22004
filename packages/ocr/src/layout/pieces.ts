import { cropGrey, type GreyImage, softened } from '../image/grey.ts'
import { cutBesideHeadlines } from './beside-headlines.ts'
import { type Blob, connectedBlobs, heightOf, joinGroups, membersOf, newGroups, shared, sizeOf, unite, widthOf } from './blob.ts'
import { cutAtRules } from './cut-at-rules.ts'
import { findLines, joinAcrossGaps, joinDownwards, type LineContext, type TextLine } from './lines.ts'
import { binarise, lightestThirds, type Mask, usualPaper } from './mask.ts'
import { extendRules, type Rule, takeDashes, takeRules } from './rules.ts'
import { joinTails } from './tails.ts'
import { grainFinder, markTexture, solidArea, solidBoxes } from './texture.ts'
import { mapTints, type TintedArea, tintedAreas, toneOf } from './tints.ts'
import { findPanels, findUncovered } from './uncovered.ts'
import { mapWhite } from './white.ts'

/** What the ink of a straight page is: lines of text, rules, pictures, and what is none of them. */
export interface Pieces {
  readonly width: number
  readonly height: number
  readonly lines: readonly TextLine[]
  readonly rules: readonly Rule[]
  readonly pictures: readonly Blob[]
  /** Ink that looks like text and is in no line. */
  readonly uncovered: readonly Blob[]
  /** Dark grounds on which no line was found. */
  readonly panels: readonly Blob[]
}

/** Tells the ink of a straight page apart. */
export function findPieces(image: GreyImage, em: number, latin: boolean): Pieces {
  const light = lightestThirds(image)
  const mask = binarise(image, light)
  const first = connectedBlobs(mask)
  const tints = mapTints(image, em, light)
  markTexture(tints, mask, first, em)
  // A low dark area is a solid box or the strokes of a bold headline: only the box has edges.
  const toned = tintedAreas(tints, image, em)
  const areas = toned.flatMap((area) =>
    !area.dark || Math.min(widthOf(area), heightOf(area)) > 4 * em ? [area] : area.kind === 'flat' ? solidArea(mask, area, em) : []
  )
  const broad = areas.filter((area) => !isRim(area, image, em))
  const rules = takeRules(mask, first, em, (rule) => !isDrawn(rule, broad))
  const pieces = connectedBlobs(mask)
  const solid = solidBoxes(mask, pieces, em)
    .filter((box) => !areas.some((area) => holdsMiddle(area, box)))
    .map((box): TintedArea => ({ ...box, ...toneOf(image, box), kind: 'flat', dark: true }))
  const tinted = [...broad, ...solid]
  const covered = tinted.filter((area) => area.kind === 'picture' || area.dark)
  const pictures = covered.filter((area) => area.kind === 'picture' && Math.min(widthOf(area), heightOf(area)) > 2 * em)
  const ink = pieces.filter((blob) => !touchesEdge(blob, image))
  const { rules: whole, rest: broken } = extendRules(
    rules,
    ink.filter((blob) => sizeOf(blob) >= 0.1 * em),
    em
  )
  const { rules: dashes, rest } = takeDashes(broken, em)
  const all = [...whole, ...dashes]
  const text = withoutSpecks(
    rest.filter((blob) => isTextSized(blob, em)),
    em
  )
  const outside = text.filter((blob) => !tinted.some((area) => holdsMiddle(area, blob)))
  const upright = all.filter((rule) => !rule.across)
  const level = all.filter((rule) => rule.across)
  const arrangeOn = (blobs: readonly Blob[], around: readonly Blob[]): TextLine[] => {
    if (blobs.length === 0) return []
    const large = blobs.filter((blob) => sizeOf(blob) > 0.25 * em)
    return arrange(blobs, { em, latin, white: mapWhite([...large, ...around, ...level], upright, image.width, image.height, em) })
  }
  const found = [
    ...arrangeOn(outside, tinted).filter(
      (line) =>
        (isPlausible(line, em) || (latin && isSmallPrint(line, em))) &&
        (!pictures.some((picture) => reachesInto(line, picture)) || isPlainType(line, outside, em))
    ),
    ...tinted.flatMap((area) => {
      if (area.dark && area.kind === 'flat') return []
      const inside = text.filter((blob) => holdsMiddle(area, blob) && !isSolid(blob, area))
      return arrangeOn(inside, []).filter((line) => isLettering(line, em) && (area.kind === 'flat' || standsClear(line, inside, em)))
    }),
    ...tinted
      .filter((area) => area.dark || isDark(image, area, em))
      .map((area) => (area.kind === 'flat' ? area : darkPart(image, area)))
      .flatMap((area) => reversedLines(image, area, em, arrangeOn))
  ]
  const inside = withoutMargins(absorbParts(cutAtRules(found, upright, em), em, latin), em)
  const { lines: typed, drawings } = latin ? { lines: inside, drawings: [] } : setAsideDrawings(inside, em)
  const isGrain = grainFinder(latin ? [] : pieces, em)
  const grain = typed.filter((line) => !isLettering(line, em, heaviest) && isGrain(line, line.blobs))
  const lines = typed.filter((line) => !grain.includes(line))
  return {
    width: image.width,
    height: image.height,
    lines,
    rules: all.filter((rule) => !isCrease(rule, lines, em) && !drawings.some((drawing) => holdsMiddle(drawing, rule))),
    pictures: [...pictures, ...drawings, ...blankTints(tinted, lines, em)],
    uncovered: findUncovered(text, { lines, rules: all, pictures: [...tinted, ...drawings, ...grain] }, em, image),
    panels: findPanels(
      toned.filter((area) => area.dark),
      lines,
      [...pictures, ...drawings],
      em,
      image
    )
  }
}

function arrange(blobs: readonly Blob[], context: LineContext): TextLine[] {
  const rows = findLines(blobs, context)
  const upright = context.latin ? rows : joinDownwards(rows, context.em)
  const across = joinAcrossGaps(
    upright.filter((line) => !line.upright),
    context
  )
  const lines = [...cutBesideHeadlines(across, context.em), ...upright.filter((line) => line.upright)]
  return context.latin ? lines : joinTails(lines, context.em)
}

/** A shadow is at most this wide, in ems; what is wider is a panel printed up to the edge. */
const widestShadow = 4

/** The shadow or the black round the sheet: it reaches the edge of the scan. */
function isRim(area: Blob, image: GreyImage, em: number): boolean {
  if (Math.min(widthOf(area), heightOf(area)) > widestShadow * em && area.area > 0.8 * widthOf(area) * heightOf(area)) return false
  return area.x0 < em || area.y0 < em || area.x1 > image.width - em || area.y1 > image.height - em
}

function holdsMiddle(area: Blob, blob: Blob): boolean {
  const x = (blob.x0 + blob.x1) / 2
  const y = (blob.y0 + blob.y1) / 2
  return x >= area.x0 && x < area.x1 && y >= area.y0 && y < area.y1
}

/** A fold of the sheet: it runs on beyond all that is printed, on both sides. */
function isCrease(rule: Rule, lines: readonly TextLine[], em: number): boolean {
  if (lines.length === 0) return false
  const text = unite(lines)
  return rule.across
    ? rule.x0 < text.x0 - 1.5 * em && rule.x1 > text.x1 + 1.5 * em
    : rule.y0 < text.y0 - 1.5 * em && rule.y1 > text.y1 + 1.5 * em
}

function touchesEdge(blob: Blob, image: GreyImage): boolean {
  return blob.x0 <= 1 || blob.y0 <= 1 || blob.x1 >= image.width - 1 || blob.y1 >= image.height - 1
}

/** A rule within a tinted area, shorter than it, is part of a picture or of a large character. */
function isDrawn(rule: Rule, areas: readonly TintedArea[]): boolean {
  return areas.some(
    (area) => holdsMiddle(area, rule) && (rule.across ? widthOf(rule) < 1.02 * widthOf(area) : heightOf(rule) < 1.02 * heightOf(area))
  )
}

function isTextSized(blob: Blob, em: number): boolean {
  const size = sizeOf(blob)
  if (size > 14 * em) return false
  return !(size > 2.2 * em && blob.area < 0.1 * widthOf(blob) * heightOf(blob))
}

/** Leaves out specks: small pieces with no piece of the size of type near them. */
function withoutSpecks(blobs: readonly Blob[], em: number): Blob[] {
  const near = new Set<number>()
  const key = (x: number, y: number): number => Math.floor(y / em) * 100_003 + Math.floor(x / em)
  for (const blob of blobs) {
    if (sizeOf(blob) < 0.4 * em) continue
    for (let y = blob.y0 - em; y < blob.y1 + em; y += em) for (let x = blob.x0 - em; x < blob.x1 + 2 * em; x += em) near.add(key(x, y))
  }
  return blobs.filter((blob) => sizeOf(blob) >= 0.4 * em || near.has(key((blob.x0 + blob.x1) / 2, (blob.y0 + blob.y1) / 2)))
}

/** Largest type that is set across, in ems: what is higher is a picture's dark. */
const highestType = 12

/** A single piece this large both ways, in ems, and with so little ink in its box is a scratch or a hair. */
const leastScratch = 0.5
const scratchInk = 0.15

function isPlausible(line: TextLine, em: number): boolean {
  const width = widthOf(line)
  const height = heightOf(line)
  // A stroke that stands alone, higher than any character beside it: a fold, the edge of a picture.
  if (!line.upright && height > 2 * em && width < 0.25 * height) return false
  if (line.blobs.length === 1 && Math.min(width, height) > leastScratch * em && line.area < scratchInk * width * height) return false
  if (!line.upright && height > highestType * em) return false
  return Math.max(width, height) >= 0.55 * em && height >= 0.28 * em && width >= 0.1 * em && (height >= 0.45 * em || width < 3 * em)
}

/** Least height of small capitals, in ems, and fewest pieces of them, for many touch, that tell them from a broken rule. */
const lowestCapitals = 0.28
const fewestCapitals = 6

/** Whether a line too low for a line of the page's own type is one in small capitals: a picture's credit, an imprint. */
function isSmallPrint(line: TextLine, em: number): boolean {
  const height = heightOf(line)
  if (height < lowestCapitals * em || line.upright) return false
  const letters = line.blobs.filter((blob) => heightOf(blob) > 0.6 * height && widthOf(blob) < 6 * height)
  const ink = letters.reduce((sum, blob) => sum + blob.area, 0)
  const boxes = letters.reduce((sum, blob) => sum + widthOf(blob) * heightOf(blob), 0)
  const length = letters.reduce((sum, blob) => sum + widthOf(blob), 0)
  return letters.length >= fewestCapitals && length > 0.5 * widthOf(line) && ink > 0.3 * boxes && ink < 0.85 * boxes
}

/** Whether a line found on a picture is type: several pieces of one height that fill their line as strokes do. */
function isLettering(line: TextLine, em: number, mostInk = 0.62): boolean {
  const thickness = line.upright ? widthOf(line) : heightOf(line)
  const length = line.upright ? heightOf(line) : widthOf(line)
  if (thickness < 0.65 * em || length < 1.6 * thickness) return false
  const high = line.blobs.filter((blob) => sizeOf(blob) > 0.55 * thickness && sizeOf(blob) < 1.3 * thickness)
  const ink = high.reduce((sum, blob) => sum + blob.area, 0)
  const boxes = high.reduce((sum, blob) => sum + widthOf(blob) * heightOf(blob), 0)
  return high.length >= 2 && ink < mostInk * boxes && ink > 0.1 * boxes && high.reduce((sum, blob) => sum + sizeOf(blob), 0) > 0.5 * length
}

function isPlainType(line: TextLine, blobs: readonly Blob[], em: number): boolean {
  return isLettering(line, em) && standsClear(line, blobs, em)
}

/** Whether a line runs into a picture by a fifth of its length or height. */
function reachesInto(line: Blob, picture: Blob): boolean {
  const width = shared(line.x0, line.x1, picture.x0, picture.x1)
  const height = shared(line.y0, line.y1, picture.y0, picture.y1)
  return width > 0 && height > 0 && width * height > 0.15 * widthOf(line) * heightOf(line)
}

/** Even tints on which nothing is printed: a pale photograph, a panel of colour. */
function blankTints(areas: readonly TintedArea[], lines: readonly TextLine[], em: number): Blob[] {
  return areas.filter(
    (area) => area.kind === 'flat' && Math.min(widthOf(area), heightOf(area)) > 4 * em && !lines.some((line) => holdsMiddle(area, line))
  )
}

/** Shortest line that tells where the text of a page begins and ends at its sides, and how far beside it nothing is printed, in ems. */
const surelyText = 6
const besideText = 0.8
const longestMark = 3.5

/** Leaves out short ink beside all text: shadows and stains along the edges of the sheet. */
function withoutMargins(lines: readonly TextLine[], em: number): TextLine[] {
  const long = lines.filter((line) => sizeOf(line) > surelyText * em && line.blobs.length >= 5 && line.em < 2 * em)
  if (long.length < 8) return [...lines]
  const left = Math.min(...long.map((line) => line.x0)) - besideText * em
  const right = Math.max(...long.map((line) => line.x1)) + besideText * em
  return lines.filter((line) => (line.x1 > left && line.x0 < right) || sizeOf(line) > longestMark * em)
}

/** Share of a small line's box that lies in a larger line for it to be a part of that: a stroke, a mark that stood apart. */
const mostlyWithin = 0.75

/** Puts strokes and marks that came as lines of their own back into the lines they lie in. */
function absorbParts(lines: readonly TextLine[], em: number, latin: boolean): TextLine[] {
  const areaOf = (box: Blob): number => widthOf(box) * heightOf(box)
  const sorted = [...lines].sort((a, b) => areaOf(b) - areaOf(a))
  const homes = new Map<TextLine, Blob[]>()
  const taken = new Set<TextLine>()
  for (const [index, part] of sorted.entries()) {
    const home = sorted.slice(0, index).find((line) => {
      if (taken.has(line) || areaOf(part) > 0.5 * areaOf(line)) return false
      const width = shared(part.x0, part.x1, line.x0, line.x1)
      const height = shared(part.y0, part.y1, line.y0, line.y1)
      return width > 0 && height > 0 && width * height > mostlyWithin * areaOf(part)
    })
    if (!home || isText(part, home, em, latin)) continue
    taken.add(part)
    homes.set(home, [...(homes.get(home) ?? []), ...part.blobs])
  }
  return lines.flatMap((line) => {
    if (taken.has(line)) return []
    const parts = homes.get(line)
    return [parts ? { ...line, ...unite([line, ...parts]), blobs: [...line.blobs, ...parts] } : line]
  })
}

/** Whether a line within another, of much larger type, is text of its own. */
function isText(part: TextLine, home: TextLine, em: number, latin: boolean): boolean {
  if (home.em <= 3 * part.em || part.blobs.length < 5 || part.upright !== home.upright) return false
  return isLettering(part, em) || (latin && isSmallPrint(part, em))
}

/** Fewest shapeless lines close together that make a drawing, and its least size in ems. */
const fewestShapeless = 4
const smallestDrawing = 2.5
/** Share of its box that the ink of the boldest type fills. */
const heaviest = 0.92

/** Takes lines that are no type and stand crowded together for what they are: a drawing, or a picture nothing else told. */
function setAsideDrawings(lines: readonly TextLine[], em: number): { lines: TextLine[]; drawings: Blob[] } {
  const shapeless = lines.filter((line) => !isLettering(line, em, heaviest))
  const groups = newGroups(shapeless.length)
  for (const [i, a] of shapeless.entries())
    for (let k = i + 1; k < shapeless.length; k++) {
      const b = shapeless[k]!
      if (shared(a.x0, a.x1, b.x0, b.x1) > -em && shared(a.y0, a.y1, b.y0, b.y1) > -em) joinGroups(groups, i, k)
    }
  const crowds = membersOf(groups, shapeless).filter((crowd) => {
    const box = unite(crowd)
    return crowd.length >= fewestShapeless && Math.min(widthOf(box), heightOf(box)) > smallestDrawing * em
  })
  const dropped = new Set(crowds.flat())
  return { lines: lines.filter((line) => !dropped.has(line)), drawings: crowds.map(unite) }
}

/** The ground itself of a solid box. */
function isSolid(blob: Blob, area: Blob): boolean {
  return widthOf(blob) > 0.8 * widthOf(area) && heightOf(blob) > 0.8 * heightOf(area)
}

/** Whether a line on a picture has its ground to itself: type does, what looks like type in a picture's texture does not. */
function standsClear(line: TextLine, blobs: readonly Blob[], em: number): boolean {
  if (line.blobs.length < 3) return false
  const margin = 0.5 * em
  const own = new Set(line.blobs)
  let stray = 0
  for (const blob of blobs) {
    if (own.has(blob)) continue
    const width = shared(blob.x0, blob.x1, line.x0 - margin, line.x1 + margin)
    const height = shared(blob.y0, blob.y1, line.y0 - margin, line.y1 + margin)
    if (width > 0 && height > 0) stray += blob.area * Math.min(1, (width * height) / (widthOf(blob) * heightOf(blob)))
  }
  const sizes = line.blobs.map(sizeOf).filter((size) => size > 0.5 * line.em)
  const spread = sizes.length > 0 ? Math.max(...sizes) / Math.min(...sizes) : 9
  return stray < 0.12 * line.area && spread < 2.2 && sizes.length >= 3
}

/** Share of its box from which on a square piece is a blot: a lit window, a spot of light. */
const leastBlot = 0.68

/** Whether a line on a dark ground is one of blots: half of what is about as wide as high is solid, as no character is. */
function isOfBlots({ blobs, em }: TextLine): boolean {
  const square = blobs.filter(
    (blob) => sizeOf(blob) > 0.5 * em && widthOf(blob) > 0.6 * heightOf(blob) && heightOf(blob) > 0.6 * widthOf(blob)
  )
  const blots = square.filter((blob) => blob.area > leastBlot * widthOf(blob) * heightOf(blob))
  return square.length > 0 && 2 * blots.length >= square.length
}

/** Share of their boxes that the ink of light type on an even ground may fill: bold figures in a solid box. */
const heaviestLight = 0.8

/** How far a dark ground is softened, in ems: not at all; fine grain; a worn solid. */
const grains = [0, 1 / 12, 1 / 6] as const
/** Specks of light on a square em of ground from which on it is grainy. */
const fewestGrains = 0.6

/** Lines of light type on one dark area; where its ground is grainy, as it shows best when softened. */
function reversedLines(
  image: GreyImage,
  area: TintedArea,
  em: number,
  arrangeOn: (blobs: readonly Blob[], around: readonly Blob[]) => TextLine[]
): TextLine[] {
  const ground = cropGrey(image, { x: area.x0, y: area.y0, width: widthOf(area), height: heightOf(area) }).image
  const leastLight = lightFrom(ground, usualPaper(image))
  let best: TextLine[] = []
  for (const grain of grains) {
    const seen = grain === 0 ? ground : softened(ground, Math.max(1, Math.round(grain * em)))
    const tone = grain === 0 ? area : toneOfAll(seen)
    const light = lightMask(seen, grain === 0 ? tone.threshold : Math.max(tone.threshold, leastLight))
    const pieces = connectedBlobs(light)
    const lines = lightLines(pieces, light, { ...area, kind: tone.kind }, em, arrangeOn)
    if (typeArea(lines) > typeArea(best)) best = lines
    const specks = pieces.filter((blob) => sizeOf(blob) < 0.2 * em).length
    if (specks < (fewestGrains * ground.width * ground.height) / (em * em)) break
  }
  return best.map((line) => ({ ...line, reversed: true }))
}

/** Share of the brightness of the paper below which a row or column of a dark area belongs to it. */
const darkRow = 0.72

/** The part of a dark area that is dark all through: a panel without the paper and the edge of the sheet beside it. */
function darkPart(image: GreyImage, area: TintedArea): TintedArea {
  const limit = usualPaper(image) * darkRow
  const mean = (x0: number, x1: number, y0: number, y1: number): number => {
    let sum = 0
    for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += image.pixels[y * image.width + x]!
    return sum / Math.max(1, (x1 - x0) * (y1 - y0))
  }
  const [y0, y1] = longestStretch(area.y0, area.y1, (y) => mean(area.x0, area.x1, y, y + 1) < limit)
  const [x0, x1] = longestStretch(area.x0, area.x1, (x) => mean(x, x + 1, y0, y1) < limit)
  if ((x1 - x0) * (y1 - y0) < 0.25 * widthOf(area) * heightOf(area)) return area
  const part = { ...area, x0, x1, y0, y1 }
  return { ...part, ...toneOf(image, part) }
}

/** The longest run of numbers in `from`…`to` for which `holds`. */
function longestStretch(from: number, to: number, holds: (at: number) => boolean): [number, number] {
  let best: [number, number] = [from, from]
  let start = from
  for (let at = from; at <= to; at++) {
    if (at < to && holds(at)) continue
    if (at - start > best[1] - best[0]) best = [start, at]
    start = at + 1
  }
  return best
}

/** Share of the way from the ground's mean to the paper from which on a softened pixel is light. */
const lightShare = 0.4

function lightFrom({ pixels }: GreyImage, paper: number): number {
  let sum = 0
  for (let at = 0; at < pixels.length; at++) sum += pixels[at]!
  const mean = sum / Math.max(1, pixels.length)
  return mean + lightShare * (paper - mean)
}

const toneOfAll = (image: GreyImage): Pick<TintedArea, 'kind' | 'threshold' | 'dark'> =>
  toneOf(image, { x0: 0, y0: 0, x1: image.width, y1: image.height, area: 0 })

/** Whether a picture is a dark ground once its grain is softened, as solids are in black and white. */
function isDark(image: GreyImage, area: TintedArea, em: number): boolean {
  if (area.kind !== 'picture') return false
  const ground = cropGrey(image, { x: area.x0, y: area.y0, width: widthOf(area), height: heightOf(area) }).image
  const tone = toneOfAll(softened(ground, Math.max(1, Math.round(grains[2] * em))))
  return tone.dark && tone.kind === 'flat'
}

const typeArea = (lines: readonly Blob[]): number => lines.reduce((sum, line) => sum + widthOf(line) * heightOf(line), 0)

function lightLines(
  pieces: readonly Blob[],
  light: Mask,
  area: TintedArea,
  em: number,
  arrangeOn: (blobs: readonly Blob[], around: readonly Blob[]) => TextLine[]
): TextLine[] {
  const blobs = pieces
    .filter((blob) => isLightType(blob, light, em))
    .map((blob) => ({ ...blob, x0: blob.x0 + area.x0, x1: blob.x1 + area.x0, y0: blob.y0 + area.y0, y1: blob.y1 + area.y0 }))
  const ink = blobs.reduce((sum, blob) => sum + blob.area, 0)
  if (ink > 0.45 * widthOf(area) * heightOf(area)) return []
  const lines = arrangeOn(blobs, []).filter((line) => !isOfBlots(line))
  return lines.filter((line) =>
    area.kind === 'flat' ? isLettering(line, em, heaviestLight) : isLettering(line, em) && standsClear(line, blobs, em)
  )
}

function lightMask({ width, height, pixels }: GreyImage, threshold: number): Mask {
  const data = new Uint8Array(pixels.length)
  for (let at = 0; at < data.length; at++) if (pixels[at]! >= threshold) data[at] = 1
  return { data, width, height }
}

/** Light pieces of the size of type that do not reach the area's edge. */
function isLightType(blob: Blob, light: Mask, em: number): boolean {
  const inside = blob.x0 > 0 && blob.y0 > 0 && blob.x1 < light.width && blob.y1 < light.height
  return inside && sizeOf(blob) > 0.2 * em && sizeOf(blob) < 8 * em
}
