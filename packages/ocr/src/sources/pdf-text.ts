import { type Box, isEastAsian, type Line, type Page, type TextRegion, unionBoxes, type Word } from '@broadsheet/document'
import { readingStep } from '../read/step.ts'
import type { PdfFrame } from './pdf.ts'
import { type Pdfium, readNumbers } from './pdfium.ts'

interface Character {
  readonly text: string
  readonly box: Box | undefined
}

/**
 * A page's text layer as a reading, places in pixels of the sheet; undefined when it has none. Lines are PDFium's; lines that stand
 * close under one another in one size are a region.
 */
export function readTextLayer(pdfium: Pdfium, page: number, frame: PdfFrame, index: number): Page | undefined {
  const characters = readCharacters(pdfium, page, frame)
  const lines = splitLines(characters).flatMap((line, number) => toLine(line, number + 1))
  if (lines.length === 0) return undefined
  return {
    id: `sheet-${index + 1}`,
    regions: groupLines(lines),
    processing: [readingStep('pdf-text-layer')]
  }
}

const mostCharacters = 1_000_000

function readCharacters(pdfium: Pdfium, page: number, frame: PdfFrame): Character[] {
  const textPage = pdfium._FPDFText_LoadPage(page)
  if (textPage === 0) return []
  const count = Math.min(pdfium._FPDFText_CountChars(textPage), mostCharacters)
  const characters: Character[] = []
  let high = 0
  for (let index = 0; index < count; index++) {
    const unit = pdfium._FPDFText_GetUnicode(textPage, index)
    // Characters beyond the first plane come as one number or as two halves.
    if (unit >= 0xd800 && unit < 0xdc00) {
      high = unit
      continue
    }
    const text =
      unit >= 0xdc00 && unit < 0xe000
        ? high
          ? String.fromCharCode(high, unit)
          : '\ufffd'
        : String.fromCodePoint(unit > 0x10ffff ? 0xfffd : unit)
    high = 0
    characters.push({ text: unit === hyphenMark ? '-' : text, box: boxOf(pdfium, page, textPage, index, frame) })
  }
  pdfium._FPDFText_ClosePage(textPage)
  return characters
}

/** PDFium's sign for a hyphen at the end of a line. */
const hyphenMark = 2

function boxOf(pdfium: Pdfium, page: number, textPage: number, index: number, frame: PdfFrame): Box | undefined {
  const edges = readNumbers(pdfium, 'Float64', 4, ([left, right, bottom, top]) =>
    pdfium._FPDFText_GetCharBox(textPage, index, left!, right!, bottom!, top!)
  )
  if (!edges) return undefined
  const [left, right, bottom, top] = edges as [number, number, number, number]
  if (right <= left && top <= bottom) return undefined
  const first = toPixels(pdfium, page, frame, left, top)
  const second = toPixels(pdfium, page, frame, right, bottom)
  if (!first || !second) return undefined
  const x = Math.min(first[0]!, second[0]!)
  const y = Math.min(first[1]!, second[1]!)
  return { x, y, width: Math.max(1, Math.abs(second[0]! - first[0]!)), height: Math.max(1, Math.abs(second[1]! - first[1]!)) }
}

function toPixels(pdfium: Pdfium, page: number, frame: PdfFrame, x: number, y: number): number[] | undefined {
  const { pageWidth, pageHeight, left, top } = frame
  return readNumbers(pdfium, 'Int32', 2, ([deviceX, deviceY]) =>
    pdfium._FPDF_PageToDevice(
      page,
      -Math.round(left),
      -Math.round(top),
      Math.round(pageWidth),
      Math.round(pageHeight),
      0,
      x,
      y,
      deviceX!,
      deviceY!
    )
  )
}

function splitLines(characters: readonly Character[]): Character[][] {
  const lines: Character[][] = [[]]
  for (const character of characters) {
    if (character.text === '\n' || character.text === '\r') lines.push([])
    else if (character.text !== '\0' && character.text !== '\ufffe') lines[lines.length - 1]!.push(character)
  }
  return lines
}

function toLine(characters: readonly Character[], number: number): Line[] {
  const text = characters
    .map((character) => character.text)
    .join('')
    .trim()
  const box = unionBoxes(characters.filter((character) => character.text.trim() !== '').flatMap((character) => character.box ?? []))
  if (text === '' || !box) return []
  const words = toWords(characters)
  const vertical = box.height > box.width * 1.8 && [...text].length > 1 && [...text].some(isEastAsian)
  return [{ id: `l${number}`, box, ...(vertical ? { direction: 'vertical-rl' as const } : {}), text, words }]
}

/** Runs without blanks. What a text layer says is what the file says: its confidence is 1. */
function toWords(characters: readonly Character[]): Word[] {
  const words: Word[] = []
  let text = ''
  let boxes: Box[] = []
  for (const character of [...characters, { text: ' ', box: undefined }]) {
    if (character.text.trim() !== '') {
      text += character.text
      if (character.box) boxes.push(character.box)
      continue
    }
    const box = unionBoxes(boxes)
    if (text !== '' && box) words.push({ box, text, confidence: 1 })
    text = ''
    boxes = []
  }
  return words
}

function groupLines(lines: readonly Line[]): TextRegion[] {
  const groups: Line[][] = []
  for (const line of lines) {
    const last = groups[groups.length - 1]
    if (last && goesOn(last[last.length - 1]!, line)) last.push(line)
    else groups.push([line])
  }
  return groups.map((group, index) => ({
    type: 'text',
    id: `r${index + 1}`,
    role: 'paragraph',
    box: unionBoxes(group.map((line) => line.box!))!,
    lines: group
  }))
}

/** The next line of a paragraph: under the last (left of it, where lines run down), near, as large, and in the same column. */
function goesOn(before: Line, after: Line): boolean {
  if (before.direction !== after.direction) return false
  const down = before.direction === 'vertical-rl'
  const [a, b] = down ? [turn(before.box!), turn(after.box!)] : [before.box!, after.box!]
  const gap = b.y - (a.y + a.height)
  const overlap = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const alike = Math.min(a.height, b.height) > Math.max(a.height, b.height) * 0.6
  return alike && gap > -a.height * 0.7 && gap < Math.min(a.height, b.height) * 0.9 && overlap > Math.min(a.width, b.width) * 0.5
}

/** Vertical lines follow each other from right to left: turned so that this reads as downwards. */
function turn(box: Box): Box {
  return { x: box.y, y: -(box.x + box.width), width: box.height, height: box.width }
}
