/** A grey picture in memory: one byte a pixel, 0 black to 255 white, row by row without padding. */
export interface GreyImage {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
  /** The stored picture is a negative; these are its values inverted. */
  readonly inverted?: true
}

/** A picture `factor` times smaller, each pixel the mean of `factor` × `factor`; what is left over at the right and bottom edge is dropped. */
export function reduceGrey(image: GreyImage, factor: number): GreyImage {
  if (factor === 1) return image
  const width = Math.max(1, Math.floor(image.width / factor))
  const height = Math.max(1, Math.floor(image.height / factor))
  const pixels = new Uint8Array(width * height)
  const sums = new Uint32Array(width)
  const rows = Math.min(factor, image.height)
  const columns = Math.min(factor, image.width)
  const means = meansOf(rows * columns, 0.5)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let dy = 0; dy < rows; dy++) addSums(sums, image.pixels, (y * factor + dy) * image.width, columns)
    for (let x = 0, at = y * width; x < width; x++, at++) pixels[at] = means[sums[x]!]!
  }
  return { pixels, width, height }
}

/** Adds the sums of so many pixels each; of two, as sheets at 300 and 400 dpi are reduced, without a loop. */
function addSums(sums: Uint32Array, pixels: Uint8Array, from: number, columns: number): void {
  if (columns === 2) {
    for (let x = 0, at = from; x < sums.length; x++, at += 2) sums[x]! += pixels[at]! + pixels[at + 1]!
    return
  }
  for (let x = 0, at = from; x < sums.length; x++) {
    let sum = 0
    for (let dx = 0; dx < columns; dx++) sum += pixels[at++]!
    sums[x]! += sum
  }
}

/** A part of a picture, cut at the picture's edges, and where it lies. */
export function cropGrey(
  image: GreyImage,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
): { readonly image: GreyImage; readonly x: number; readonly y: number } {
  const x = Math.min(image.width - 1, Math.max(0, Math.floor(box.x)))
  const y = Math.min(image.height - 1, Math.max(0, Math.floor(box.y)))
  const width = Math.max(1, Math.min(image.width, Math.ceil(box.x + box.width)) - x)
  const height = Math.max(1, Math.min(image.height, Math.ceil(box.y + box.height)) - y)
  const pixels = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    const from = (y + row) * image.width + x
    pixels.set(image.pixels.subarray(from, from + width), row * width)
  }
  return { image: { pixels, width, height }, x, y }
}

/** Light for dark. */
export function invertGrey(image: GreyImage): GreyImage {
  return { ...image, pixels: image.pixels.map((value) => 255 - value) }
}

/** Each pixel the mean of the square of side 2 × `reach` + 1 around it, what lies outside left out. */
export function softened(image: GreyImage, reach: number): GreyImage {
  const { width, height } = image
  return { width, height, pixels: meanDown(meanAcross(image.pixels, width, height, reach, 0.5), width, height, reach, 0.5) }
}

/** What each sum of `count` grey values makes as their mean; `half` 0.5 rounds it, 0 cuts off its fraction. */
function meansOf(count: number, half: number): Uint8Array {
  const means = new Uint8Array(255 * count + 1)
  for (let sum = 0; sum < means.length; sum++) means[sum] = sum / count + half
  return means
}

/** Each pixel the mean of those up to `reach` to its left and right. */
export function meanAcross(pixels: Uint8Array, width: number, height: number, reach: number, half: number): Uint8Array {
  const out = new Uint8Array(pixels.length)
  const means = meansOf(2 * reach + 1, half)
  // Nearer than that to an edge, something is left out.
  const [from, to] = width > 2 * reach ? [reach, width - reach] : [width, width]
  for (let base = 0; base < width * height; base += width) {
    const mean = (x: number): number => meanBetween(pixels, base + Math.max(0, x - reach), base + Math.min(width - 1, x + reach))
    for (let x = 0; x < from; x++) out[base + x] = mean(x) + half
    for (let x = to; x < width; x++) out[base + x] = mean(x) + half
    let sum = 0
    for (let x = 0; x < 2 * reach && from < to; x++) sum += pixels[base + x]!
    for (let at = base + from; at < base + to; at++) {
      sum += pixels[at + reach]!
      out[at] = means[sum]!
      sum -= pixels[at - reach]!
    }
  }
  return out
}

function meanBetween(pixels: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at <= to; at++) sum += pixels[at]!
  return sum / (to - from + 1)
}

/** The same up and down, row by row with the sums of all columns at once: a column's pixels lie far apart in memory. */
function meanDown(pixels: Uint8Array, width: number, height: number, reach: number, half: number): Uint8Array {
  const out = new Uint8Array(pixels.length)
  const sums = new Int32Array(width)
  const means = meansOf(2 * reach + 1, half)
  for (let y = 0; y < Math.min(reach, height); y++) addRow(sums, pixels, y * width)
  for (let y = 0; y < height; y++) {
    if (y + reach < height) addRow(sums, pixels, (y + reach) * width)
    if (y - reach > 0) takeRow(sums, pixels, (y - reach - 1) * width)
    const count = Math.min(height - 1, y + reach) - Math.max(0, y - reach) + 1
    if (count === 2 * reach + 1) for (let x = 0, at = y * width; x < width; x++, at++) out[at] = means[sums[x]!]!
    else for (let x = 0, at = y * width; x < width; x++, at++) out[at] = sums[x]! / count + half
  }
  return out
}

function addRow(sums: Int32Array, pixels: Uint8Array, base: number): void {
  for (let x = 0; x < sums.length; x++) sums[x]! += pixels[base + x]!
}

function takeRow(sums: Int32Array, pixels: Uint8Array, base: number): void {
  for (let x = 0; x < sums.length; x++) sums[x]! -= pixels[base + x]!
}
