import { createRequire } from 'node:module'
import type { GreyImage } from '../image/grey.ts'
import { checkSize, type ScanLimits } from '../image/limits.ts'
import { ScanError } from '../image/scan-error.ts'
import type { DecodedSheet } from '../image/sheet.ts'
import { readJp2Header } from './jp2-header.ts'

/** The parts of OpenJPEG's WebAssembly build that are used here; it has no types. */
interface Decoder {
  getEncodedBuffer(length: number): Uint8Array
  readHeader(): void
  decode(): void
  decodeSubResolution(level: number, layer: number): void
  getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number; isSigned: boolean }
  getDecodedBuffer(): Uint8Array
  delete(): void
}

interface OpenJpeg {
  readonly J2KDecoder: new () => Decoder
}

type Factory = (options: { print: () => void; printErr: () => void }) => Promise<OpenJpeg>

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
 * @param reduce how often to halve width and height while decoding: much faster and smaller
 * @throws ScanError when it is damaged
 */
export async function decodeJp2(bytes: Uint8Array, place: string, reduce = 0): Promise<GreyImage> {
  const factory = createRequire(import.meta.url)('@cornerstonejs/codec-openjpeg/decodewasmjs') as Factory
  // A fresh module each time: its memory never shrinks. It prints every tile unless told not to.
  const codec = await factory({ print: () => undefined, printErr: () => undefined })
  const decoder = new codec.J2KDecoder()
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes)
    if (reduce > 0) decoder.decodeSubResolution(reduce, 0)
    else decoder.decode()
    const { width, height, bitsPerSample, componentCount } = decoder.getFrameInfo()
    const scale = 2 ** reduce
    const size = { width: Math.ceil(width / scale), height: Math.ceil(height / scale) }
    return toGrey(decoder.getDecodedBuffer(), size, bitsPerSample, componentCount)
  } catch (error) {
    // OpenJPEG throws addresses of C++ exceptions, which say nothing.
    const reason = error instanceof Error ? ` (${error.message.split('\n')[0]})` : ''
    throw new ScanError(`${place} is a damaged JPEG 2000 file${reason}: copy it again from its source, or save it as TIFF`)
  } finally {
    decoder.delete()
  }
}

function toGrey(data: Uint8Array, size: { width: number; height: number }, bits: number, components: number): GreyImage {
  const { width, height } = size
  const count = width * height
  const bytes = bits > 8 ? 2 : 1
  if (data.length < count * components * bytes) throw new Error(`${data.length} bytes for ${width} × ${height} pixels`)
  // Grey already, and the codec's answer is a copy: another one of a sheet of a hundred megapixels is a tenth of its memory.
  if (bits === 8 && components === 1 && data.length === count && data.byteLength === data.buffer.byteLength)
    return { pixels: data, width, height }
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
