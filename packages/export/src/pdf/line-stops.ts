import { type Box, isEastAsian, type Line } from '@broadsheet/document'

/**
 * Where the characters of a line begin, along the line: pixels from the side it starts on (left, for vertical lines the
 * top, for `horizontal-rl` the right). `stops[i]` belongs to UTF-16 offset `i` of the line's text; the last one is its end.
 */
export function lineStops(line: Line, box: Box): number[] {
  const stops = new Array<number>(line.text.length + 1).fill(Number.NaN)
  const along = axisOf(line, box)
  for (const place of readPlaces(line)) {
    const [from, to] = along(place.box)
    spread(stops, line.text, place.at, place.at + place.text.length, from, to)
  }
  const length = lineLength(line, box)
  fillGaps(stops, line.text, length)
  return rising(stops, length)
}

/** The extent of a line's box along its text. */
export function lineLength(line: Line, box: Box): number {
  return line.direction === 'vertical-rl' ? box.height : box.width
}

function axisOf(line: Line, box: Box): (part: Box) => [from: number, to: number] {
  if (line.direction === 'vertical-rl') return (part) => [part.y - box.y, part.y + part.height - box.y]
  if (line.direction === 'horizontal-rl') return (part) => [box.x + box.width - part.x - part.width, box.x + box.width - part.x]
  return (part) => [part.x - box.x, part.x + part.width - box.x]
}

interface Place {
  readonly text: string
  readonly at: number
  readonly box: Box
}

/** Glyphs where the engine gave them, else words; nothing once the words no longer spell the line. */
function readPlaces(line: Line): Place[] {
  const places: Place[] = []
  let at = 0
  for (const word of line.words ?? []) {
    const start = line.text.indexOf(word.text, at)
    if (start < 0 || word.text === '') return places
    at = start + word.text.length
    const glyphs = word.glyphs ?? []
    if (glyphs.map((glyph) => glyph.text).join('') !== word.text) {
      places.push({ text: word.text, at: start, box: word.box })
      continue
    }
    let offset = start
    for (const glyph of glyphs) {
      places.push({ text: glyph.text, at: offset, box: glyph.box })
      offset += glyph.text.length
    }
  }
  return places
}

/** East Asian characters take an em, others about half of one. */
function emsOf(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code >= 0xdc00 && code <= 0xdfff) return 0
  if (code >= 0xd800 && code <= 0xdbff) return 1
  return isEastAsian(text[at]!) ? 1 : 0.5
}

function spread(stops: number[], text: string, from: number, to: number, start: number, end: number): void {
  let ems = 0
  for (let at = from; at < to; at++) ems += emsOf(text, at)
  let done = 0
  for (let at = from; at < to; at++) {
    stops[at] = start + (ems === 0 ? 0 : ((end - start) * done) / ems)
    done += emsOf(text, at)
  }
  if (Number.isNaN(stops[to]!)) stops[to] = end
}

function fillGaps(stops: number[], text: string, length: number): void {
  if (Number.isNaN(stops[0]!)) stops[0] = 0
  const last = stops.length - 1
  if (Number.isNaN(stops[last]!)) stops[last] = length
  let from = 0
  for (let at = 1; at <= last; at++) {
    if (Number.isNaN(stops[at]!)) continue
    if (at - from > 1) spread(stops, text, from, at, stops[from]!, stops[at]!)
    from = at
  }
}

/** Boxes of neighbours may overlap or be out of order; stops never step back and never leave the line. */
function rising(stops: number[], length: number): number[] {
  let least = 0
  return stops.map((stop) => {
    least = Math.min(length, Math.max(least, stop))
    return least
  })
}
