import type { Box, Page, Region, TextRole } from '@broadsheet/document'
import { encodePng } from './image/decode.ts'
import { type GreyImage, reduceGrey } from './image/grey.ts'
import { orientGrey } from './image/orientation.ts'
import type { Scan } from './scan.ts'

type Colour = readonly [red: number, green: number, blue: number]

const roleColours: Partial<Record<TextRole, Colour>> = {
  heading: [200, 0, 0],
  kicker: [200, 0, 120],
  deck: [160, 0, 200],
  caption: [0, 150, 0],
  table: [150, 100, 0],
  masthead: [90, 90, 90],
  folio: [90, 90, 90],
  advert: [120, 120, 0]
}
const textColour: Colour = [0, 70, 220]
const lineColour: Colour = [255, 140, 0]
const otherColours: Readonly<Record<Exclude<Region['type'], 'text'>, Colour>> = {
  image: [0, 170, 90],
  separator: [230, 0, 230],
  table: [150, 100, 0],
  graphic: [0, 170, 90],
  noise: [140, 140, 140]
}

/** Longest side of an overlay in pixels. */
const largestSide = 2400

/**
 * The archival image (of a sheet that holds two pages, the page's part of it), paled, with what was found drawn over it, as PNG:
 * regions (red headings, blue text), their lines in orange, and the number each region has in reading order. For eyes and for
 * reports; large sheets are shown reduced.
 *
 * @throws ScanError when the picture is damaged
 */
export async function drawOverlay(scan: Scan, page: Page): Promise<Uint8Array> {
  const upright = await scan.readGrey()
  const stored = orientGrey(upright, inverse[scan.orientation])
  const factor = Math.max(1, Math.ceil(Math.max(stored.width, stored.height) / largestSide))
  const canvas = paint(reduceGrey(stored, factor))
  const onCanvas = ({ x, y, ...size }: Box): Box => scaled({ x: x - (scan.crop?.x ?? 0), y: y - (scan.crop?.y ?? 0), ...size }, factor)
  let number = 0
  for (const region of page.regions) {
    if (region.type !== 'text') drawBox(canvas, onCanvas(region.box), otherColours[region.type], region.type === 'separator' ? 1 : 3)
    else {
      const colour = roleColours[region.role] ?? textColour
      const boxes = region.lines.flatMap((line) => (line.box ? [line.box] : []))
      for (const box of boxes) drawBox(canvas, onCanvas(box), lineColour, 1)
      const box = region.box ?? around(boxes)
      number++
      if (!box) continue
      drawBox(canvas, grown(onCanvas(box), 2), colour, 2)
      drawNumber(canvas, number, onCanvas(box), colour)
    }
  }
  return encodePng(canvas.pixels, canvas.width, canvas.height, 3)
}

const inverse = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 } as const

interface Canvas {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
}

function paint(grey: GreyImage): Canvas {
  const pixels = new Uint8Array(grey.width * grey.height * 3)
  for (let i = 0; i < grey.pixels.length; i++) pixels.fill(110 + ((grey.pixels[i]! * 145) >> 8), i * 3, i * 3 + 3)
  return { pixels, width: grey.width, height: grey.height }
}

function scaled(box: Box, factor: number): Box {
  return {
    x: Math.round(box.x / factor),
    y: Math.round(box.y / factor),
    width: Math.max(1, Math.round(box.width / factor)),
    height: Math.max(1, Math.round(box.height / factor))
  }
}

function grown(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by }
}

function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y
  }
}

function drawBox(canvas: Canvas, box: Box, colour: Colour, thick: number): void {
  fillBox(canvas, { ...box, height: thick }, colour)
  fillBox(canvas, { ...box, y: box.y + box.height - thick, height: thick }, colour)
  fillBox(canvas, { ...box, width: thick }, colour)
  fillBox(canvas, { ...box, x: box.x + box.width - thick, width: thick }, colour)
}

function fillBox(canvas: Canvas, box: Box, colour: Colour): void {
  for (let y = Math.max(0, box.y); y < Math.min(canvas.height, box.y + box.height); y++)
    for (let x = Math.max(0, box.x); x < Math.min(canvas.width, box.x + box.width); x++)
      canvas.pixels.set(colour, (y * canvas.width + x) * 3)
}

/** Digits of three by five dots, a row of three bits each. */
const digits: readonly (readonly number[])[] = [
  [7, 5, 5, 5, 7],
  [2, 6, 2, 2, 7],
  [7, 1, 7, 4, 7],
  [7, 1, 7, 1, 7],
  [5, 5, 7, 1, 1],
  [7, 4, 7, 1, 7],
  [7, 4, 7, 5, 7],
  [7, 1, 2, 2, 2],
  [7, 5, 7, 5, 7],
  [7, 5, 7, 1, 7]
]
const dot = 4

function drawNumber(canvas: Canvas, number: number, box: Box, colour: Colour): void {
  const text = String(number)
  const label = { x: box.x, y: box.y, width: (text.length * 4 + 1) * dot, height: 7 * dot }
  fillBox(canvas, label, [255, 255, 255])
  for (const [index, digit] of [...text].entries())
    for (const [row, bits] of digits[Number(digit)]!.entries())
      for (let column = 0; column < 3; column++)
        if (bits & (4 >> column))
          fillBox(canvas, { x: label.x + (index * 4 + 1 + column) * dot, y: label.y + (row + 1) * dot, width: dot, height: dot }, colour)
}
