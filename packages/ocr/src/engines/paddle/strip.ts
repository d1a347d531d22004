import { type Grey, resize } from '../resample.ts'
import { inputHeight } from './runtime.ts'

/** What the network is shown of a line, read from the left, and the way back to the crop. */
export interface Strip {
  /** `height × width` grey values, 0 to 255; 48 high where nothing else is said. */
  readonly pixels: Float32Array
  readonly width: number
  /** Where a column of the strip lies along the line, in pixels of the crop. */
  readonly along: (column: number) => number
  /** Where it is known: stretches of columns, `[from, to)`, in each of which there is the ink of one character. */
  readonly cells?: readonly { readonly from: number; readonly to: number }[]
  readonly shapes?: readonly Shape[]
  /** Of a vertical line: whether it ends with this strip. */
  readonly isLast?: boolean
}

/** A cell of a vertical line, in columns of the strip, whose character its shape tells. */
export interface Shape {
  readonly from: number
  readonly to: number
  /** 一, one stroke lying across the cell, or a corner bracket on its side; 曰, as wide as it is high, where it may be that or 日. */
  readonly text: '一' | '「' | '」' | '曰'
  /** The line begins or ends with it. */
  readonly end: boolean
}

/** The network's stride is 8 columns; narrower strips than this it has never seen. */
export const widthStep = 8
const leastWidth = 48

/**
 * A horizontal crop, or a part of one, as the network is shown it.
 *
 * @param narrow width in parts of the true one at a height of 48, whatever the height
 */
export function horizontalStrip(image: Grey, start: number, narrow: number, height: number = inputHeight): Strip {
  const scale = image.height / inputHeight
  const width = Math.max(leastWidth, Math.round(((image.width / scale) * narrow) / widthStep) * widthStep)
  return { pixels: resize(image, width, height), width, along: (column) => start + (column * image.width) / width }
}

/** Part of a picture. */
export function crop(image: Grey, x: number, y: number, width: number, height: number): Grey & { readonly pixels: Uint8Array } {
  const pixels = new Uint8Array(width * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) pixels[row * width + column] = image.pixels[(y + row) * image.width + x + column]!
  return { pixels, width, height }
}

/** The strip as the network's input: three equal planes, -1 (black) to 1 (white). */
export function networkInput(strip: Strip): Float32Array {
  const size = strip.pixels.length
  const input = new Float32Array(3 * size)
  for (let i = 0; i < size; i++) {
    const value = strip.pixels[i]! / 127.5 - 1
    input[i] = value
    input[size + i] = value
    input[2 * size + i] = value
  }
  return input
}
