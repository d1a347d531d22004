import sharp from 'sharp'
import type { GreyImage } from './grey.ts'
import { checkSize, type ScanLimits } from './limits.ts'
import { type Orientation, toOrientation } from './orientation.ts'
import { stripPng } from './png-chunks.ts'
import { ScanError } from './scan-error.ts'

/** What the header of one stored picture says. */
export interface ImageHeader {
  /** Which picture of a multi-page TIFF, from 0. */
  readonly index: number
  readonly width: number
  readonly height: number
  readonly dpi?: number
  readonly orientation: Orientation
}

// Nothing is kept between pages: a run's memory must not depend on how many pages came before.
sharp.cache(false)

/**
 * The pictures of a PNG, JPEG, WebP or TIFF file by their headers, nothing decoded. Smaller copies of the first picture
 * that a pyramid TIFF carries are left out. Of many pictures one may be damaged or too large: its error stands in its place.
 *
 * @throws ScanError when the file is damaged, animated, or its only picture larger than `limits`.
 */
export async function readHeaders(
  bytes: Uint8Array,
  format: 'png' | 'jpeg' | 'webp' | 'tiff',
  place: string,
  limits: ScanLimits
): Promise<(ImageHeader | ScanError)[]> {
  const { header: first, pages } = await readHeader(bytes, 0, place)
  if (format === 'webp' && pages > 1) throw new ScanError(`${place} is an animation: save its picture as PNG or TIFF`)
  const headers: (ImageHeader | ScanError)[] = []
  for (let index = 0; index < pages; index++) {
    const name = pages > 1 ? `${place} (sheet ${index + 1})` : place
    try {
      const header = index === 0 ? first : (await readHeader(bytes, index, name)).header
      if (index > 0 && isReducedCopy(header, first)) continue
      checkSize(header.width, header.height, limits, name)
      headers.push(header)
    } catch (error) {
      if (!(error instanceof ScanError)) throw error
      headers.push(error)
    }
  }
  if (headers.every((header) => header instanceof ScanError)) throw headers[0]!
  return headers
}

async function readHeader(bytes: Uint8Array, index: number, place: string): Promise<{ header: ImageHeader; pages: number }> {
  const metadata = await sharp(bytes, { limitInputPixels: false, page: index, failOn: 'none' })
    .metadata()
    .catch((error: unknown) => {
      throw damaged(place, error)
    })
  const { width, height, density, orientation, pages } = metadata
  const header = { index, width, height, orientation: toOrientation(orientation) }
  return { header: density && density >= 50 ? { ...header, dpi: Math.round(density) } : header, pages: pages ?? 1 }
}

function isReducedCopy(header: ImageHeader, first: ImageHeader): boolean {
  const across = header.width / first.width
  return across <= 0.51 && Math.abs(header.height / first.height / across - 1) < 0.02
}

/**
 * One picture as grey, 8 bits, as stored (not turned): alpha on white, CMYK and 16 bits converted.
 *
 * @param among how many pictures the file holds: of many, a warning may concern another one, and does not count
 * @throws ScanError when it is truncated or damaged anywhere.
 */
export async function decodeGrey(bytes: Uint8Array, header: ImageHeader, place: string, among: number): Promise<GreyImage> {
  try {
    return await decodeStrictly(bytes, header, 'warning').catch((error: unknown) => {
      if (among === 1 || !/Warning treated as error/.test(String(error))) throw error
      return decodeStrictly(bytes, header, 'error')
    })
  } catch (error) {
    throw damaged(place, error)
  }
}

async function decodeStrictly(bytes: Uint8Array, header: ImageHeader, failOn: 'warning' | 'error'): Promise<GreyImage> {
  const { data, info } = await sharp(bytes, { limitInputPixels: false, page: header.index, failOn, unlimited: false })
    .flatten({ background: '#fff' })
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  // No Buffer, whose `slice` is no copy.
  const plain = new Uint8Array(data.buffer, data.byteOffset, data.length)
  return { pixels: info.channels === 1 ? plain : firstBand(plain, info.channels), width: info.width, height: info.height }
}

function firstBand(data: Uint8Array, channels: number): Uint8Array {
  const band = new Uint8Array(data.length / channels)
  for (let i = 0; i < band.length; i++) band[i] = data[i * channels]!
  return band
}

/** Ready for the decoder: a PNG loses its metadata first. */
export function withoutMetadata(bytes: Uint8Array, format: string, place: string): Uint8Array {
  return format === 'png' ? stripPng(bytes, place) : bytes
}

/** A colour or grey picture as PNG. */
export async function encodePng(pixels: Uint8Array, width: number, height: number, channels: 1 | 3): Promise<Uint8Array> {
  return sharp(pixels, { raw: { width, height, channels } }).png({ compressionLevel: 6 }).toBuffer()
}

function damaged(place: string, error: unknown): ScanError {
  if (error instanceof ScanError) return error
  const [first, ...rest] = String(error instanceof Error ? error.message : error)
    .replace(/^(?:Error: )?Warning treated as error due to failOn setting\s*/, '')
    .split('\n')
    .map((line) => line.replace(/[\p{Cc}\s]+/gu, ' ').trim())
  const reason = (first || rest.find((line) => line) || 'its parts contradict each other').slice(0, 160)
  return new ScanError(`${place} is damaged or cut off (${reason}): copy it again from its source`)
}
