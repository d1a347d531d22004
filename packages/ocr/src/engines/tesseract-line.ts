import type { LineImage } from '../engine.ts'
import { flattenLight } from './flat-field.ts'
import { hasInk } from './ink.ts'
import { withoutNeighbours } from './neighbours.ts'
import { writePgm } from './pgm.ts'
import { type Grey, resize } from './resample.ts'
import { typeSize } from './type-size.ts'

/** A line made ready for Tesseract: evenly lit, of a size it likes, with white round it. */
export interface PreparedLine {
  /** A PGM file. */
  readonly file: Buffer
  readonly vertical: boolean
  readonly language: string
  /** The crop evenly lit, in its own pixels. */
  readonly flat: Grey
  /** Size of the type in pixels of the file. */
  readonly em: number
  /** From pixels of the file along the line to those of the crop. */
  readonly along: (position: number) => number
}

/** Measured: Tesseract reads type of about 24 pixels best, and is harmed by enlarging smaller type. */
const wantedEm = 24
const largestEm = 30
const margin = 20
/** Leptonica's limit on a side is 32,767; Tesseract then answers “nothing” without an error. */
const longestSide = 30_000

/**
 * @param size of the type in pixels when it is to be other than what reads best, for a second look
 * @returns undefined for a crop with nothing to read on it
 */
export function prepareLine(line: LineImage, size?: number): PreparedLine | undefined {
  if (line.pixels.length !== line.width * line.height)
    throw new TypeError(`Expected ${line.width} × ${line.height} pixels but received ${line.pixels.length}`)
  if (line.width < 2 || line.height < 2 || !hasInk(line)) return undefined
  const vertical = line.direction === 'vertical-rl'
  const flat = isAlphabetic(line) ? withoutNeighbours(flattenLight(line)) : flattenLight(line)
  const em = typeSize(flat, vertical)
  const wanted = size ?? (em > largestEm ? wantedEm : em)
  const scale = Math.min(wanted / em, longestSide / Math.max(line.width, line.height))
  const width = Math.max(1, Math.round(flat.width * scale))
  const height = Math.max(1, Math.round(flat.height * scale))
  const scaled = scale === 1 ? flat : { pixels: resize(flat, width, height), width, height }
  const length = vertical ? line.height / height : line.width / width
  const end = vertical ? line.height : line.width
  return {
    file: writePgm(scaled, margin),
    vertical,
    language: line.language,
    flat,
    em: em * scale,
    along: (position) => Math.min(end, Math.max(0, Math.round((position - margin) * length)))
  }
}

/** Set in letters: characters fill their line, and their lines stand further apart. */
function isAlphabetic({ direction, language }: LineImage): boolean {
  return direction === 'horizontal-lr' && !/^(zh|ja|ko|yue|lzh)\b/i.test(language)
}
