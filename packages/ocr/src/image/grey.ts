/** A grey picture in memory: one byte a pixel, 0 black to 255 white, row by row without padding. */
export interface GreyImage {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
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
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let dy = 0; dy < rows; dy++) {
      let at = (y * factor + dy) * image.width
      for (let x = 0; x < width; x++) {
        let sum = 0
        for (let dx = 0; dx < columns; dx++) sum += image.pixels[at++]!
        sums[x]! += sum
      }
    }
    const area = rows * columns
    for (let x = 0; x < width; x++) pixels[y * width + x] = (sums[x]! / area + 0.5) | 0
  }
  return { pixels, width, height }
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
  const across = meanAlong(image.pixels, width, height, 1, width, reach)
  return { width, height, pixels: meanAlong(across, height, width, width, 1, reach) }
}

function meanAlong(pixels: Uint8Array, length: number, lines: number, step: number, lineStep: number, reach: number): Uint8Array {
  const out = new Uint8Array(pixels.length)
  for (let line = 0; line < lines; line++) {
    const base = line * lineStep
    let sum = 0
    for (let i = 0; i < Math.min(reach, length); i++) sum += pixels[base + i * step]!
    for (let i = 0; i < length; i++) {
      if (i + reach < length) sum += pixels[base + (i + reach) * step]!
      if (i - reach > 0) sum -= pixels[base + (i - reach - 1) * step]!
      out[base + i * step] = Math.round(sum / (Math.min(length - 1, i + reach) - Math.max(0, i - reach) + 1))
    }
  }
  return out
}
