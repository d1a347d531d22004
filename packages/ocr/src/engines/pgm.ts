import type { Grey } from './resample.ts'

/** A grey picture as a PGM file (Netpbm `P5`) with white round it: what Leptonica reads without any decoder. */
export function writePgm(image: Grey, margin: number): Buffer {
  const width = image.width + 2 * margin
  const height = image.height + 2 * margin
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1')
  const file = Buffer.alloc(header.length + width * height, 255)
  header.copy(file)
  for (let y = 0; y < image.height; y++)
    for (let x = 0; x < image.width; x++)
      file[header.length + (y + margin) * width + x + margin] = Math.round(Math.min(255, Math.max(0, image.pixels[y * image.width + x]!)))
  return file
}
