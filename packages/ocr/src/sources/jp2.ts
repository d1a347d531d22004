import type { GreyImage } from '../image/grey.ts'
import { checkSize, type ScanLimits } from '../image/limits.ts'
import { ScanError } from '../image/scan-error.ts'
import type { DecodedSheet } from '../image/sheet.ts'
import { decodeInThread, type Jp2Samples } from './jp2-codec.ts'
import { readJp2Header } from './jp2-header.ts'

/**
 * Opens a JPEG 2000 file (JP2 or a bare codestream).
 *
 * @param place the file's name, for messages
 * @throws ScanError when it is damaged or too large
 */
export async function openJp2(bytes: Uint8Array, place: string, limits: ScanLimits): Promise<DecodedSheet[]> {
  const header = readJp2Header(bytes)
  if (!header) throw new ScanError(`${place} is not a whole JPEG 2000 file: copy it again from its source`)
  const { width, height, dpi } = header
  checkSize(width, height, limits, place)
  if (!header.complete) throw new ScanError(`${place} is cut off, or parts of it are missing: copy it again from its source`)
  return [{ width, height, ...(dpi ? { dpi } : {}), decode: () => decodeJp2(bytes, place) }]
}

/**
 * Decodes a JPEG 2000 file to grey.
 *
 * @throws ScanError when it is damaged
 */
export async function decodeJp2(bytes: Uint8Array, place: string): Promise<GreyImage> {
  try {
    return toGrey(await decodeInThread(bytes))
  } catch (error) {
    const reason = error instanceof Error && error.message ? ` (${error.message})` : ''
    throw new ScanError(`${place} is a damaged JPEG 2000 file${reason}: copy it again from its source, or save it as TIFF`)
  }
}

function toGrey({ data, width, height, bitsPerSample: bits, componentCount: components }: Jp2Samples): GreyImage {
  const count = width * height
  const bytes = bits > 8 ? 2 : 1
  if (data.length < count * components * bytes) throw new Error(`${data.length} bytes for ${width} × ${height} pixels`)
  if (bits === 8 && components === 1 && data.length === count) return { pixels: data, width, height }
  const samples = bytes === 2 ? new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + count * components * 2)) : data
  const shift = Math.max(0, bits - 8)
  const gain = bits < 8 ? 255 / (2 ** bits - 1) : 1
  const pixels = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const at = i * components
    const value = components >= 3 ? (samples[at]! * 306 + samples[at + 1]! * 601 + samples[at + 2]! * 117 + 512) >> 10 : samples[at]!
    pixels[i] = Math.min(255, Math.round((value >> shift) * gain))
  }
  return { pixels, width, height }
}
