import type { GreyImage } from '../image/grey.ts'
import { joinAcrossGaps } from './across-gaps.ts'
import { joinAcrossGrounds } from './across-grounds.ts'
import { cutBesideHeadlines } from './beside-headlines.ts'
import { type Blob, connectedBlobs, heightOf, shared, sizeOf, unite, widthOf } from './blob.ts'
import { cutRun, largestPiece, withoutCharacters } from './bold-type.ts'
import { cutAtRules } from './cut-at-rules.ts'
import { cutAtTiers } from './cut-at-tiers.ts'
import { dashedScreens, isDotRow } from './dashed-screens.ts'
import { setAsideDrawings } from './drawings.ts'
import { framedPictures, isInside } from './framed-pictures.ts'
import { findFrames } from './frames.ts'
import { heaviest, isLettering, isPlainType, isPlausible, isRuleEnd, isSmallPrint, standsClear } from './lettering.ts'
import { absorbParts } from './line-parts.ts'
import { findLines } from './lines.ts'
import { binarise, lightestThirds } from './mask.ts'
import { darkPart, isDark, reversedLines } from './reversed-lines.ts'
import { extendRules, type Rule, takeDashes, takeRules } from './rules.ts'
import { amidScreen, screenDots } from './screen.ts'
import { joinSpacedRows } from './spaced-rows.ts'
import { joinTails } from './tails.ts'
import type { LineContext, TextLine } from './text-line.ts'
import { grainFinder, markTexture, solidArea, solidBoxes } from './texture.ts'
import { isBare, mapTints, type TintedArea, type TintMap, tintedAreas, toneOf } from './tints.ts'
import { joinTornHeadlines } from './torn-headlines.ts'
import { joinDownwards } from './torn-lines.ts'
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

/** Tells the ink of a straight page apart. @param turned whether its lines run down and it was turned so that they run across */
export function findPieces(image: GreyImage, em: number, latin: boolean, turned: boolean = false): Pieces {
  const light = lightestThirds(image)
  const mask = binarise(image, light)
  const first = connectedBlobs(mask)
  const tints = mapTints(image, em, light)
  markTexture(tints, mask, first, em)
  // A low dark area is a solid box or the strokes of a bold headline: only the box has edges.
  const toned = tintedAreas(tints, image, em)
  const areas = withoutCharacters(toned, first, em).flatMap((area) =>
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
  const ink = pieces.filter((blob) => !touchesEdge(blob, image) || isCropped(blob, pieces, image, em))
  const { rules: whole, rest: broken } = extendRules(
    rules,
    ink.filter((blob) => sizeOf(blob) >= 0.1 * em),
    em
  )
  const { rules: dashed, rest } = takeDashes(broken, em)
  const { rules: dashes, screens } = dashedScreens(
    dashed.filter((rule) => !isDrawn(rule, covered)),
    em
  )
  const pictures: Blob[] = [
    ...covered.filter((area) => area.kind === 'picture' && Math.min(widthOf(area), heightOf(area)) > 2 * em),
    ...screens.filter((screen) => !covered.some((area) => holdsMiddle(area, screen)))
  ]
  const all = [...whole, ...dashes]
  const cut = rest.flatMap((blob) => cutRun(blob, rest, mask, em)).filter((blob) => isTextSized(blob, em))
  const screen = screenDots(cut, em)
  const text = withoutSpecks(screen.size === 0 ? cut : cut.filter((blob) => !screen.has(blob)), em)
  const isOfScreen = amidScreen(screen, em)
  const clear = text.filter((blob) => !tinted.some((area) => holdsMiddle(area, blob)))
  const upright = all.filter((rule) => !rule.across)
  const level = all.filter((rule) => rule.across)
  const arrangeOn = (blobs: readonly Blob[], around: readonly Blob[], beside: readonly TextLine[] = []): TextLine[] => {
    if (blobs.length === 0) return []
    const large = blobs.filter((blob) => sizeOf(blob) > 0.25 * em)
    return arrange(blobs, {
      em,
      latin,
      turned,
      beside,
      white: mapWhite([...large, ...around, ...level], upright, image.width, image.height, em)
    })
  }
  const bare = latin ? [] : text.filter((blob) => isOnLabel(blob, covered, tints, em))
  const labels = bare.length > 0 ? arrangeOn([...clear, ...bare], tinted).filter((line) => isLabelled(line, bare)) : []
  const labelled = new Set(labels.flatMap((line) => line.blobs))
  const outside = labelled.size > 0 ? [...new Set([...clear, ...labelled])] : clear
  const onPaper = arrangeOn(outside, tinted).filter(
    (line) =>
      (isPlausible(line, em) || (latin && isSmallPrint(line, em))) &&
      (!(pictures.some((picture) => reachesInto(line, picture)) || isOfScreen(line)) ||
        (line.upright && line.blobs.every((blob) => labelled.has(blob))) ||
        isPlainType(line, outside, em))
  )
  const onTints = tinted.map((area) => {
    if (area.dark && area.kind === 'flat') return []
    const inside = text.filter((blob) => holdsMiddle(area, blob) && !labelled.has(blob) && !isSolid(blob, area))
    return arrangeOn(inside, [], onPaper).filter(
      (line) => isLettering(line, em) && ((area.kind === 'flat' && !isOfScreen(line)) || standsClear(line, inside, em))
    )
  })
  const isOfDots = (line: TextLine): boolean => isDotRow(line.blobs) && screens.some((screen) => reachesInto(line, screen))
  const found = [
    ...joinAcrossGrounds([onPaper, ...onTints], em).filter((line) => !isOfDots(line)),
    ...tinted
      .filter((area) => area.dark || isDark(image, area, em))
      .map((area) => (area.kind === 'flat' ? area : darkPart(image, area)))
      .flatMap((area) => reversedLines(image, area, em, arrangeOn))
  ]
  const printed = absorbParts(cutAtRules(turned ? joinTornHeadlines(found, text, em) : found, upright, em), em, latin)
  const framed = framedPictures([...first, ...findFrames(all, em)], printed, text, isOfScreen, em, image)
  const inside = withoutMargins(
    printed.filter((line) => !framed.some((picture) => isInside(line, picture))),
    em
  )
  const { lines: typed, drawings: crowds } = latin ? { lines: inside, drawings: [] } : setAsideDrawings(inside, em)
  const drawings = [...framed, ...crowds]
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
  const found = findLines(blobs, context).filter((line) => !isRuleEnd(line, context.em))
  const upright = context.latin ? found : joinDownwards(found, context.em)
  const across = joinAcrossGaps(
    upright.filter((line) => !line.upright),
    context
  )
  const rows = context.turned ? cutAtTiers(across, context.em) : across
  const lines = [...cutBesideHeadlines(rows, context.em), ...upright.filter((line) => line.upright)]
  if (context.latin) return lines
  return context.turned ? joinSpacedRows(joinTails(lines, context.em), context.em) : joinTails(lines, context.em)
}

/** Smallest piece, in ems, that is type on a label of paper let into a picture, and how much of a line's ink is in such pieces. */
const smallestOnLabel = 0.5
const leastOnLabel = 0.3

/** Whether a piece stands on bare paper within the box of a picture: a poster's verse beside its drawing. */
function isOnLabel(blob: Blob, areas: readonly TintedArea[], tints: TintMap, em: number): boolean {
  if (sizeOf(blob) <= smallestOnLabel * em || !isBare(tints, blob, em)) return false
  return areas.some((area) => area.kind === 'picture' && holdsMiddle(area, blob))
}

function isLabelled({ upright, blobs, area }: TextLine, bare: readonly Blob[]): boolean {
  return upright === true && blobs.filter((blob) => bare.includes(blob)).reduce((sum, blob) => sum + blob.area, 0) > leastOnLabel * area
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

/** Sizes of a character at the edge of a scan cropped close to its text, in ems, and how near the next one in its row stands. */
const cropped = { least: 0.4, most: 1.8, gap: 0.4 } as const

/** Whether a piece at the left or right edge is the first or last character of a row: others as high stand right beside it. */
function isCropped(blob: Blob, pieces: readonly Blob[], image: GreyImage, em: number): boolean {
  if (blob.y0 <= 1 || blob.y1 >= image.height - 1) return false
  const isTypeHigh = (piece: Blob): boolean =>
    heightOf(piece) > cropped.least * em && sizeOf(piece) < cropped.most * em && widthOf(piece) > 0.15 * em
  if (!isTypeHigh(blob)) return false
  return pieces.some(
    (other) =>
      !touchesEdge(other, image) &&
      isTypeHigh(other) &&
      Math.max(other.x0 - blob.x1, blob.x0 - other.x1) < cropped.gap * em &&
      shared(blob.y0, blob.y1, other.y0, other.y1) > 0.6 * Math.min(heightOf(blob), heightOf(other))
  )
}

/** A rule within a tinted area, shorter than it, is part of a picture or of a large character. */
function isDrawn(rule: Rule, areas: readonly TintedArea[]): boolean {
  return areas.some(
    (area) => holdsMiddle(area, rule) && (rule.across ? widthOf(rule) < 1.02 * widthOf(area) : heightOf(rule) < 1.02 * heightOf(area))
  )
}

function isTextSized(blob: Blob, em: number): boolean {
  const size = sizeOf(blob)
  if (size > largestPiece * em) return false
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

/** The ground itself of a solid box. */
function isSolid(blob: Blob, area: Blob): boolean {
  return widthOf(blob) > 0.8 * widthOf(area) && heightOf(blob) > 0.8 * heightOf(area)
}
