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
