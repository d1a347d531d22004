import { holdsAllTiles } from './jp2-tiles.ts'

export interface Jp2Header {
  readonly width: number
  readonly height: number
  /** From the capture or display resolution box. */
  readonly dpi?: number
  /** Every tile is there to its end. */
  readonly complete: boolean
}

/**
 * Size and resolution of a JPEG 2000 file, read from its boxes (ISO/IEC 15444-1, annexes A and I) before anything is decoded;
 * undefined when it is none.
 */
export function readJp2Header(bytes: Uint8Array): Jp2Header | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length > 4 && view.getUint32(0) === codestreamStart) return readSize(view, { start: 0, end: bytes.length })
  const resolution = { dpi: undefined as number | undefined }
  const codestream = findCodestream(view, 0, bytes.length, resolution, 0)
  const size = codestream === undefined ? undefined : readSize(view, codestream)
  return size && resolution.dpi ? { ...size, dpi: resolution.dpi } : size
}

const codestreamStart = 0xff4fff51

/** Image size from the SIZ marker segment. */
function readSize(view: DataView, { start, end }: Codestream): Jp2Header | undefined {
  if (start + 28 > view.byteLength || view.getUint32(start) !== codestreamStart) return undefined
  const width = view.getUint32(start + 8) - view.getUint32(start + 16)
  const height = view.getUint32(start + 12) - view.getUint32(start + 20)
  return width > 0 && height > 0 ? { width, height, complete: holdsAllTiles(view, start, end) } : undefined
}

const nested = ['jp2h', 'res ']

interface Codestream {
  readonly start: number
  readonly end: number
}

/** Walks the boxes; notes the resolution on the way. */
function findCodestream(
  view: DataView,
  from: number,
  to: number,
  found: { dpi: number | undefined },
  depth: number
): Codestream | undefined {
  let at = from
  while (at + 8 <= to) {
    const short = view.getUint32(at)
    const type = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5), view.getUint8(at + 6), view.getUint8(at + 7))
    const long = short === 1 && at + 16 <= to
    const header = long ? 16 : 8
    const length = short === 0 ? to - at : long ? Number(view.getBigUint64(at + 8)) : short
    if (length < header) return undefined
    const end = Math.min(to, at + length)
    if (type === 'jp2c') return { start: at + header, end }
    if (type === 'resc' || (type === 'resd' && found.dpi === undefined)) found.dpi = readResolution(view, at + header, end) ?? found.dpi
    if (nested.includes(type) && depth < 3) findCodestream(view, at + header, end, found, depth + 1)
    at += length
  }
  return undefined
}

/** Pixels a metre as numerator, denominator and power of ten, vertical first. */
function readResolution(view: DataView, at: number, end: number): number | undefined {
  if (at + 10 > end) return undefined
  const perMetre = (view.getUint16(at + 4) / Math.max(1, view.getUint16(at + 6))) * 10 ** view.getInt8(at + 9)
  const dpi = Math.round(perMetre * 0.0254)
  return dpi > 0 && dpi < 10_000 ? dpi : undefined
}
