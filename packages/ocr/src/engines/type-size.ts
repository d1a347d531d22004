import type { Grey } from './resample.ts'

/** Size of the type in a line's crop, in pixels: how far its ink reaches across the line, edges that hold little of it left out. */
export function typeSize(image: Grey, vertical: boolean): number {
  const ink = acrossProfile(image, vertical)
  const [from, to] = inkSpan(ink)
  return Math.max(4, to - from)
}

/** Darkness across the line: of each row, or of each column of a vertical line, above that of the lightest; mean grey values. */
export function acrossProfile(image: Grey, vertical: boolean): Float64Array {
  return alongProfile(image, !vertical)
}

/** Darkness along the line: of each column, or of each row of a vertical line, above that of the lightest; mean grey values. */
export function alongProfile(image: Grey, vertical: boolean): Float64Array {
  const { pixels, width, height } = image
  const ink = new Float64Array(vertical ? height : width)
  for (let y = 0, at = 0; y < height; y++)
    if (vertical) {
      let sum = 0
      for (let x = 0; x < width; x++, at++) sum += 255 - pixels[at]!
      ink[y] = sum
    } else for (let x = 0; x < width; x++, at++) ink[x] = ink[x]! + (255 - pixels[at]!)
  const across = vertical ? width : height
  let least = Number.POSITIVE_INFINITY
  for (const sum of ink) least = Math.min(least, sum)
  return ink.map((sum) => (sum - least) / across)
}

/** The stretch of a profile that holds ink, `[from, to)`. */
export function inkSpan(profile: Float64Array): [from: number, to: number] {
  const limit = profile.reduce((a, b) => Math.max(a, b)) * 0.08
  let from = 0
  let to = profile.length
  while (from < to - 1 && profile[from]! <= limit) from++
  while (to > from + 1 && profile[to - 1]! <= limit) to--
  return [from, to]
}
